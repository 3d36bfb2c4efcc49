"""Dates as written in exports, and as day numbers (1970-01-01 = 0)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from xjk.models.problem import BadValue
from xjk.models.text import half_width, tidy

EPOCH = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2099

_TIME = r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPELLINGS = tuple(
    re.compile(pattern + _TIME)
    for pattern in (
        r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})",
        r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})",
        r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})",
        r"([0-9]{4}) *年 *([0-9]{1,2}) *月 *([0-9]{1,2}) *日",
        r"([0-9]{4})([0-9]{2})([0-9]{2})",
    )
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]{1,15})?")
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_YEARS = range(1950, 2100)


def read_day(text: str) -> int:
    """Read a date as a day number.

    Accepts ``2024-03-05``, ``2024/3/5``, ``2024.3.5``, ``20240305``, ``2024年3月5日``, each with or without a time
    of day, and spreadsheet serials (``45356``, 1900 date system, years 1950 to 2099).

    Raises:
        BadValue: ``not_date``, ``no_such_day`` or ``date_range``.
    """
    match = _ISO.fullmatch(text)
    if match is None:
        text = tidy(half_width(text))
        match = next((found for spelling in _SPELLINGS if (found := spelling.fullmatch(text))), None)
    if match is None:
        return _serial_day(text)
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadValue("date_range")
    try:
        return (date(year, month, day) - EPOCH).days
    except ValueError:
        raise BadValue("no_such_day") from None


def _serial_day(text: str) -> int:
    """Read a spreadsheet serial; the 1900 leap-year bug lies before the years accepted."""
    match = _SERIAL.fullmatch(text)
    if match is None:
        raise BadValue("not_date")
    day = _SERIAL_EPOCH + timedelta(days=int(match[1]))
    if day.year not in _SERIAL_YEARS:
        raise BadValue("not_date")
    return (day - EPOCH).days


def day_number(day: date) -> int:
    """Return the day number of a date.

    Raises:
        BadValue: ``date_range`` outside 1900 to 2099.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadValue("date_range")
    return (date(day.year, day.month, day.day) - EPOCH).days


def day_date(number: int) -> date:
    """Return the date of a day number."""
    return EPOCH + timedelta(days=number)


def day_text(number: int) -> str:
    """Write a day number as an ISO date."""
    return day_date(number).isoformat()
