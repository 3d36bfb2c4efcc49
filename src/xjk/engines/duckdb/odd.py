"""Rows with texts that are not plain: each distinct text is read once, by the code that reads every text.

An export that writes its dates as 2024/3/5 has an odd text in every row, and a few hundred distinct ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from xjk.engines.duckdb.columns import TYPES, PlainColumn, are_plain, physical, row_query
from xjk.engines.duckdb.session import ROWS_AT_ONCE, fetched, own_cursor
from xjk.ledger.at_rest import Doubtful
from xjk.ledger.parsers import REFUSED, ColumnParser, DayTexts
from xjk.ledger.relations import physical_columns
from xjk.ledger.table_columns import TableColumns
from xjk.models.text import is_blank


def mend_odd_rows(
    connection: duckdb.DuckDBPyConnection,
    columns: TableColumns,
    plain: tuple[PlainColumn, ...],
    constants: Mapping[str, str],
    width: int,
) -> None:
    """Fill the table ``mended`` with the rows of ``odd`` whose texts can all be read, and take them out of ``odd``.

    Its columns are those of the relation, ``row_number``, and the texts ``c0``, ``c1`` ... as they stand.
    """
    texts = [f"c{place}" for place in range(width)]
    listed = ", ".join(f"odd[{place}] AS {text}" for place, text in enumerate(texts, start=1))
    connection.execute(
        f"CREATE OR REPLACE TABLE odd_texts AS SELECT row_number, {listed} FROM odd "
        f"WHERE odd[{width}] IS NOT NULL AND coalesce(odd[{width + 1}], '') = ''"
    )
    values = dict(constants)
    tests: list[str] = []
    joins: list[str] = []
    for number, column in enumerate(plain):
        is_plain, parser, read = are_plain((column,)), columns.parsers[column.name], f"read_{number}"
        as_plain = dict(physical(column.name, column.kind, column.value(), column.text))
        if not _read_distinct(connection, column, is_plain, parser, read):
            values |= as_plain
            tests.append(is_plain)
            continue
        joins.append(f"LEFT JOIN {read} ON {read}.odd_text = {column.text}")
        tests.append(f"({is_plain} OR {read}.odd_text IS NOT NULL)")
        for name, value in as_plain.items():
            stored = "day_text" if column.kind.name == "date" and name == column.name else "stored"
            values[name] = f"CASE WHEN {is_plain} THEN {value} ELSE {read}.{stored} END"
    source = " ".join(("odd_texts", *joins))
    good = " AND ".join(tests) or "true"
    query = row_query(columns, values, good, kept=["row_number", *texts], source=source)
    connection.execute(f"CREATE OR REPLACE TABLE mended AS SELECT * FROM ({query}) WHERE is_good")
    connection.execute("DELETE FROM odd WHERE row_number IN (SELECT row_number FROM mended)")
    connection.execute("DROP TABLE odd_texts")


def doubts(
    connection: duckdb.DuckDBPyConnection, column: PlainColumn, *, table: str, text: str, row_number: str
) -> Iterator[Doubtful]:
    """Yield the cells of a column that deserve a warning; each distinct text is looked at once."""
    kind = column.kind
    if kind.doubt is None:
        return
    distinct = own_cursor(connection).execute(f"SELECT DISTINCT {text} FROM {table} WHERE {text} IS NOT NULL")
    doubtful = [
        found for (found,) in fetched(distinct) if not is_blank(found) and kind.doubt(kind.read(found))
    ]
    if doubtful:
        rows = own_cursor(connection).execute(
            f"SELECT {row_number}, {text} FROM {table} WHERE {text} IN (SELECT unnest(?::VARCHAR[])) ORDER BY 1",
            [doubtful],
        )
        for row, found in fetched(rows):
            yield Doubtful(row, column.name, found)


def _read_distinct(
    connection: duckdb.DuckDBPyConnection,
    column: PlainColumn,
    is_plain: str,
    parser: ColumnParser,
    table: str,
) -> bool:
    """Read the distinct odd texts of a column into a table; return False when there are none."""
    stored = TYPES[physical_columns(column.name, column.kind, nullable=True)[-1].type]
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} (odd_text VARCHAR, stored {stored}, day_text VARCHAR)"
    )
    cursor = own_cursor(connection)
    cursor.execute(f"SELECT DISTINCT {column.text} FROM odd_texts WHERE NOT ({is_plain})")
    days = DayTexts()
    is_any = False
    while texts := [text for (text,) in cursor.fetchmany(ROWS_AT_ONCE)]:
        is_any = True
        parsed = zip(texts, parser.column(texts), strict=True)
        read = [(text, value) for text, value in parsed if value is not REFUSED]
        parser.forget()
        written = [
            days[value] if column.kind.name == "date" and isinstance(value, int) else None
            for _, value in read
        ]
        connection.execute(
            f"INSERT INTO {table} SELECT unnest(?::VARCHAR[]), unnest(?::{stored}[]), unnest(?::VARCHAR[])",
            [[text for text, _ in read], [value for _, value in read], written],
        )
    cursor.close()
    return is_any
