"""The relation ``calendar``: every day of the ledger's years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xjk.ledger.relations import CALENDAR
from xjk.ledger.store import Store
from xjk.models.dates import day_date, day_number
from xjk.models.tables import TABLES
from xjk.reference.calendar import calendar_days
from xjk.reference.folders import Folder

FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years the calendar keeps to, whatever dates of birth or open ends a ledger holds."""


def derive_calendar(store: Store, *, data_folders: Sequence[Folder] = ()) -> None:
    """Fill ``calendar`` with every day from the first to the last year of any date in the ledger.

    Years outside 1990 to 2099 are left out. ``verified`` is 0 for a year whose holidays no notice arranges here:
    its days follow the week. A ledger without dates gets no days.
    """
    years = _years(store)
    if years is None:
        return
    first, last = years
    days = calendar_days(date(first, 1, 1), date(last, 12, 31), data_folders)
    store.append(
        CALENDAR,
        (
            (day_number(entry.day), entry.day.isoformat(), entry.kind, entry.name, int(entry.verified))
            for entry in days
        ),
    )


def _years(store: Store) -> tuple[int, int] | None:
    """Return the first and last year of the dates in all tables, or None when there is none to speak of."""
    days = [
        value
        for table, model in TABLES.items()
        if store.has_rows(table)
        and (columns := [name for name, kind in model.columns().items() if kind.name == "date"])
        for value in _extremes(store, table, columns)
    ]
    if not days:
        return None
    first = max(day_date(min(days)).year, FIRST_YEAR)
    last = min(day_date(max(days)).year, LAST_YEAR)
    return (first, last) if first <= last else None


def _extremes(store: Store, table: str, columns: Sequence[str]) -> list[int]:
    """Return the earliest and latest day of each date column of a table that has any, in one pass over it."""
    measures = ", ".join(f"MIN({name}_day), MAX({name}_day)" for name in columns)
    (row,) = store.query(f"SELECT {measures} FROM {table}")  # noqa: S608
    return [int(value) for value in row if value is not None]
