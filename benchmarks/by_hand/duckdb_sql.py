"""The rules in DuckDB's SQL: the columns they need are read once into tables, then one query each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
from by_hand.parameters import Hit, Parameters
from by_hand.tables import AMOUNTS, COLUMNS, DATES, tables_of

QUERIES = Path(__file__).parent / "duckdb"

TYPES: Mapping[str, str] = {
    **dict.fromkeys(DATES, "DATE"),
    **dict.fromkeys(AMOUNTS, "DECIMAL(18, 2)"),
    **dict.fromkeys(("grade", "attendees", "staff_members"), "BIGINT"),
    "tax_rate": "DECIMAL(18, 6)",
    "voided": "BOOLEAN",
}
"""Types of columns; all others are text."""

VOIDED = """
CREATE TABLE voided AS
SELECT DISTINCT unit_code, voucher_no, voucher_date FROM voucher_line WHERE voided
"""


def find(folder: Path, rules: Parameters) -> list[Hit]:
    """Return what the rules find in the files of a folder."""
    with duckdb.connect(config={"threads": 2, "preserve_insertion_order": False}) as connection:
        tables = tables_of(rules)
        for table in tables:
            connection.execute(f"CREATE TABLE {table} AS {_reading(folder, table)}")
        if "voucher_line" in tables:
            connection.execute(VOIDED)
        return [
            (code, unit, subject, int(amount))
            for code, values in rules.items()
            for unit, subject, amount in connection.execute(*_query(code, values)).fetchall()
        ]


def _reading(folder: Path, table: str) -> str:
    """Return the query that reads the wanted columns of a file, money as whole fen."""
    wanted = ", ".join(map(_column, COLUMNS[table]))
    file = folder / f"{table}.parquet"
    if file.exists():
        return f"SELECT {wanted} FROM read_parquet('{file}')"  # noqa: S608 - a path of our own
    file = folder / f"{table}.csv"
    with file.open(encoding="utf-8") as text:
        names = text.readline().strip().split(",")
    types = ", ".join(f"'{name}': '{TYPES.get(name, 'VARCHAR')}'" for name in names)
    return f"SELECT {wanted} FROM read_csv('{file}', header = true, columns = {{{types}}})"  # noqa: S608


def _column(name: str) -> str:
    if name in AMOUNTS:
        return f"CAST({name} * 100 AS BIGINT) AS {AMOUNTS[name]}"
    return "CAST(tax_rate * 1000000 AS BIGINT) AS rate_micro" if name == "tax_rate" else name


def _query(code: str, values: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """Return the query of a rule and the parameters it asks for: DuckDB refuses others."""
    text = (QUERIES / f"{code.lower()}.sql").read_text(encoding="utf-8")
    return text, {name: value for name, value in values.items() if f"${name}" in text}
