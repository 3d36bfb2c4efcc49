"""The least that puts CSV files into SQLite: ``csv`` and ``executemany``, every column as the text it is."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
from pathlib import Path


def load(folder: Path) -> int:
    """Load every CSV file of a folder and return the number of rows."""
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as place:
        connection = sqlite3.connect(Path(place) / "books.db")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        loaded = sum(_load(connection, file) for file in sorted(folder.glob("*.csv")))
        connection.commit()
        connection.close()
    return loaded


def _load(connection: sqlite3.Connection, path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        connection.execute(f"CREATE TABLE {path.stem} ({', '.join(header)})")
        marks = ", ".join("?" * len(header))
        return connection.executemany(f"INSERT INTO {path.stem} VALUES ({marks})", rows).rowcount  # noqa: S608
