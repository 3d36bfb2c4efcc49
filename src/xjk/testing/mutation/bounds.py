"""Find the bound in a comparison, and the step by which moving it could go unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlglot import exp

MICRO_STEP = 10_000
"""Step of values in millionths: a hundredth. No data is fine enough for a step of one millionth."""

_LOOSENS = {exp.GTE: -1, exp.GT: 1, exp.LTE: 1, exp.LT: -1}
"""Where the right side goes, seen from the left, in the direction that flipping the comparison does not cover.

Everything compared is an integer, so ``a >= b + 1`` is ``a > b``: one of the two shifts is the flip again.
"""


class _Place(NamedTuple):
    node: exp.Expr
    sign: int
    scaled: bool


def shifted_bound(comparison: exp.Binary) -> tuple[exp.Expr, exp.Expr, int] | None:
    """Return the bound of an order comparison, what stands for it when it is moved, and the direction.

    None when columns are compared with one another, or with nought: that asks for a sign and has no bound. A
    comparison with several bounds yields one, as moving either does the same.
    """
    wanted = _LOOSENS.get(type(comparison))
    if wanted is None:
        return None
    places = [*_places(comparison.this, -1), *_places(comparison.expression, 1)]
    ranked = sorted(
        (place for place in places if _rank(place) is not None), key=lambda place: _rank(place) or 0
    )
    if not ranked:
        return None
    place = ranked[0]
    direction = wanted * place.sign
    return place.node, moved(place.node, direction * step(place.node, comparison)), direction


def is_bound(node: exp.Expr | None) -> bool:
    """Tell whether a node is a parameter or an integer."""
    return isinstance(node, exp.Placeholder) or (isinstance(node, exp.Literal) and node.is_int)


def step(bound: exp.Expr, part: exp.Expr) -> int:
    """Return the step for a bound in a part of a query: one, or a hundredth for values in millionths."""
    names = (
        [str(bound.this)]
        if isinstance(bound, exp.Placeholder)
        else [c.name for c in part.find_all(exp.Column)]
    )
    return MICRO_STEP if any(name.endswith("_micro") for name in names) else 1


def moved(node: exp.Expr, by: int) -> exp.Expr:
    """Return a bound moved by a step: another integer, or ``(:p + 1)``."""
    if isinstance(node, exp.Literal):
        return exp.Literal.number(int(node.this) + by)
    operation = exp.Add if by > 0 else exp.Sub
    sum_ = operation(this=node.copy(), expression=exp.Literal.number(abs(by)))
    return exp.Paren(this=sum_) if isinstance(node.parent, exp.Mul | exp.Sub | exp.Neg) else sum_


def _places(node: exp.Expr, sign: int, *, scaled: bool = False) -> Iterator[_Place]:
    """Yield the bounds in one side of a comparison with the sign they come in with."""
    if is_bound(node):
        yield _Place(node, sign, scaled)
    elif isinstance(node, exp.Neg):
        yield from _places(node.this, -sign, scaled=scaled)
    elif isinstance(node, exp.Paren):
        yield from _places(node.this, sign, scaled=scaled)
    elif isinstance(node, exp.Add | exp.Sub):
        yield from _places(node.this, sign, scaled=scaled)
        yield from _places(node.expression, sign if isinstance(node, exp.Add) else -sign, scaled=scaled)
    elif isinstance(node, exp.Mul):
        for factor, other in ((node.this, node.expression), (node.expression, node.this)):
            yield from _places(factor, sign, scaled=scaled or not isinstance(other, exp.Literal))


def _rank(place: _Place) -> int | None:
    """Order bounds by how finely moving them moves the comparison; None for what is no bound but a scale or nought.

    A fen in a factor is lost in the rounding of the product, a per cent is not.
    """
    if isinstance(place.node, exp.Literal):
        return None if place.node.this == "0" or isinstance(place.node.parent, exp.Mul) else 2
    if not place.scaled:
        return 0
    return 3 if str(place.node.this).endswith("_fen") else 1
