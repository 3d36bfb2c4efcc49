"""Workdays of 2024 and 2025, from the State Council's holiday notices."""

from __future__ import annotations

from datetime import date, timedelta


def _span(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]


_HOLIDAYS = frozenset(
    day
    for first, last in (
        ("2024-01-01", "2024-01-01"),
        ("2024-02-10", "2024-02-17"),
        ("2024-04-04", "2024-04-06"),
        ("2024-05-01", "2024-05-05"),
        ("2024-06-10", "2024-06-10"),
        ("2024-09-15", "2024-09-17"),
        ("2024-10-01", "2024-10-07"),
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
    )
    for day in _span(first, last)
)
_WORKED_WEEKENDS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2024-02-04",
        "2024-02-18",
        "2024-04-07",
        "2024-04-28",
        "2024-05-11",
        "2024-09-14",
        "2024-09-29",
        "2024-10-12",
        "2025-01-26",
        "2025-02-08",
        "2025-04-27",
        "2025-09-28",
        "2025-10-11",
    )
)

MONTHS: tuple[tuple[int, int], ...] = tuple((year, month) for year in (2024, 2025) for month in range(1, 13))
LAST_DAY = date(2025, 12, 31)


def is_workday(day: date) -> bool:
    """Tell whether offices are open."""
    return day in _WORKED_WEEKENDS or (day.weekday() < 5 and day not in _HOLIDAYS)


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


def month_end(year: int, month: int) -> date:
    """Give the last calendar day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def in_month(year: int, month: int, day: int) -> date:
    """Give a workday near ``day`` that is certain to lie in the month."""
    wanted = date(year, month, min(day, month_end(year, month).day))
    later = on_or_after(wanted)
    return later if later.month == month else on_or_before(wanted)
