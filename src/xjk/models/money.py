"""Exact money and numbers: yuan as Decimal outside, integer fen inside; numbers as integer millionths.

No function here touches a float. Amounts with fractions of a fen, in exponent notation or beyond 13 integer digits
are refused, because each of them means that digits were lost on the way.
"""

from __future__ import annotations

import re
from decimal import Decimal

from xjk.models.problem import BadValue
from xjk.models.text import half_width, tidy

MAX_FEN = 10**15 - 1
"""Largest amount, in fen: 13 integer digits of yuan, so that nine thousand of them still sum within 64 bits."""

MICRO = 1_000_000
"""Stored numbers are multiples of one millionth."""

MAX_MICRO = 10**18 - 1

_FEN = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}")
_PLAIN = re.compile(r"(-?)([0-9]{1,40})(?:\.([0-9]{0,40}))?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")
_CURRENCY = re.compile(r"^(?:人民币|CNY|RMB|[¥￥])|元整?$", re.IGNORECASE)


def _plain(text: str, kind: str) -> tuple[int, str, str]:
    """Split a written number into sign, integer digits and decimals without trailing zeros."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        text = _CURRENCY.sub("", tidy(half_width(text)).replace("\u2212", "-")).strip()
        sign = 1
        if text.startswith("(") and text.endswith(")"):
            text, sign = text[1:-1].strip(), -1
        elif text.endswith("-"):
            text, sign = text[:-1].strip(), -1
        elif text.startswith("+"):
            text = text[1:]
        elif text.startswith("-"):
            text, sign = text[1:].strip(), -1
        text = _CURRENCY.sub("", text).strip()
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
        if text.startswith(".") and text != ".":
            text = "0" + text
        match = _PLAIN.fullmatch(text)
        if match is None or match[1]:
            raise BadValue("money_exponent" if _EXPONENT.fullmatch(text) and kind == "not_money" else kind)
    else:
        sign = -1 if match[1] else 1
    return sign, match[2].lstrip("0"), (match[3] or "").rstrip("0")


def read_money(text: str) -> int:
    """Read an amount in yuan as fen.

    Accepts ``1234.5``, ``1,234.50``, full-width digits, ``(1,234.50)`` and ``1,234.50-`` for negatives, and a
    currency sign.

    Raises:
        BadValue: ``not_money``, ``money_exponent``, ``money_precision`` or ``money_range``.
    """
    if _FEN.fullmatch(text):
        return int(text.replace(".", ""))
    sign, whole, decimals = _plain(text, "not_money")
    if len(whole) > 13:
        raise BadValue("money_range")
    if len(decimals) > 2:
        raise BadValue("money_precision")
    return sign * int(whole + decimals.ljust(2, "0") or "0")


def read_number(text: str) -> int:
    """Read a number as millionths.

    A trailing per-cent sign divides by one hundred.

    Raises:
        BadValue: ``not_number``, ``number_precision`` or ``number_range``.
    """
    bare = tidy(half_width(text))
    places = 4 if bare.endswith("%") else 6
    sign, whole, decimals = _plain(bare.removesuffix("%").rstrip(), "not_number")
    if len(decimals) > places:
        raise BadValue("number_precision")
    scaled = int(whole + decimals.ljust(places, "0") or "0")
    if scaled > MAX_MICRO:
        raise BadValue("number_range")
    return sign * scaled


def read_integer(text: str) -> int:
    """Read a whole number; ``12.0`` and ``1,234`` are whole too.

    Raises:
        BadValue: ``not_integer`` or ``number_range``.
    """
    sign, whole, decimals = _plain(text, "not_integer")
    if decimals:
        raise BadValue("not_integer")
    if len(whole) > 18:
        raise BadValue("number_range")
    return sign * int(whole or "0")


def fen(amount: Decimal) -> int:
    """Turn exact yuan into fen.

    Raises:
        BadValue: ``money_precision`` or ``money_range``; ``not_money`` for NaN and infinities.
    """
    return _scaled(amount, 2, MAX_FEN, "money", "not_money")


def micro(number: Decimal) -> int:
    """Turn an exact number into millionths.

    Raises:
        BadValue: ``number_precision`` or ``number_range``; ``not_number`` for NaN and infinities.
    """
    return _scaled(number, 6, MAX_MICRO, "number", "not_number")


def _scaled(value: Decimal, places: int, limit: int, family: str, unreadable: str) -> int:
    if not value.is_finite():
        raise BadValue(unreadable)
    if not value:
        return 0
    if value.adjusted() > 30:
        raise BadValue(f"{family}_range")
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - finite, checked above
    shift = exponent + places
    if shift < 0:
        if any(digits[shift:]):
            raise BadValue(f"{family}_precision")
        digits = digits[:shift]
    scaled: int = int("".join(map(str, digits)) or "0") * 10 ** max(shift, 0)
    if scaled > limit:
        raise BadValue(f"{family}_range")
    return -scaled if sign else scaled


def yuan(amount_fen: int) -> Decimal:
    """Turn fen into exact yuan with two places."""
    return Decimal(money_text(amount_fen))


def money_text(amount_fen: int) -> str:
    """Write fen as yuan: ``-123450`` becomes ``-1234.50``."""
    whole, cents = divmod(abs(amount_fen), 100)
    return f"{'-' if amount_fen < 0 else ''}{whole}.{cents:02d}"


def number_text(value_micro: int) -> str:
    """Write millionths as a number without trailing zeros: ``60000`` becomes ``0.06``."""
    whole, rest = divmod(abs(value_micro), MICRO)
    decimals = f".{rest:06d}".rstrip("0").rstrip(".")
    return f"{'-' if value_micro < 0 else ''}{whole}{decimals}"
