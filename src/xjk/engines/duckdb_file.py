"""Files into relations inside DuckDB, without a Python object for each row.

A file is read once, into a draft that holds each row as the columns of its relation and, unless the row is plain, its
texts. Plain rows go on into the relation; the texts of the others are handed back. Row numbers are places in the draft.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import duckdb

from xjk.engines.duckdb_columns import PlainColumns, draft_query
from xjk.engines.duckdb_session import ROWS_AT_ONCE, own_cursor
from xjk.engines.duckdb_text import ReadyText, make_ready
from xjk.ledger.at_rest import Doubtful, TakenFile
from xjk.ledger.parsers import DayTexts
from xjk.ledger.raw import Batch, ParquetFile, RawTable, TextFile
from xjk.ledger.store import Value
from xjk.ledger.table_columns import TableColumns

_LONGEST_LINE = 16 * 1024 * 1024


class _Draft(NamedTuple):
    """Say what lies in the draft: the row number of its first row, and blank lines at the end of the file."""

    first_row: int
    blank: int


def take_file(
    connection: duckdb.DuckDBPyConnection, folder: Path, raw: RawTable, columns: TableColumns, source_id: int
) -> TakenFile | None:
    """Take the plain rows of a file; see ``xjk.ledger.at_rest``.

    Raises:
        duckdb.Error: when DuckDB has no memory or disk left, not when it cannot read the file.
    """
    if raw.at_rest is None or not columns.are_as_they_stand:
        return None
    draft = (
        _draft_of_parquet(connection, folder, raw, columns, raw.at_rest)
        if isinstance(raw.at_rest, ParquetFile)
        else _draft_of_text(connection, folder, raw, columns, raw.at_rest)
    )
    if draft is None:
        connection.execute("DROP TABLE IF EXISTS draft")
        return None
    row_number = f"rowid + {draft.first_row}"
    connection.execute(
        f"CREATE OR REPLACE TABLE odd AS SELECT {row_number} AS row_number, odd FROM draft WHERE odd IS NOT NULL"  # noqa: S608
    )
    names = [column.name for column in columns.relation.columns if not column.name.startswith("source_")]
    ((accepted,),) = connection.execute(
        f"INSERT INTO {columns.relation.name} ({', '.join(names)}, source_id, source_row) "  # noqa: S608 - names of the contract
        f"SELECT {', '.join(names)}, {source_id}, {row_number} FROM draft WHERE odd IS NULL"
    ).fetchall()
    connection.execute("DROP TABLE draft")
    return TakenFile(
        int(accepted), draft.blank, _doubts(connection, columns, source_id), _odd_rows(connection)
    )


def _draft_of_text(
    connection: duckdb.DuckDBPyConnection, folder: Path, raw: RawTable, columns: TableColumns, file: TextFile
) -> _Draft | None:
    """Fill the draft from a delimited text; None when it must be read row by row.

    Short rows are padded with NULL, which no cell can be otherwise, and one more column takes what is too much.
    DuckDB reads in parallel first, which it cannot do when cells hold line breaks.
    """
    ready = make_ready(file, folder)
    if ready is None:
        return None
    texts = [f"c{place}" for place in range(len(raw.columns) + 1)]
    plain = _plain(columns)
    plain.tests += [f"{texts[-2]} IS NOT NULL", f"coalesce({texts[-1]}, '') = ''"]
    for is_parallel in (True, False):
        query = _query(plain, columns, texts, _scan(ready, file, texts, is_parallel=is_parallel))
        if _fill(connection, query):
            return _Draft(file.header_row + 1, ready.blank) if _has_all_lines(connection, ready) else None
    return None


def _draft_of_parquet(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    raw: RawTable,
    columns: TableColumns,
    file: ParquetFile,
) -> _Draft | None:
    """Fill the draft from a Parquet file; None when a column has a type whose text is not DuckDB's."""
    link = folder / "rows.parquet"
    link.unlink(missing_ok=True)
    link.symlink_to(file.path.resolve())
    source = f"read_parquet('{link}', hive_partitioning = false)"
    try:
        types = [
            str(row[1])
            for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # noqa: S608
        ]
    except duckdb.Error:
        return None
    texts = [f"c{place}" for place in range(len(types))]
    read = [_text_of(f"p{place}", kind) for place, kind in enumerate(types)]
    if len(types) != len(raw.columns) or None in read:
        return None
    named = ", ".join(f"coalesce({text}, '') AS c{place}" for place, text in enumerate(read))
    given = ", ".join(f"p{place}" for place in range(len(types)))
    query = _query(
        _plain(columns),
        columns,
        texts,
        f"(SELECT {named} FROM {source} AS rows({given}))",  # noqa: S608
    )
    return _Draft(1, 0) if _fill(connection, query) else None


def _text_of(column: str, kind: str) -> str | None:
    """Return a Parquet value as the text a person would type, as the reader of Parquet files writes it."""
    if kind == "VARCHAR":
        return column
    if kind.endswith("INT") or kind in ("INTEGER", "UINTEGER", "DATE", "BOOLEAN"):
        return f"CAST({column} AS VARCHAR)"
    if kind.startswith("DECIMAL"):
        written = f"CAST({column} AS VARCHAR)"
        return written if kind.endswith(",0)") else (
            f"CASE WHEN {column} = 0 THEN '0' ELSE rtrim(rtrim({written}, '0'), '.') END"
        )  # fmt: skip
    return None


def _plain(columns: TableColumns) -> PlainColumns:
    """Return the expressions of a table's columns."""
    plain = PlainColumns()
    for column, place in columns.places.items():
        plain.add(column, columns.types[column], f"c{place}", required=columns.parsers[column].required)
    days = DayTexts()
    for column, stored in columns.constants.items():
        value = cast("Value", stored)
        kind = columns.types[column]
        day = days[value] if kind.name == "date" and isinstance(value, int) else None
        plain.add_constant(column, kind, value, day)
    return plain


def _query(plain: PlainColumns, columns: TableColumns, texts: list[str], source: str) -> str:
    return draft_query(plain, columns.relation.columns, columns.model.derived, texts=texts, source=source)


def _scan(ready: ReadyText, file: TextFile, texts: list[str], *, is_parallel: bool) -> str:
    quote = '"' if file.quoted else ""
    typed = ", ".join(f"'{text}': 'VARCHAR'" for text in texts)
    newline = ready.newline.replace("\r", "\\r").replace("\n", "\\n")
    return (
        f"read_csv('{ready.path}', auto_detect = false, columns = {{{typed}}}, header = false, "
        f"skip = {ready.header_lines}, delim = '{file.delimiter}', quote = '{quote}', escape = '{quote}', "
        f"new_line = '{newline}', nullstr = '{secrets.token_hex(16)}', null_padding = true, strict_mode = true, "
        f"compression = 'none', max_line_size = {_LONGEST_LINE}, parallel = {str(is_parallel).lower()})"
    )


def _fill(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Fill the draft; return False when DuckDB does not take the file as it is."""
    try:
        connection.execute(f"CREATE OR REPLACE TABLE draft AS {query}")
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or "space" in str(error):
            raise
        return False
    return True


def _has_all_lines(connection: duckdb.DuckDBPyConnection, ready: ReadyText) -> bool:
    """Tell whether every line is in the draft; DuckDB passes over blank lines, which the count of rows needs.

    A cell that holds line breaks makes its row odd.
    """
    ((rows,),) = connection.execute("SELECT count(*) FROM draft").fetchall()
    ((breaks,),) = connection.execute(
        "SELECT coalesce(sum(length(text) - length(replace(text, chr(10), ''))), 0) "
        "FROM (SELECT unnest(odd) AS text FROM draft WHERE odd IS NOT NULL)"
    ).fetchall()
    return int(rows) + int(breaks) == ready.lines


def _doubts(
    connection: duckdb.DuckDBPyConnection, columns: TableColumns, source_id: int
) -> Iterator[Doubtful]:
    """Yield the cells of a source's rows that deserve a warning; each distinct value is looked at once."""
    table = columns.relation.name
    for column in columns.places:
        doubt = columns.types[column].doubt
        if doubt is None:
            continue
        cursor = own_cursor(connection)
        cursor.execute(
            f"SELECT DISTINCT {column} FROM {table} WHERE source_id = ? AND {column} IS NOT NULL",  # noqa: S608
            [source_id],
        )
        doubtful = [value for value, *_ in _fetched(cursor) if doubt(value)]
        if doubtful:
            cursor.execute(
                f"SELECT source_row, {column} FROM {table} "  # noqa: S608
                f"WHERE source_id = ? AND {column} IN (SELECT unnest(?::VARCHAR[])) ORDER BY source_row",
                [source_id, doubtful],
            )
            for row, text in _fetched(cursor):
                yield Doubtful(row, column, text)
        cursor.close()


def _odd_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[Batch]:
    """Yield the rows that are not plain as they stand in the file."""
    cursor = own_cursor(connection)
    cursor.execute("SELECT row_number, odd FROM odd ORDER BY row_number")
    while found := cursor.fetchmany(ROWS_AT_ONCE):
        yield Batch([_cells(texts) for _, texts in found], [number for number, _ in found])
    cursor.close()
    connection.execute("DROP TABLE odd")


def _cells(texts: list[str | None]) -> list[str]:
    """Take the padding off a row."""
    return [text for text in texts if text is not None]


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while found := cursor.fetchmany(ROWS_AT_ONCE):
        yield from found
