"""The changes tried at each place of a query: what a case that tests the place cannot fail to notice.

Left out are changes that say nothing about the cases: inner joins made left (a look-up always finds its row),
UNION ALL made UNION (evidence has keys, so no two rows are equal), the bounds of comparisons with nought (a sign
is asked for), and shifts that do what flipping the comparison does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp

from xjk.testing.mutation.bounds import is_bound, moved, shifted_bound, step
from xjk.testing.mutation.mutant import Kind

_FLIPPED: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.GTE: exp.GT,
    exp.GT: exp.GTE,
    exp.LTE: exp.LT,
    exp.LT: exp.LTE,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}
_EXTREMES: dict[type[exp.Expr], type[exp.Func]] = {exp.Min: exp.Max, exp.Max: exp.Min}
_TESTS = (exp.In, exp.Exists, exp.Is)


class Change(NamedTuple):
    """Be one change: what is replaced in the tree by what, and the part that names the place."""

    kind: Kind
    place: exp.Expr
    old: exp.Expr
    new: exp.Expr
    after: exp.Expr


def changes_at(node: exp.Expr) -> Iterator[Change]:
    """Yield the changes that begin at a node of the tree; nothing is changed yet."""
    yield from _dropped(node)
    if isinstance(node, exp.Binary) and type(node) in _FLIPPED:
        yield from _compared(node)
    elif isinstance(node, exp.Between):
        yield from _between(node)
    elif isinstance(node, _TESTS):
        yield _negated(node)
    elif isinstance(node, exp.Min | exp.Max) and not node.expressions:
        yield _replaced("swap-extreme", node, _EXTREMES[type(node)](this=node.this.copy()))
    elif isinstance(node, exp.WindowSpec):
        yield from _frame(node)
    elif isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Count):
        counted = exp.Count(this=node.expressions[0].copy(), big_int=True)
        yield Change("drop-distinct", node.parent, node.parent, counted, counted)
    elif isinstance(node, exp.Select) and node.args.get("distinct"):
        yield _without(node, "distinct", None, "drop-distinct")
    elif isinstance(node, exp.Join) and node.side == "LEFT":
        yield _without(node, "side", None, "left-to-inner")
    elif isinstance(node, exp.Union) and node.args.get("distinct"):
        yield _without(node, "distinct", False, "union-to-union-all")


def _dropped(node: exp.Expr) -> Iterator[Change]:
    """Drop a term: one of several joined by AND or OR, or a condition that stands alone."""
    parent = node.parent
    if isinstance(parent, exp.And | exp.Or):
        if type(node) is not type(parent):
            other = parent.expression if node is parent.this else parent.this
            kind: Kind = "drop-alternative" if isinstance(parent, exp.Or) else _drop_kind(parent)
            yield Change(kind, node, parent, other.copy(), other)
    elif _stands_alone(node) and not isinstance(node, exp.And):
        yield _replaced(_drop_kind(node), node, _truth())
    if isinstance(parent, exp.Union) and isinstance(node, exp.Select) and node.args.get("from_"):
        yield _replaced(
            "drop-branch", node, node.where(exp.EQ(this=_one(), expression=exp.Literal.number(0)))
        )


def _stands_alone(node: exp.Expr) -> bool:
    """Tell whether a node is a whole WHERE, HAVING, FILTER, ON, or condition of a CASE without operand."""
    parent = node.parent
    if isinstance(parent, exp.Where | exp.Having):
        return True
    if isinstance(parent, exp.Join):
        return node.arg_key == "on"
    searched = (
        isinstance(parent, exp.If) and isinstance(parent.parent, exp.Case) and parent.parent.this is None
    )
    return searched and node.arg_key == "this"


def _drop_kind(node: exp.Expr) -> Kind:
    """Tell a condition of a join from another, looking up through the terms it is joined with."""
    while isinstance(node.parent, exp.And):
        node = node.parent
    return "drop-join-condition" if isinstance(node.parent, exp.Join) else "drop-condition"


def _compared(node: exp.Binary) -> Iterator[Change]:
    if isinstance(node.this, exp.Literal) and isinstance(node.expression, exp.Literal):
        return
    if not _picks_a_side(node):
        flipped = _FLIPPED[type(node)](this=node.this.copy(), expression=node.expression.copy())
        yield _replaced("flip", node, flipped)
    shifted = shifted_bound(node)
    if shifted is not None:
        bound, new, direction = shifted
        yield _shift(node, bound, new, direction)


def _picks_a_side(node: exp.Binary) -> bool:
    """Recognise ``case when a < b then a else b end``: when both are equal it does not matter which is taken."""
    branch = node.parent
    if isinstance(node, exp.EQ | exp.NEQ) or not isinstance(branch, exp.If):
        return False
    choice = branch.parent
    return (
        isinstance(choice, exp.Case)
        and len(choice.args["ifs"]) == 1
        and {
            branch.args["true"],
            choice.args.get("default"),
        }
        == {node.this, node.expression}
    )


def _between(node: exp.Between) -> Iterator[Change]:
    """Tighten and loosen each end; an end that is no bound is loosened by dropping it."""
    for end, outward, inside, whole in (("low", -1, exp.GT, exp.GTE), ("high", 1, exp.LT, exp.LTE)):
        other_end, other = ("high", exp.LTE) if end == "low" else ("low", exp.GTE)
        rest = other(this=node.this.copy(), expression=node.args[other_end].copy())
        strict = inside(this=node.this.copy(), expression=node.args[end].copy())
        yield Change(
            "flip",
            _half(node, end, whole),
            node,
            exp.Paren(this=exp.And(this=strict, expression=rest)),
            strict,
        )
        if is_bound(node.args[end]):
            bound = node.args[end]
            yield _shift(node, bound, moved(bound, outward * step(bound, node)), outward)
        else:
            yield Change("drop-condition", _half(node, end, whole), node, rest, rest)


def _half(node: exp.Between, end: str, comparison: type[exp.Binary]) -> exp.Expr:
    """Return one end of a BETWEEN as the comparison it stands for."""
    half = comparison(this=node.this.copy(), expression=node.args[end].copy())
    half.parent = node.parent
    return half


def _negated(node: exp.Expr) -> Change:
    if isinstance(node.parent, exp.Not):
        return Change("negate", node.parent, node.parent, node.copy(), node)
    return _replaced("negate", node, exp.Not(this=node.copy()))


def _frame(node: exp.WindowSpec) -> Iterator[Change]:
    for end in ("start", "end"):
        bound = node.args.get(end)
        if bound is not None and is_bound(bound):
            for direction in (1, -1):
                yield _shift(node, bound, moved(bound, direction), direction)


def _shift(part: exp.Expr, bound: exp.Expr, new: exp.Expr, direction: int) -> Change:
    """Move a bound; the whole part names the place, and shows it before and after."""
    after = part.copy()
    for twin, node in zip(after.walk(), part.walk(), strict=True):
        if node is bound:
            twin.replace(new.copy())
            break
    return Change("shift-up" if direction > 0 else "shift-down", part, bound, new, after)


def _without(node: exp.Expr, key: str, value: object, kind: Kind) -> Change:
    changed = node.copy()
    changed.set(key, value)
    return Change(kind, node, node, changed, changed)


def _replaced(kind: Kind, node: exp.Expr, new: exp.Expr) -> Change:
    return Change(kind, node, node, new, new)


def _one() -> exp.Expr:
    return exp.Literal.number(1)


def _truth() -> exp.Expr:
    return exp.EQ(this=_one(), expression=_one())
