"""The index of rules and one page for each installed rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from xjk.hooks.catalogue import Catalogue
from xjk.models.rule import NATURES, Rule
from xjk.models.tables import TABLES
from xjk.reference.basis import Instrument, instruments
from xjk.reference.forms import forms
from xjk.rules.cases import Case, read_cases
from xjk.schema.reference.markdown import bullets, code, codes, page, table

SEVERITIES = {"serious": "严重", "warning": "警示", "notice": "提示"}
STATUSES = {"preview": "预览", "stable": "稳定", "deprecated": "将停用", "removed": "已停用"}
SCOPES = {"record": "逐条", "unit": "单位内", "group": "单位之间", "all": "全部单位"}


def rule_pages(packs: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield file name and text of the index and of each rule's page."""
    known = {entry.id: entry for entry in instruments(packs.data_folders)}
    titles = {form.id: f"{form.id} {form.title.zh} {form.title.en}" for form in forms(packs.data_folders)}
    yield "rules/index.md", _index(packs, titles)
    for rule in packs.rules:
        yield f"rules/{rule.code}.md", _page(rule, titles, known)


def _index(packs: Catalogue, titles: Mapping[str, str]) -> str:
    used = sorted({rule.meta.form for rule in packs.rules}, key=lambda form: (len(form), form))
    return page(
        "规则 Rules",
        "规则提示的是疑点，不是结论。每条规则的说明都写有“清白的解释”和“怎么核实”。\n"
        "Rules report clues, never verdicts. Each page gives the innocent explanations and how to verify.",
        *(
            f"## {titles.get(form, form)}\n\n"
            + table(
                (
                    "编码 Code",
                    "规则",
                    "Rule",
                    "程度 Severity",
                    "性质 Nature",
                    "状态 Status",
                    "用到的表 Tables",
                ),
                (_index_row(rule) for rule in packs.rules if rule.meta.form == form),
            )
            for form in used
        ),
        "## 规则包 Packs",
        table(
            ("规则包 Pack", "中文", "English", "编码前缀 Prefixes"),
            (
                (code(pack.name), pack.title.zh, pack.title.en, codes(pack.code_prefixes))
                for pack in packs.packs
            ),
        ),
    )


def _index_row(rule: Rule) -> tuple[str, ...]:
    meta = rule.meta
    return (
        f"[{rule.code}]({rule.code}.md)",
        meta.title.zh,
        meta.title.en,
        f"{SEVERITIES[meta.severity]} {meta.severity}",
        NATURES[meta.nature].zh,
        f"{STATUSES[meta.status]} {meta.status}",
        codes(meta.requires),
    )


def _page(rule: Rule, titles: Mapping[str, str], known: Mapping[str, Instrument]) -> str:
    meta = rule.meta
    return page(
        f"{rule.code} {meta.title.zh} {meta.title.en}",
        table(("", ""), _facts(rule, titles)),
        "## 提示语 Message",
        f"> {meta.message.zh}\n>\n> {meta.message.en}",
        rule.page,
        "## 参数 Parameters",
        _params(rule) or "没有参数。None.",
        "## 需要的数据 Data needed",
        _tables(rule),
        "## 下一步索取 What to ask for next",
        bullets(meta.verify.zh),
        bullets(meta.verify.en),
        "## 法律依据 Legal basis",
        _basis(rule, known),
        "## 其他出处 Sources" if meta.references else "",
        bullets(meta.references),
        *_example(rule),
    )


def _facts(rule: Rule, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    meta = rule.meta
    nature = NATURES[meta.nature]
    yield "名称 Name", code(meta.name)
    yield "表现形式 Form", titles.get(meta.form, meta.form)
    yield "性质 Nature", f"{nature.zh} {nature.en} ({code(meta.nature)})"
    yield "程度 Severity", f"{SEVERITIES[meta.severity]} {code(meta.severity)}"
    yield "状态 Status", f"{STATUSES[meta.status]} {code(meta.status)}"
    yield "比较范围 Scope", f"{SCOPES[meta.scope]} {code(meta.scope)}"
    yield "规则包 Pack", f"{code(rule.pack)}，{'SQL' if rule.kind == 'sql' else 'Python'}"
    yield "始于 Since", f"{meta.since}，第 {meta.revision} 版 revision {meta.revision}"
    if meta.standards:
        yield "标准 Standards", ", ".join(f"[{code(key)}](../standards.md#{key})" for key in meta.standards)
    if meta.ideas:
        yield "检查思路 Ideas", ", ".join(f"[{number}](../coverage.md#{number})" for number in meta.ideas)
    if meta.tags:
        yield "标签 Tags", codes(meta.tags)
    yield "文件夹 Folder", code(PurePath(rule.folder).name)


def _params(rule: Rule) -> str:
    directions = {"up": "调高 raise", "down": "调低 lower", "none": ""}
    head = (
        "参数 Parameter",
        "类型 Type",
        "缺省 Default",
        "范围 Range",
        "收紧 Fewer findings",
        "含义 Meaning",
    )
    return table(
        head,
        (
            (
                code(name),
                param.type,
                "" if param.default is None else code(param.default),
                f"{param.min or '…'} – {param.max or '…'}" if param.min or param.max else "",
                directions[param.tightens],
                f"{param.doc.zh} {param.doc.en}"
                + (f" [{code(param.standard)}](../standards.md#{param.standard})" if param.standard else ""),
            )
            for name, param in rule.meta.params.items()
        ),
    )


def _tables(rule: Rule) -> str:
    rows = [
        (f"[{code(name)}](../tables.md#{name}) {TABLES[name].zh}", need, codes(columns))
        for need, tables in (("必需 required", rule.meta.requires), ("可选 optional", rule.meta.optional))
        for name, columns in tables.items()
    ]
    return table(("表 Table", "需要 Need", "主键以外的列 Columns beside the key"), rows)


def _basis(rule: Rule, known: Mapping[str, Instrument]) -> str:
    def row(instrument: str, article: str, version: str) -> tuple[str, ...]:
        entry = known.get(instrument)
        if entry is None:
            return code(instrument), "", article, version, ""
        text = next((each.text.zh for each in entry.articles if each.article == article), "")
        return f"{entry.title.zh} {entry.title.en}", entry.number, article, version, text

    head = ("文件 Instrument", "文号 Number", "条 Article", "版本 Version", "要点 Gist")
    return table(head, (row(each.instrument, each.article, each.version) for each in rule.meta.basis))


def _example(rule: Rule) -> Iterator[str]:
    """Yield the first case that must be flagged: its books, and what the rule says of them."""
    case = read_cases(rule).of("must_flag")[0]
    yield "## 例子 Example"
    yield f"取自规则的案例 {code(case.name)}。From the rule's own cases."
    for name, rows in case.tables.items():
        yield f"[{code(name)}](../tables.md#{name}) {TABLES[name].zh}"
        yield table([code(column) for column in rows.columns], rows.rows)
    if case.params:
        yield "参数 Parameters: " + ", ".join(code(f"{name}={value}") for name, value in case.params.items())
    yield "疑点 Findings"
    yield _findings(case)


def _findings(case: Case) -> str:
    return table(
        ("单位 Unit", "对象 Subject", "金额（元） Yuan", "证据 Evidence"),
        (
            (
                code(found.unit_code),
                code(found.subject),
                f"{found.amount:.2f}",
                codes(f"{row.table}:{row.key}" for row in found.evidence),
            )
            for found in case.findings
        ),
    )
