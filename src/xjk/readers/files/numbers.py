"""Write numbers and times of binary formats as the text a person would have typed."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal

SAFE_DIGITS = 15
"""Significant digits a double holds for sure; spreadsheets show and keep no more."""


def number_text(value: float | Decimal) -> str:
    """Return a number as plain digits.

    A double is written with fifteen significant digits, all it can be trusted with: the amount typed as 1234.56
    comes back as that, not as 1234.5599999999999.
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        value = Decimal(format(value, f".{SAFE_DIGITS}g"))
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 100:
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") or "0" if "." in text else text
    return str(value)


def loses_digits(value: object) -> bool:
    """Tell whether a spreadsheet number is too long to have kept all its digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**SAFE_DIGITS


def time_text(value: date | time) -> str:
    """Return a date, a time or both as ISO text; midnight is left out."""
    if isinstance(value, datetime):
        midnight = value.time() == time.min and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return value.isoformat()


def cell_text(value: object) -> str | None:
    """Return a single value of a binary format as text, or None if it is no single value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, date | time):
        return time_text(value)
    return None
