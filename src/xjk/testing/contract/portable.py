"""RC15: the queries of a rule mean the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from xjk.errors import RuleFolderError
from xjk.models.words import Words
from xjk.rules.frontmatter import read_text
from xjk.rules.sql_text import check_portable
from xjk.testing.contract.queries import file_of, queries_of
from xjk.testing.contract.subject import Breach, Subject

DIALECTS = ("sqlite", "duckdb", "postgres", "spark")
"""Grammars that every query must be written in at once."""

_ORDERED = (
    exp.RowNumber,
    exp.Rank,
    exp.DenseRank,
    exp.Ntile,
    exp.Lag,
    exp.Lead,
    exp.FirstValue,
    exp.LastValue,
)
_TRUTHS = (exp.Predicate, exp.And, exp.Or, exp.Not)
_FRACTIONS = exp.DataType.FLOAT_TYPES | {exp.DataType.Type.DECIMAL}


def portable_queries(subject: Subject) -> Iterator[Breach]:
    """RC15: queries keep to the portable subset, parse in every dialect, and leave nothing to an engine's taste."""
    file = file_of(subject)
    try:
        queries = queries_of(subject)
    except RuleFolderError as error:
        for one in error.errors or (error,):
            yield Breach(Words(zh=f"{one.zh} {one.hint_zh}", en=f"{one.en} {one.hint_en}"), one.where)
        return
    for query in queries:
        start = _line_of(query, file)
        if subject.rule.kind == "python":
            for one in check_portable(query, file):
                yield Breach(Words(zh=f"{one.zh} {one.hint_zh}", en=f"{one.en} {one.hint_en}"), one.where)
        yield from _unparsed(query, f"{file}:{start}")
        for told in habits(query):
            yield Breach(told, f"{file}:{start}")


def _line_of(query: str, file: str) -> int:
    text = read_text(Path(file))
    place = text.find(query.strip())
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def _unparsed(query: str, where: str) -> Iterator[Breach]:
    for dialect in DIALECTS:
        text = query if dialect == "sqlite" else sqlglot.transpile(query, read="sqlite", write=dialect)[0]
        try:
            sqlglot.parse_one(text, dialect=dialect)
        except ParseError as error:
            reason = error.errors[0]["description"] if error.errors else str(error)
            yield Breach(
                Words(zh=f"{dialect} 读不懂这条查询：{reason}", en=f"{dialect} cannot parse it: {reason}"),
                where,
            )


def habits(sql: str) -> Iterator[Words]:
    """Yield what one engine forgives and another refuses, or answers otherwise."""
    tree = sqlglot.parse_one(sql, dialect="sqlite")
    for select in tree.find_all(exp.Select):
        yield from _bare_columns(select)
        yield from _truth_as_number(select)
        if select.args.get("having") and not select.args.get("group"):
            yield Words(zh="HAVING 之前没有 GROUP BY。", en="There is HAVING without GROUP BY.")
    for window in tree.find_all(exp.Window):
        if isinstance(_inside(window), _ORDERED) and not window.args.get("order"):
            yield Words(
                zh=f"窗口函数没有 ORDER BY：{window.sql('sqlite')}",
                en=f"A window function has no ORDER BY: {window.sql('sqlite')}",
            )
    for cast in tree.find_all(exp.Cast):
        if cast.to.this in _FRACTIONS:
            yield Words(
                zh=f"金额和比例保持整数：{cast.sql('sqlite')}",
                en=f"Keep money and ratios integers: {cast.sql('sqlite')}",
            )


def _inside(window: exp.Window) -> exp.Expr:
    inner = window.this
    while isinstance(inner, exp.IgnoreNulls | exp.RespectNulls | exp.Filter):
        inner = inner.this
    found: exp.Expr = inner
    return found


def _bare_columns(select: exp.Select) -> Iterator[Words]:
    """Yield columns beside aggregates that are not grouped by: SQLite takes any row, others refuse."""
    group = select.args.get("group")
    grouped = {part.sql("sqlite") for part in group.expressions} if group else set()
    if not group and not any(_aggregates(item, select) for item in select.expressions):
        return
    for item in select.expressions:
        inner = item.this if isinstance(item, exp.Alias) else item
        if inner.sql("sqlite") in grouped:
            continue
        for column in inner.find_all(exp.Column):
            name = column.sql("sqlite")
            is_own = column.find_ancestor(exp.Select) is select
            if is_own and name not in grouped and not _sheltered(column, select):
                yield Words(
                    zh=f"{name} 既未分组也未汇总，SQLite 会任取一行。",
                    en=f"{name} is neither grouped by nor aggregated; SQLite takes any row's.",
                )


def _aggregates(item: exp.Expr, select: exp.Select) -> bool:
    return any(
        found.find_ancestor(exp.Select) is select and not isinstance(found.parent, exp.Window)
        for found in item.find_all(exp.AggFunc)
    )


def _sheltered(column: exp.Column, select: exp.Select) -> bool:
    """Tell whether a column stands inside an aggregate of its own SELECT."""
    node: exp.Expr | None = column.parent
    while node is not None and node is not select:
        if isinstance(node, exp.AggFunc):
            return True
        node = node.parent
    return False


def _truth_as_number(select: exp.Select) -> Iterator[Words]:
    """Yield comparisons used as values: 0 and 1 on SQLite, true and false elsewhere."""
    for item in select.expressions:
        inner = item.this if isinstance(item, exp.Alias) else item
        if isinstance(inner, _TRUTHS):
            yield _truth(inner)
        for call in inner.find_all(exp.AggFunc):
            if isinstance(call.this, _TRUTHS):
                yield _truth(call)


def _truth(node: exp.Expr) -> Words:
    return Words(
        zh=f"比较不是数：用 case when … then 1 else 0 end 代替 {node.sql('sqlite')}",
        en=f"A comparison is no number: write case when … then 1 else 0 end for {node.sql('sqlite')}",
    )
