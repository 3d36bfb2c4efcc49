"""Rows of CSV files as somebody without a data library reads them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from by_hand.tables import AMOUNTS, COLUMNS

Cell = str | int | None


def names(table: str) -> tuple[str, ...]:
    """Return what the wanted columns of a table are called once money is whole fen."""
    return tuple(_NAMES.get(column, column) for column in COLUMNS[table])


def rows(folder: Path, table: str) -> Iterator[list[Cell]]:
    """Yield the wanted cells of each row: money as whole fen, rates in millionths, empty cells as None."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        wanted = [(header.index(column), _READ.get(column, str)) for column in COLUMNS[table]]
        for line in lines:
            yield [of(line[place]) if line[place] else None for place, of in wanted]


def _fen(text: str) -> int:
    return round(float(text) * 100)


def _micro(text: str) -> int:
    return round(float(text) * 1_000_000)


_NAMES: Mapping[str, str] = {**AMOUNTS, "tax_rate": "rate_micro"}

_READ: Mapping[str, Callable[[str], Cell]] = {
    **dict.fromkeys(AMOUNTS, _fen),
    **dict.fromkeys(("grade", "attendees", "staff_members", "voided"), int),
    "tax_rate": _micro,
}
