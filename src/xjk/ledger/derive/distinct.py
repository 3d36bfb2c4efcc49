"""Distinct values of the canonical relations, each column read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xjk.ledger.store import Row, Store


class Place(NamedTuple):
    """Name one column of one canonical table."""

    table: str
    column: str


def distinct_texts(store: Store, places: Iterable[Place]) -> set[str]:
    """Return the distinct texts of several columns."""
    return {str(row[0]) for place in places for row in distinct_rows(store, place.table, (place.column,))}


def distinct_rows(store: Store, table: str, columns: Sequence[str]) -> list[Row]:
    """Return the distinct rows of some columns of a table whose first column is filled, in no order.

    All of them are read before anything else happens to the store, so the caller may append right away.
    """
    if not store.has_rows(table):
        return []
    names = ", ".join(columns)
    sql = f"SELECT DISTINCT {names} FROM {table} WHERE {columns[0]} IS NOT NULL"  # noqa: S608
    return list(store.query(sql))
