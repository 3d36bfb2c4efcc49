"""The page of the dated standards."""

from __future__ import annotations

from xjk.hooks.catalogue import Catalogue
from xjk.reference.standards import Standard, standards
from xjk.schema.reference.markdown import anchor, code, page, table

MEASURES = {"fen": "元 yuan", "micro": "数 number", "count": "个 count", "day": "天 days"}


def standards_page(packs: Catalogue) -> str:
    """Return the page of every dated standard."""
    known = standards(packs.data_folders)
    keys = list(dict.fromkeys(entry.key for entry in known))
    return page(
        "标准 Dated standards",
        "以下是中央一级的数值，供缺少当地标准时参考；当地另有规定的，以当地文件为准，可在 `xjk.yaml` 的 `standards` 中替换。\n"
        "“未核对”的条目来自二手资料，使用前请核对原文。\n"
        "Values of the central level. Where the place has its own, that governs: replace a value under `standards` in\n"
        "`xjk.yaml`. Entries not verified come from secondary sources; check the document before relying on them.",
        table(
            ("标准 Standard", "中文", "English", "规则 Rules"),
            (
                (f"[{code(key)}](#{key})", first.title.zh, first.title.en, _users(key, packs))
                for key in keys
                for first in [next(entry for entry in known if entry.key == key)]
            ),
        ),
        *(_section(key, [entry for entry in known if entry.key == key]) for key in keys),
    )


def _users(key: str, packs: Catalogue) -> str:
    return ", ".join(
        f"[{rule.code}](rules/{rule.code}.md)"
        for rule in packs.rules
        if key in rule.meta.standards or any(param.standard == key for param in rule.meta.params.values())
    )


def _section(key: str, entries: list[Standard]) -> str:
    head = (
        "地区 Region",
        "数值 Value",
        "自 From",
        "至 To",
        "文件 Document",
        "条 Article",
        "已核对 Verified",
        "说明 Note",
    )
    rows = (
        (
            entry.region,
            f"{entry.value} {MEASURES[entry.measure]}",
            entry.valid_from.isoformat(),
            entry.valid_to.isoformat() if entry.valid_to else "",
            entry.document,
            entry.article,
            f"{'是 yes' if entry.verified else '否 no'} ({entry.confidence})",
            entry.note,
        )
        for entry in entries
    )
    title = entries[0].title
    return f"{anchor(key)}\n\n## {key}\n\n{title.zh} {title.en}\n\n{table(head, rows)}"
