"""Habits of one engine in a query: what SQLite forgives, and another engine refuses or answers otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlglot
from sqlglot import exp

from xjk.models.words import Words

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
_SAME = (exp.Is, exp.NullSafeEQ, exp.NullSafeNEQ)
_FRACTIONS = exp.DataType.FLOAT_TYPES | {exp.DataType.Type.DECIMAL}
_AROUND = (exp.Filter, exp.IgnoreNulls, exp.RespectNulls)
"""What may stand between a window and its function."""


def habits(sql: str) -> Iterator[Words]:
    """Yield what one engine forgives and another refuses, or answers otherwise."""
    tree = sqlglot.parse_one(sql, dialect="sqlite")
    for select in tree.find_all(exp.Select):
        yield from _bare_columns(select)
        if select.args.get("having") and not select.args.get("group"):
            yield Words(zh="HAVING 之前没有 GROUP BY。", en="There is HAVING without GROUP BY.")
    for node in tree.walk():
        yield from _of_one_engine(node)


def _of_one_engine(node: exp.Expr) -> Iterator[Words]:
    is_truth = isinstance(node, _TRUTHS)
    if isinstance(node, exp.Window) and isinstance(_function(node), _ORDERED) and not node.args.get("order"):
        yield _told(node, "窗口函数没有 ORDER BY：{0}", "A window function has no ORDER BY: {0}")
    elif isinstance(node, exp.Cast) and node.to.this in _FRACTIONS:
        yield _told(node, "金额和比例保持整数：{0}", "Keep money and ratios integers: {0}")
    elif isinstance(node, _SAME) and not isinstance(node.expression, exp.Null):
        yield _told(node, "IS 只用于 NULL：{0}", "IS is for NULL only: {0}")
    if is_truth and not _is_condition(node):
        yield _told(
            node,
            "比较不是数：用 case when … then 1 else 0 end 代替 {0}",
            "A comparison is no number: write case when … then 1 else 0 end for {0}",
        )
    elif not is_truth and _is_condition(node) and not isinstance(node, exp.Paren | exp.Boolean):
        yield _told(node, "数不是条件：写成 {0} = 1", "A number is no condition: write {0} = 1")


def _told(node: exp.Expr, zh: str, en: str) -> Words:
    text = node.sql("sqlite")
    return Words(zh=zh.format(text), en=en.format(text))


def _is_condition(node: exp.Expr) -> bool:
    """Tell whether a node stands where an engine asks for true or false."""
    parent = node.parent
    while isinstance(parent, exp.Paren):
        node, parent = parent, parent.parent
    if isinstance(parent, exp.Join):
        return node.arg_key == "on"
    if isinstance(parent, exp.If):
        return node.arg_key == "this" and (parent.parent is None or parent.parent.args.get("this") is None)
    return isinstance(parent, exp.And | exp.Or | exp.Not | exp.Where | exp.Having)


def _bare_columns(select: exp.Select) -> Iterator[Words]:
    """Yield columns beside aggregates that are not grouped by: SQLite takes any row, others refuse."""
    named = {item.alias: item.this for item in select.expressions if isinstance(item, exp.Alias)}
    group, having, order = (select.args.get(key) for key in ("group", "having", "order"))
    grouped = [_meant(part, select, named) for part in group.expressions] if group else []
    sorted_by = [part.this for part in order.expressions] if order else []
    places = [
        *(item.this if isinstance(item, exp.Alias) else item for item in select.expressions),
        *([having.this] if having else []),
        *(part for part in sorted_by if not (isinstance(part, exp.Column) and part.name in named)),
    ]
    if not group and not any(_aggregates(place, select) for place in places):
        return
    for place in places:
        for column in place.find_all(exp.Column):
            if column.find_ancestor(exp.Select) is select and not _is_settled(column, grouped, select):
                name = column.sql("sqlite")
                yield Words(
                    zh=f"{name} 既未分组也未汇总，SQLite 会任取一行。",
                    en=f"{name} is neither grouped by nor aggregated; SQLite takes any row's.",
                )


def _meant(part: exp.Expr, select: exp.Select, named: dict[str, exp.Expr]) -> exp.Expr:
    """Return the expression that a part of GROUP BY names by its number or its alias."""
    if isinstance(part, exp.Literal) and part.is_int and 0 < int(part.this) <= len(select.expressions):
        item = select.expressions[int(part.this) - 1]
        meant: exp.Expr = item.this if isinstance(item, exp.Alias) else item
        return meant
    if isinstance(part, exp.Column) and not part.table:
        return named.get(part.name, part)
    return part


def _aggregates(place: exp.Expr, select: exp.Select) -> bool:
    return any(
        found.find_ancestor(exp.Select) is select and not _is_windowed(found)
        for found in place.find_all(exp.AggFunc)
    )


def _is_windowed(function: exp.Expr) -> bool:
    node = function
    while isinstance(node.parent, _AROUND) and node.arg_key == "this":
        node = node.parent
    return isinstance(node.parent, exp.Window) and node.arg_key == "this"


def _function(window: exp.Window) -> exp.Expr:
    inner: exp.Expr = window.this
    while isinstance(inner, _AROUND):
        inner = inner.this
    return inner


def _is_settled(column: exp.Column, grouped: Sequence[exp.Expr], select: exp.Select) -> bool:
    """Tell whether a column is part of what is grouped by, or stands inside an aggregate of its own SELECT."""
    node: exp.Expr | None = column
    while node is not None and node is not select:
        if any(_same(node, part) for part in grouped):
            return True
        inside = node.this if isinstance(node, exp.Filter) else node
        if isinstance(inside, exp.AggFunc) and not _is_windowed(inside):
            return True
        node = node.parent
    return False


def _same(one: exp.Expr, other: exp.Expr) -> bool:
    """Tell whether two expressions are one, whether or not both say which table a column is of."""
    if _text(one) == _text(other):
        return True
    columns = [column for side in (one, other) for column in side.find_all(exp.Column)]
    return any(not column.table for column in columns) and _text(one, bare=True) == _text(other, bare=True)


def _text(node: exp.Expr, *, bare: bool = False) -> str:
    copied = node.copy()
    if bare:
        for column in [*copied.find_all(exp.Column)]:
            column.set("table", None)
    return copied.sql("sqlite").lower()
