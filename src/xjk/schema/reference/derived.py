"""The page of the relations made at load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from xjk.hooks.catalogue import Catalogue
from xjk.ledger.relations import DERIVED
from xjk.models.words import Words
from xjk.reference.calendar import holiday_years
from xjk.reference.chart import charts
from xjk.reference.lexicons import lexicons
from xjk.reference.party_kinds import PartyKind
from xjk.schema.reference.markdown import anchor, code, codes, fenced, page, table


def _words(zh: str, en: str) -> Words:
    return Words(zh=zh, en=en)


WHAT: Mapping[str, Words] = {
    "party": _words(
        "每个出现过的往来方名称一行，同一主体的不同写法有同一个 party_key。",
        "One row for each name of a party as written; spellings of one party share a party_key.",
    ),
    "text_tag": _words(
        "文字列中出现过的文字说的是什么：词库的标签和命中的词。",
        "What the texts of the books speak of: tags of the lexicons and the words that hit.",
    ),
    "account_role": _words(
        "每个在用科目编码的含义（角色）；规则按角色取科目，不按编码。",
        "What each account code in use means; rules ask for roles, never for codes.",
    ),
    "standard": _words(
        "有起止日期的定额、上限和税率，已按单位所在地区取最近的一级；见 standards.md。",
        "Dated ceilings, thresholds and rates, those of the nearest region; see standards.md.",
    ),
    "calendar": _words("账套所涉各年的每一天。", "Every day of the ledger's years."),
}
"""What each derived relation holds."""

COLUMNS: Mapping[str, Mapping[str, Words]] = {
    "party": {
        "name": _words("账上写的名称", "Name as written"),
        "party_key": _words("主体标识：同一主体相同", "Key of the real party, the same for all its names"),
        "normal_name": _words("统一写法后的名称", "Name with width, spaces and brackets made alike"),
        "kind": _words("主体类别，见下", "Kind of party, see below"),
        "unit_code": _words(
            "该名称是本账套的单位时，其单位编码", "Code of the unit, when the name is one of the units"
        ),
        "uscc": _words("已知的统一社会信用代码", "Unified social credit code, when known"),
    },
    "text_tag": {
        "text": _words("账上写的文字", "Text as written"),
        "tag": _words("标签，见下", "Tag, see below"),
        "word": _words("命中的词", "Word that hit"),
    },
    "account_role": {
        "unit_code": _words("单位编码", "Code of the unit"),
        "fiscal_year": _words("会计年度", "Fiscal year"),
        "account_code": _words("科目编码", "Code of the account"),
        "role": _words(
            "角色，见下；不认识的科目为 unknown", "Role, see below; unknown when no chart knows the account"
        ),
        "book": _words("会计体系：financial 财务会计，budget 预算会计", "Book: financial or budget"),
    },
    "standard": {
        "standard_key": _words("标准名称", "Key of the standard"),
        "region": _words("取自哪一级地区", "Region the value comes from"),
        "valid_from_day": _words("生效日（天数）", "First day in force, day number"),
        "valid_to_day": _words(
            "失效前最后一日（天数）；仍有效为 2932896", "Last day in force; 2932896 when open"
        ),
        "value": _words("数值，单位见 measure", "Value, in the unit of measure"),
        "measure": _words(
            "fen 分、micro 百万分之一、count 个数、day 天", "fen, micro (millionths), count or day"
        ),
    },
    "calendar": {
        "day": _words("天数，1970-01-01 为 0", "Day number, 1970-01-01 = 0"),
        "iso": _words("日期", "ISO date"),
        "kind": _words(
            "workday 工作日、weekend 周末、holiday 法定节假日、makeup 调休上班",
            "workday, weekend, holiday, or makeup (a weekend day worked)",
        ),
        "name": _words("所属节日；平日为空", "Holiday it belongs to; empty for ordinary days"),
        "verified": _words("该年的放假通知是否已核对", "Whether the notice of that year was checked"),
    },
}
"""What each column of a derived relation holds."""

PARTY_KINDS: Mapping[PartyKind, str] = {
    "person": "自然人",
    "company": "企业",
    "sole_trader": "个体工商户",
    "cooperative": "合作社",
    "public_body": "机关事业单位",
    "bank": "银行",
    "association": "协会、学会",
    "foundation": "基金会",
    "union": "工会",
    "canteen": "食堂",
    "village": "村组",
    "other": "其他",
}

_USES = {
    "party": "join party p on p.name = payment.payee_name and p.kind = 'person'",
    "text_tag": "join text_tag t on t.text = v.summary and t.tag = 'meeting'",
    "account_role": """join account_role r
  on r.unit_code = v.unit_code and r.fiscal_year = v.fiscal_year and r.account_code = v.account_code
where r.role = 'other_payable'""",
    "standard": """join standard s
  on s.standard_key = 'meeting_daily_max_3'
  and e.starts_on_day between s.valid_from_day and s.valid_to_day""",
    "calendar": "join calendar c on c.day = a.day_day and c.kind in ('weekend', 'holiday')",
}


def derived_page(packs: Catalogue) -> str:
    """Return the page of the derived relations."""
    more = {
        "party": _party_kinds(),
        "text_tag": _tags(packs),
        "account_role": _roles(packs),
        "standard": "各项标准见 [standards.md](standards.md)。All standards are in [standards.md](standards.md).",
        "calendar": _years(packs),
    }
    return page(
        "派生表 Derived relations",
        "载入账套时生成，始终存在，规则可直接连接。\nMade at load, always there, for rules to join.",
        *(_section(name, more[name]) for name in DERIVED),
    )


def _section(name: str, more: str) -> str:
    relation = DERIVED[name]
    rows = (
        (
            anchor(f"{name}.{column.name}") + code(column.name),
            column.type,
            "可空 nullable" if column.nullable else "",
            f"{COLUMNS[name][column.name].zh} {COLUMNS[name][column.name].en}",
        )
        for column in relation.columns
    )
    return "\n\n".join(
        [
            f"{anchor(name)}\n\n## {name}",
            f"{WHAT[name].zh}\n{WHAT[name].en}",
            table(("列 Column", "类型 Type", "空值 Null", "含义 Meaning"), rows),
            f"唯一 Unique: {codes(relation.key)}",
            fenced(_USES[name], "sql"),
            more,
        ]
    )


def _party_kinds() -> str:
    return table(("类别 Kind", "中文"), ((code(kind), zh) for kind, zh in PARTY_KINDS.items()))


def _tags(packs: Catalogue) -> str:
    rows = (
        (code(entry.tag), entry.title.zh, entry.title.en, str(len(entry.words)), "、".join(entry.words[:8]))
        for entry in lexicons(packs.data_folders)
    )
    return table(("标签 Tag", "中文", "English", "词数 Words", "例 Such as"), rows)


def _roles(packs: Catalogue) -> str:
    known = charts(packs.data_folders)
    accounts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for chart in known:
        for account in chart.accounts:
            accounts[account.role][chart.id].append(f"{account.code} {account.name}")
    head = ("角色 Role", *(f"{chart.title.zh}（{chart.valid_from}起）" for chart in known))
    rows = (
        (code(role), *("；".join(accounts[role][chart.id]) for chart in known)) for role in sorted(accounts)
    )
    return table(head, rows)


def _years(packs: Catalogue) -> str:
    def rows() -> Iterator[tuple[str, str, str]]:
        for entry in holiday_years(packs.data_folders):
            verified = all(notice.verified for notice in entry.notices)
            yield (
                str(entry.year),
                "；".join(n.number for n in entry.notices),
                "是 yes" if verified else "否 no",
            )

    return table(("年份 Year", "通知 Notice", "已核对 Verified"), rows())
