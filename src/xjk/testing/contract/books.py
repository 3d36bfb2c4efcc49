"""Small books that checks build from cases: rows as text, and the ways to rearrange them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from xjk.ledger.ledger import Ledger
from xjk.models.finding import Hit
from xjk.models.problem import BadValue
from xjk.models.tables import TABLES
from xjk.rules.case_tables import CaseTable
from xjk.rules.cases import Case

Books = Mapping[str, CaseTable]
"""Rows of each supplied table, as text; a table may be supplied and empty."""

RowName = tuple[str, int]
"""A row of small books: its table, and its place among the rows of the table, from 0."""


def of_case(case: Case) -> dict[str, CaseTable]:
    """Return the books of a case."""
    return dict(case.tables)


def of_rows(tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, CaseTable]:
    """Return books made of mappings from column to text; a column that a row lacks is empty."""
    books = {}
    for table, rows in tables.items():
        columns = tuple(dict.fromkeys(column for row in rows for column in row))
        books[table] = CaseTable(
            columns=columns, rows=tuple(tuple(row.get(column, "") for column in columns) for row in rows)
        )
    return books


def of_joined_rows(
    books: Books, more: Mapping[str, Sequence[Mapping[str, str]]], *, before: bool = False
) -> dict[str, CaseTable]:
    """Return `books` with further rows behind its own, or before them."""
    united = dict(books)
    for table, rows in more.items():
        if not rows:
            continue
        own = books.get(table, CaseTable(columns=(), rows=()))
        columns = tuple(dict.fromkeys((*own.columns, *(column for row in rows for column in row))))
        kept = [_row(record, columns) for record in own.records()]
        added = [_row(row, columns) for row in rows]
        united[table] = CaseTable(columns=columns, rows=(*added, *kept) if before else (*kept, *added))
    return united


def _row(record: Mapping[str, str], columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(record.get(column, "") for column in columns)


def shuffled(books: Books, draw: random.Random) -> dict[str, CaseTable]:
    """Return the same rows in another order, the tables too."""
    tables = list(books)
    draw.shuffle(tables)
    return {table: reordered(books[table], draw) for table in tables}


def reordered(rows: CaseTable, draw: random.Random) -> CaseTable:
    """Return the rows of a table in another order."""
    order = list(rows.rows)
    draw.shuffle(order)
    return CaseTable(columns=rows.columns, rows=tuple(order))


def row_names(ledger: Ledger, tables: Iterable[str]) -> dict[tuple[str, str], RowName]:
    """Return which row of the books each evidence key names, by table and key."""
    session = ledger.session()
    try:
        return {
            (table, str(key)): (table, int(row or 2) - 2)
            for table in sorted(tables)
            for key, row in session.query(f"SELECT {table}_key, source_row FROM {table}")  # noqa: S608
        }
    finally:
        session.close()


def evidence_rows(hit: Hit, names: Mapping[tuple[str, str], RowName]) -> tuple[RowName, ...]:
    """Return the rows of the books that speak for a hit; rows that are not there are left out."""
    return tuple(
        sorted({names[item.table, item.key] for item in hit.evidence if (item.table, item.key) in names})
    )


def newest_day(books: Books) -> int | None:
    """Return the newest day written anywhere in the books, as a day number; None when there is no date."""
    days = []
    for table, rows in books.items():
        types = TABLES[table].columns()
        for record in rows.records():
            for column, text in record.items():
                if text and types[column].name == "date":
                    with suppress(BadValue):
                        days.append(int(types[column].read(text)))
    return max(days, default=None)


def reversed_rows(books: Books) -> dict[str, CaseTable]:
    """Return the same rows from last to first, the tables too."""
    return {
        table: CaseTable(columns=books[table].columns, rows=books[table].rows[::-1])
        for table in reversed(list(books))
    }
