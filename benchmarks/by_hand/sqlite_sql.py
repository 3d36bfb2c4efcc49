"""The rules in SQLite's SQL: columns read with ``csv`` into a file, indexes, then one query each."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from by_hand.csv_rows import names, rows
from by_hand.parameters import Hit, Parameters
from by_hand.tables import tables_of

QUERIES = Path(__file__).parent / "sqlite"

INDEXES: Mapping[str, tuple[str, ...]] = {
    "invoice": ("invoice_id", "red_of", "seller_name, total_fen"),
    "invoice_use": ("invoice_id",),
    "enterprise": ("uscc",),
    "event": ("event_id",),
    "attendance": ("person_name, day",),
    "person": ("name",),
    "contract": ("unit_code",),
    "voucher_line": ("unit_code, voucher_no, voucher_date",),
}
"""Indexes the queries use."""


def find(folder: Path, rules: Parameters) -> list[Hit]:
    """Return what the rules find in the CSV files of a folder."""
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as place:
        connection = sqlite3.connect(Path(place) / "books.db")
        try:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            for table in tables_of(rules):
                _load(connection, folder, table)
            connection.execute("ANALYZE")
            return [
                (code, unit, subject, amount)
                for code, values in rules.items()
                for unit, subject, amount in connection.execute(_query(code), values)
            ]
        finally:
            connection.close()


def _load(connection: sqlite3.Connection, folder: Path, table: str) -> None:
    """Fill a table and index it."""
    columns = names(table)
    connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows(folder, table))  # noqa: S608
    for number, indexed in enumerate(INDEXES.get(table, ())):
        connection.execute(f"CREATE INDEX {table}_{number} ON {table} ({indexed})")


def _query(code: str) -> str:
    return (QUERIES / f"{code.lower()}.sql").read_text(encoding="utf-8")
