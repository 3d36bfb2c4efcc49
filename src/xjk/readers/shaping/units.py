"""Amounts given in other units than yuan, brought to yuan exactly."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from xjk.models.money import MICRO, money_text, read_money, read_number
from xjk.models.problem import BadValue

UNITS = {
    "元": 1,
    "yuan": 1,
    "千元": 1_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿元": 100_000_000,
}
"""Units of money and how many yuan they are."""


def in_base_unit(unit: str, kind: str, column: str) -> Callable[[str], str] | None:
    """Return the conversion for a column whose header states a unit, or None if nothing is to be done.

    ``%`` is only acted on for ratios (a tax rate of 6 % is 0.06); columns that hold per cent keep it.
    """
    if kind == "money" and UNITS.get(unit, 1) != 1:
        return partial(to_yuan, unit)
    if unit == "%" and kind == "number" and not column.endswith("_pct"):
        return _per_cent
    return None


def to_yuan(unit: str, text: str) -> str:
    """Return an amount in yuan.

    An amount that cannot be converted exactly stays as it is if it is refused as an amount anyway, and is shown
    with its unit if it would pass for yuan.
    """
    if not text.strip():
        return text
    try:
        fen, rest = divmod(read_number(text) * UNITS[unit] * 100, MICRO)
    except BadValue:
        rest, fen = 1, 0
    return _refused(unit, text) if rest else money_text(fen)


def _refused(unit: str, text: str) -> str:
    try:
        read_money(text)
    except BadValue:
        return text
    return f"{text} {unit}"


def _per_cent(text: str) -> str:
    return text if not text.strip() or text.rstrip().endswith(("%", "％")) else f"{text}%"
