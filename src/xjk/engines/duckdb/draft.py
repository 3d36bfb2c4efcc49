"""The draft of a file inside DuckDB: each row as the columns of its relation and, unless it is plain, its texts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast

import duckdb

from xjk.engines.duckdb.columns import are_plain, physical, plain_columns, row_query
from xjk.engines.duckdb.text import ReadyText, make_ready
from xjk.engines.values import literal
from xjk.ledger.parsers import DayTexts
from xjk.ledger.raw import ArrowRows, ParquetFile, RawTable, TextFile
from xjk.ledger.relations import SUFFIXES
from xjk.ledger.store import Value
from xjk.ledger.table_columns import TableColumns
from xjk.readers.files.delimited import LINE_LIMIT


class Draft(NamedTuple):
    """Say what lies in the table ``draft``, whose ``odd`` lists the texts of rows that are not plain.

    Attributes:
        first_row: Row number of its first row; the others follow.
        blank: Blank lines at the end of the file.
    """

    first_row: int
    blank: int


def draft_file(
    connection: duckdb.DuckDBPyConnection, folder: Path, raw: RawTable, columns: TableColumns
) -> Draft | None:
    """Fill the table ``draft`` from the file of a raw table; None when the file must be read row by row."""
    draft = None
    if isinstance(raw.at_rest, TextFile):
        draft = _draft_text(connection, folder, raw, columns, raw.at_rest)
    elif isinstance(raw.at_rest, ParquetFile):
        link = folder / "rows.parquet"
        link.unlink(missing_ok=True)
        link.symlink_to(raw.at_rest.path.resolve())
        draft = _draft_typed(
            connection, raw, columns, f"read_parquet({literal(str(link))}, hive_partitioning = false)"
        )
    elif isinstance(raw.at_rest, ArrowRows):
        connection.register("arrow_rows", raw.at_rest.table)
        draft = _draft_typed(connection, raw, columns, "arrow_rows")
        connection.unregister("arrow_rows")
    if draft is None:
        connection.execute("DROP TABLE IF EXISTS draft")
    return draft


def constant_values(columns: TableColumns) -> Mapping[str, str]:
    """Return the physical columns that have one value in every row, with their expressions."""
    days = DayTexts()
    values: dict[str, str] = {}
    for column, stored in columns.constants.items():
        value, kind = cast("Value", stored), columns.types[column]
        if kind.name == "date" and isinstance(value, int):
            values |= {column: literal(days[value]), f"{column}_day": literal(value)}
        else:
            values[column + SUFFIXES.get(kind.name, "")] = literal(value)
    return values


def _draft_text(
    connection: duckdb.DuckDBPyConnection, folder: Path, raw: RawTable, columns: TableColumns, file: TextFile
) -> Draft | None:
    """Fill the draft from a delimited text.

    Short rows are padded with NULL, which no cell can be otherwise, and one more column takes what is too much.
    DuckDB reads in parallel first, which it cannot do when cells hold line breaks.
    """
    ready = make_ready(file, folder)
    if ready is None:
        return None
    texts = [f"c{place}" for place in range(len(raw.columns) + 1)]
    is_whole = (f"{texts[-2]} IS NOT NULL", f"coalesce({texts[-1]}, '') = ''")
    for is_parallel in (True, False):
        scan = _scan(ready, file, texts, is_parallel=is_parallel)
        if _fill(connection, _draft_query(columns, texts, scan, is_whole)):
            return Draft(file.header_row + 1, ready.blank) if _has_all_lines(connection, ready) else None
    return None


def _draft_typed(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, columns: TableColumns, source: str
) -> Draft | None:
    """Fill the draft from a source with typed columns, if their types have the text that DuckDB gives them."""
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except duckdb.Error:
        return None
    read = [_text_of(f"p{place}", str(row[1])) for place, row in enumerate(described)]
    if len(read) != len(raw.columns) or None in read:
        return None
    texts = [f"c{place}" for place in range(len(read))]
    named = ", ".join(f"coalesce({value}, '') AS {text}" for value, text in zip(read, texts, strict=True))
    given = ", ".join(f"p{place}" for place in range(len(read)))
    scan = f"(SELECT {named} FROM {source} AS rows({given}))"
    return Draft(1, 0) if _fill(connection, _draft_query(columns, texts, scan)) else None


def _text_of(column: str, kind: str) -> str | None:
    """Return a Parquet value as the text a person would type, as the readers of typed files write it."""
    written = f"CAST({column} AS VARCHAR)"
    if kind == "VARCHAR":
        return column
    if (
        kind.startswith("ENUM")
        or kind.endswith(("INT", ",0)"))
        or kind in ("INTEGER", "UINTEGER", "DATE", "BOOLEAN")
    ):
        return written
    if kind.startswith("DECIMAL"):
        return f"CASE WHEN {column} = 0 THEN '0' ELSE rtrim(rtrim({written}, '0'), '.') END"
    return None


def _draft_query(columns: TableColumns, texts: Sequence[str], scan: str, tests: Sequence[str] = ()) -> str:
    """Return the query that the draft is filled from."""
    plain = plain_columns(columns)
    values = dict(constant_values(columns))
    for column in plain:
        values |= dict(physical(column.name, column.kind, column.value(), column.text))
    is_plain = " AND ".join((are_plain(plain), *tests))
    query = row_query(columns, values, is_plain, kept=texts, source=scan)
    listed = ", ".join(texts)
    odd = f"CASE WHEN is_good THEN NULL ELSE [{listed}] END AS odd"
    return f"SELECT * EXCLUDE (is_good, {listed}), {odd} FROM ({query})"


def _scan(ready: ReadyText, file: TextFile, texts: Sequence[str], *, is_parallel: bool) -> str:
    """Return the table function that reads the texts of a file.

    DuckDB's own size of a buffer is sixteen of the longest lines; a file that fits into one has one thread.
    """
    quote = '"' if file.quoted else ""
    typed = ", ".join(f"'{text}': 'VARCHAR'" for text in texts)
    return (
        f"read_csv({literal(str(ready.path))}, auto_detect = false, columns = {{{typed}}}, header = false, "
        f"skip = {ready.header_lines}, delim = {literal(file.delimiter)}, quote = '{quote}', escape = '{quote}', "
        f"nullstr = '{secrets.token_hex(16)}', null_padding = true, strict_mode = true, "
        f"compression = 'none', max_line_size = {LINE_LIMIT}, buffer_size = {LINE_LIMIT}, "
        f"parallel = {str(is_parallel).lower()})"
    )


def _fill(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Fill the draft; return False when DuckDB does not take the file as it is."""
    try:
        connection.execute(f"CREATE OR REPLACE TABLE draft AS {query}")
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException | duckdb.InterruptException) or "space" in str(
            error
        ):
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
