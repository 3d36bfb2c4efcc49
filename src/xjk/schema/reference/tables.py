"""The page of the canonical tables: the data dictionary."""

from __future__ import annotations

from collections.abc import Iterator

from xjk.hooks.catalogue import Catalogue
from xjk.ledger.references import references
from xjk.ledger.relations import physical_columns, table_relation
from xjk.models.columns import ColumnType
from xjk.models.record import Record
from xjk.models.tables import TABLES
from xjk.schema.dictionary import label_of, need_of
from xjk.schema.reference.docstrings import docstring, prose
from xjk.schema.reference.markdown import anchor, bullets, code, codes, page, table

NEEDS = {"key": "主键 key", "required": "必填 required", "optional": "可选 optional"}

_TYPES = {
    "code": ("编码", "identifier, kept as text, half-width"),
    "text": ("文字", "free text"),
    "date": ("日期", "day, 1900 to 2099"),
    "money": ("金额", "exact yuan, two decimals, at most 13 integer digits; may be negative"),
    "number": ("数字", "exact, at most six decimals"),
    "int": ("整数", "whole number"),
    "bool": ("是/否", "yes or no"),
    "uscc": ("统一社会信用代码", "GB 32100-2015; a wrong check digit is a warning"),
    "idno": ("公民身份号码", "GB 11643-1999; a wrong check digit is a warning; personal data"),
    "acct": ("银行账号", "bank account number; personal data when the holder is a person"),
    "enum": ("选项", "one of the choices, by its name or its Chinese label"),
}
"""Types of columns with what they mean."""


def tables_page(packs: Catalogue) -> str:
    """Return the page of all tables."""
    return page(
        "数据表 Tables",
        "数据来源、规则、引擎和报告都以这些表为准。表头可用英文列名或中文名称；文件中还认得的其他叫法见 [headers.md](headers.md)。\n"
        "The contract between data sources, rules, engines and reports. Headers may be the English names or the Chinese\n"
        "labels; further names that files may use are in [headers.md](headers.md).",
        "可选列可以不提供；缺少规则所需列时，该规则会列为“未运行”，而不是报平安。\n"
        "Optional columns may be left out; a rule that lacks a column is listed as skipped, never as clean.",
        "## 类型 Types",
        table(
            ("类型 Type", "中文", "含义 Meaning"), ((code(name), zh, en) for name, (zh, en) in _TYPES.items())
        ),
        "## 目录 Contents",
        table(
            ("表 Table", "中文", "一行是什么 One row"),
            (
                (f"[{code(name)}](#{name})", model.zh, docstring(model).split("\n", 1)[0])
                for name, model in TABLES.items()
            ),
        ),
        *(_section(name, model, packs) for name, model in TABLES.items()),
    )


def _section(name: str, model: type[Record], packs: Catalogue) -> str:
    types = model.columns()
    rows = (
        (
            anchor(f"{name}.{column}") + code(column),
            label_of(model, column),
            _type_cell(kind),
            NEEDS[need_of(model, column)],
            _unit(column, kind),
            codes(part.name for part in physical_columns(column, kind, nullable=True)),
            prose(model.model_fields[column].description or ""),
        )
        for column, kind in types.items()
    )
    head = ("列 Column", "中文", "类型 Type", "需要 Need", "单位 Unit", "物理列 Physical", "含义 Meaning")
    return "\n\n".join(
        [
            f"{anchor(name)}\n\n## {name} {model.zh}",
            docstring(model),
            table(head, rows),
            bullets(_facts(name, model, packs)),
        ]
    )


def _type_cell(kind: ColumnType) -> str:
    choices = ", ".join(f"{code(choice)} {label}" for choice, label in kind.choices.items())
    return f"enum: {choices}" if choices else kind.name + (" （个人信息 personal）" if kind.personal else "")


def _unit(column: str, kind: ColumnType) -> str:
    if kind.name == "money":
        return "元 yuan（`_fen` 为分 fen）"
    if kind.name == "number":
        return (
            "%（`_micro` 为百万分之一 millionths）"
            if column.endswith("_pct")
            else "`_micro` 为百万分之一 millionths"
        )
    return "1970-01-01 起的天数在 `_day` day number in `_day`" if kind.name == "date" else ""


def _facts(name: str, model: type[Record], packs: Catalogue) -> Iterator[str]:
    relation = table_relation(name)
    joined = " \\|\\| '\\|' \\|\\| ".join(relation.key).replace("\\", "")
    yield f"主键列 Key column: {code(f'{relation.key_column} = {joined}')}"
    for rule in model.derived:
        inputs = codes(rule.inputs)
        yield f"{code(rule.column)} 缺省时由 {inputs} 推出 follows from {inputs} when left out"
    for reference in references():
        if reference.table == name:
            targets = f"[{code(reference.target)}](#{reference.target})"
            yield f"{codes(reference.columns)} → {targets} ({codes(reference.target_columns)})"
    users = [rule.code for rule in packs.rules if name in {**rule.meta.requires, **rule.meta.optional}]
    if users:
        yield "规则 Rules: " + ", ".join(f"[{rule}](rules/{rule}.md)" for rule in users)
