"""What is measured against what: series of contestants that do the same work on the same files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from by_hand.parameters import ROW_RULES, parameters
from by_hand.tables import tables_of
from data import only

Specification = Mapping[str, Any]
Folders = Mapping[str, Path]
"""Folder with the books, by format."""


AGAINST = ("xjk on DuckDB", "DuckDB SQL", "Polars", "pandas", "xjk on SQLite", "SQLite SQL")
"""Who runs the rules that are written again by hand, as the report names them."""

SIX_RULES = ("EXA101", "XJK701", "XJK703", "XJK706", "XJK711", "XJK712")
"""Rules over payments, invoices, claims and voucher lines; XJK701 compares across units."""

ENGINES = (
    "DuckDB", "DuckDB within 2 GB", "SQLite", "SQLite in two processes", "PostgreSQL", "Spark",
)  # fmt: skip
"""Engines of the library, as the report names them."""


@dataclass(frozen=True, slots=True)
class Series:
    """Be some contestants and what they have in common.

    Attributes:
        contestants: Gives the work of each contestant by name, for the books in some folders and a folder to use.
        runs: Number of runs by number of voucher lines, in a full run.
        same_hits: Whether all of them must find the same.
    """

    contestants: Callable[[Folders, Path], Mapping[str, Specification]]
    runs: Mapping[int, int]
    same_hits: bool = True


def _rules(folders: Folders, work: Path) -> Mapping[str, Specification]:
    """The rules that are written again by hand: the library, and what a user would write instead."""
    rules = sorted(parameters())
    given = _given(folders, work, rules)
    found: dict[str, Specification] = {}
    for name, label in (("csv", "CSV"), ("parquet", "Parquet")):
        folder = given[name]
        found[f"xjk on DuckDB, {label}"] = _library(folder, "duckdb", rules=rules)
        found[f"DuckDB SQL, {label}"] = _by_hand(folder, "duckdb_sql", rules)
        found[f"Polars, {label}"] = _by_hand(folder, "polars_lazy", rules)
        found[f"pandas, {label}"] = _by_hand(folder, "pandas_frames", rules)
    found["xjk on SQLite, CSV"] = _library(given["csv"], "sqlite", rules=rules)
    found["SQLite SQL, CSV"] = _by_hand(given["csv"], "sqlite_sql", rules)
    return found


def _row_rules(folders: Folders, work: Path) -> Mapping[str, Specification]:
    """The rules that judge one row at a time."""
    rules = sorted(ROW_RULES)
    given = _given(folders, work, rules)["csv"]
    return {
        "xjk on DuckDB, CSV": _library(given, "duckdb", rules=rules),
        "xjk on SQLite, CSV": _library(given, "sqlite", rules=rules),
        "rule-engine, CSV": _by_hand(given, "row_predicates", rules),
    }


def _six_rules(folders: Folders, _: Path) -> Mapping[str, Specification]:
    """Every table and six rules over the largest of them: what the engine that is always there takes."""
    csv = folders["csv"]
    return {
        "DuckDB, CSV": _library(csv, "duckdb", rules=SIX_RULES),
        "SQLite, CSV": _library(csv, "sqlite", rules=SIX_RULES),
        "SQLite in two processes, CSV": _library(csv, "sqlite", rules=SIX_RULES, workers=2),
    }


def _engines(folders: Folders, _: Path) -> Mapping[str, Specification]:
    """Every table and every rule, on each engine; beside them the least that loads the files."""
    csv, parquet = folders["csv"], folders["parquet"]
    return {
        "DuckDB, CSV": _library(csv, "duckdb"),
        "DuckDB, Parquet": _library(parquet, "duckdb"),
        "DuckDB within 2 GB, CSV": _library(csv, "duckdb", options={"memory_limit": "2GB"}),
        "SQLite, CSV": _library(csv, "sqlite"),
        "SQLite in two processes, CSV": _library(csv, "sqlite", workers=2),
        "PostgreSQL, CSV": _library(csv, "postgres"),
        "Spark, CSV": _library(csv, "spark"),
        "csv and executemany": {"work": "bare", "folder": str(csv)},
    }


def _numbers_of_rules(folders: Folders, _: Path) -> Mapping[str, Specification]:
    """A quarter of the rules, half of them, all, and all twice."""
    return {
        f"{name}, {share:g}": _library(folders["csv"], engine, share=share)
        for share in (0.25, 0.5, 1, 2)
        for engine, name in (("duckdb", "DuckDB"), ("sqlite", "SQLite"))
    }


def _library(folder: Path, engine: str, **more: Any) -> Specification:
    return {"work": "library", "folder": str(folder), "engine": engine, **more}


def _by_hand(folder: Path, module: str, rules: list[str]) -> Specification:
    return {"work": "by_hand", "module": module, "folder": str(folder), "rules": rules}


def _given(folders: Folders, work: Path, rules: list[str]) -> Folders:
    """Return folders with the tables some rules read, and the units: what a user would be given."""
    tables = {*tables_of(rules), "unit"}
    return {name: only(folder, tables, work / name) for name, folder in folders.items()}


SERIES: Mapping[str, Series] = {
    "rules": Series(_rules, {1_000_000: 5, 2_000_000: 5, 5_000_000: 5, 10_000_000: 3}),
    "row rules": Series(_row_rules, {1_000_000: 5}),
    "six rules": Series(_six_rules, {1_000_000: 5, 5_000_000: 5}),
    "engines": Series(_engines, {1_000_000: 5, 2_000_000: 3, 5_000_000: 3, 10_000_000: 3}),
    "number of rules": Series(_numbers_of_rules, {1_000_000: 5}, same_hits=False),
}
