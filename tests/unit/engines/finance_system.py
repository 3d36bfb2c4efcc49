"""A finance system's own database for tests: Chinese names, its own types and codes, made from canonical CSV files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from xjk.models.columns import ColumnType
from xjk.models.tables import TABLES

_TYPES = {
    "money": "numeric(18,2)", "number": "numeric(20,6)", "date": "date", "int": "integer", "bool": "boolean",
    "code": "varchar(200)", "text": "text", "enum": "text", "uscc": "char(20)", "idno": "varchar(20)", "acct": "varchar(40)",
}  # fmt: skip
_TIMES = ("booked_on", "paid_on", "voucher_date")
"""Dates that the system keeps with a time of day."""

_DIRECTIONS = {"in": "1", "out": "-1"}


@contextmanager
def database(url: str, name: str) -> Iterator[str]:
    """Create a database, return its address, and drop it."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"create database {name}".encode())
        try:
            yield url.replace("/postgres?", f"/{name}?")
        finally:
            admin.execute(f"drop database {name} with (force)".encode())


def build(url: str, folder: Path) -> dict[str, Any]:
    """Fill a database with what a folder of canonical CSV files says, and return the mapping that reads it."""
    with psycopg.connect(url) as connection:
        connection.execute("create schema 财务")
        paths = {table: folder / f"{table}.csv" for table in TABLES}
        return {
            "sources": [
                _build_table(connection, table, path) for table, path in paths.items() if path.exists()
            ]
        }


def _build_table(connection: psycopg.Connection[Any], table: str, path: Path) -> Mapping[str, Any]:
    model = TABLES[table]
    kinds = model.columns()
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    titles = {column: str(model.model_fields[column].title) for column in header}
    types = {column: _type(table, column, kinds[column]) for column in header}
    name = f'财务."{model.zh}"'
    lines = ", ".join(f'"{titles[column]}" {types[column]}' for column in header)
    connection.execute(
        f"create table {name} (id bigint generated always as identity (start with 2) primary key, {lines})".encode()
    )
    listed = ", ".join(f'"{titles[column]}"' for column in header)
    with connection.cursor() as cursor, cursor.copy(f"copy {name} ({listed}) from stdin".encode()) as copy:
        for row in rows:
            copy.write_row(
                [_cell(types[column], kinds[column], cell) for column, cell in zip(header, row, strict=True)]
            )
    columns: dict[str, Any] = dict(titles)
    if "smallint" in types.values():
        columns["direction"] = {
            "from": titles["direction"],
            "values": {code: way for way, code in _DIRECTIONS.items()},
        }
    return {"file": f"财务.{model.zh}", "tables": [{"table": table, "columns": columns}]}


def _type(table: str, column: str, kind: ColumnType) -> str:
    if table == "bank_transaction" and column == "direction":
        return "smallint"
    return "timestamp" if column in _TIMES else _TYPES[kind.name]


def _cell(form: str, kind: ColumnType, cell: str) -> str | None:
    if form == "smallint":
        return _DIRECTIONS[kind.read(cell)]  # type: ignore[index]
    if not cell:
        return None
    if form == "timestamp":
        return f"{kind.render(kind.read(cell))} 16:30:05"
    return cell if form == "text" else kind.render(kind.read(cell))


def relations_of(url: str) -> Sequence[tuple[object, ...]]:
    """Return everything the catalogue of a database lists: what a check in place must leave as it is."""
    with psycopg.connect(url) as connection:
        return connection.execute(
            "select oid, relname, relnamespace, reltuples from pg_class order by oid"
        ).fetchall()


def exported(url: str, mapping: Mapping[str, Any], folder: Path) -> Path:
    """Export the tables that a mapping names as CSV files, and return the mapping file that reads those."""
    sources = []
    with psycopg.connect(url) as connection:
        for source in mapping["sources"]:
            name = source["file"]
            with (
                (folder / f"{name}.csv").open("wb") as file,
                connection.cursor() as cursor,
                cursor.copy(
                    f"copy (select * from {name} order by 1) to stdout (format csv, header)".encode()
                ) as copy,
            ):
                for block in copy:
                    file.write(block)
            sources.append({**source, "file": f"{name}.csv"})
    path = folder / "mapping.yaml"
    path.write_text(json.dumps({"sources": sources}, ensure_ascii=False), "utf-8")
    return path
