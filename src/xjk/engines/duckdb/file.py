"""Files into relations inside DuckDB, without a Python object for each row.

A file is read once, into a draft. Its plain rows go on into the relation, and so do rows whose odd texts can be read once
for all; the others are handed back as they stand. Row numbers are places in the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import duckdb

from xjk.engines.duckdb.columns import plain_columns
from xjk.engines.duckdb.draft import constant_values, draft_file
from xjk.engines.duckdb.odd import doubts, mend_odd_rows
from xjk.engines.duckdb.session import ROWS_AT_ONCE, own_cursor
from xjk.ledger.at_rest import Doubtful, TakenFile
from xjk.ledger.raw import Batch, RawTable
from xjk.ledger.table_columns import TableColumns

MANY_ODD_ROWS = 2_000
"""From how many odd rows on their distinct texts are read, instead of the rows one by one."""


def take_file(
    connection: duckdb.DuckDBPyConnection, folder: Path, raw: RawTable, columns: TableColumns, source_id: int
) -> TakenFile | None:
    """Take the rows of a file that can be read without doubt; see ``xjk.ledger.at_rest``.

    Raises:
        duckdb.Error: when DuckDB has no memory or disk left, not when it cannot read the file.
    """
    if not columns.are_as_they_stand:
        return None
    draft = draft_file(connection, folder, raw, columns)
    if draft is None:
        return None
    plain = plain_columns(columns)
    row_number = f"rowid + {draft.first_row} AS row_number"
    ((odd,),) = connection.execute(
        f"CREATE OR REPLACE TABLE odd AS SELECT {row_number}, odd FROM draft WHERE odd IS NOT NULL"
    ).fetchall()
    accepted = _insert(connection, columns, source_id, f"SELECT *, {row_number} FROM draft WHERE odd IS NULL")
    connection.execute("DROP TABLE draft")
    taken = f"(SELECT * FROM {columns.relation.name} WHERE source_id = {source_id})"
    told: list[Iterable[Doubtful]] = [
        doubts(connection, column, table=taken, text=column.name, row_number="source_row") for column in plain
    ]
    if odd >= MANY_ODD_ROWS:
        told = [list(doubtful) for doubtful in told]
        mend_odd_rows(connection, columns, plain, constant_values(columns), len(raw.columns))
        accepted += _insert(connection, columns, source_id, "FROM mended")
        told += [
            list(doubts(connection, column, table="mended", text=column.text, row_number="row_number"))
            for column in plain
        ]
        connection.execute("DROP TABLE mended")
    return TakenFile(accepted, draft.blank, chain.from_iterable(told), _odd_rows(connection))


def _insert(connection: duckdb.DuckDBPyConnection, columns: TableColumns, source_id: int, rows: str) -> int:
    """Insert rows that have the relation's columns and a ``row_number``; return how many there are."""
    names = ", ".join(column.name for column in columns.relation.content)
    ((count,),) = connection.execute(
        f"INSERT INTO {columns.relation.name} ({names}, source_id, source_row) "
        f"SELECT {names}, {source_id}, row_number FROM ({rows})"
    ).fetchall()
    return int(count)


def _odd_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[Batch]:
    """Yield the rows that are left as they stand in the file, without padding."""
    cursor = own_cursor(connection)
    cursor.execute("SELECT row_number, odd FROM odd ORDER BY row_number")
    while found := cursor.fetchmany(ROWS_AT_ONCE):
        rows = [[text for text in texts if text is not None] for _, texts in found]
        yield Batch(rows, [number for number, _ in found])
    cursor.close()
    connection.execute("DROP TABLE odd")
