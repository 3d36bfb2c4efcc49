"""Workdays, from the State Council's holiday notices as far as the library knows them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from xjk.reference.calendar import holiday_years


@cache
def _special() -> tuple[frozenset[date], frozenset[date]]:
    """Give the public holidays, and the weekend days worked for them."""
    known = holiday_years()
    holidays = frozenset(day for year in known for part in year.holidays for day in part.days)
    return holidays, frozenset(day for year in known for part in year.makeup for day in part.days)


def is_workday(day: date) -> bool:
    """Tell whether offices are open."""
    holidays, worked = _special()
    return day in worked or (day.weekday() < 5 and day not in holidays)


def on_or_before(day: date) -> date:
    """Give the last workday not after ``day``."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    """Give the first workday not before ``day``."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def after(day: date, count: int) -> date:
    """Give the ``count``-th workday after ``day``."""
    for _ in range(count):
        day = on_or_after(day + timedelta(days=1))
    return day


def in_year(day: date, year: int) -> date:
    """Give the same day of another year; 29 February becomes the 28th where it must."""
    return day.replace(year=year, day=min(day.day, month_end(year, day.month).day))


def month_end(year: int, month: int) -> date:
    """Give the last calendar day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def in_month(year: int, month: int, day: int) -> date:
    """Give a workday near ``day`` that is certain to lie in the month."""
    wanted = date(year, month, min(day, month_end(year, month).day))
    later = on_or_after(wanted)
    return later if later.month == month else on_or_before(wanted)
