"""The data dictionary and the SQL layout, written from the models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel

from xjk.engines.sqlite import create_statements
from xjk.ledger.relations import DERIVED, LEDGER_API, RECORDS, Relation, table_relation
from xjk.models.columns import ColumnType
from xjk.models.record import Record
from xjk.models.tables import TABLES

Need = Literal["key", "required", "optional"]

_TABLES_HEAD = """\
# Generated from the models by "make generate"; do not edit.
#
# The canonical tables of xjk: the contract between data sources, rules, engines and reports.
#
# One table = one typed model, one JSON Schema in schemas/, one file (<table>.csv) in a dataset folder, one relation
# that rules query. Headers may be the English names or the Chinese labels (zh). Names stay as they are; tables and
# columns may be added, and anything added is optional for whoever supplies the data.
#
# Column forms:  name: [type, need, zh]        need: key | required | optional
# Types
#   code    identifier, kept as text, stripped, half-width
#   text    free text
#   date    ISO date at the boundary
#   money   exact Decimal yuan, two places, may be negative (red-letter entries)
#   number  exact Decimal
#   int     integer
#   bool    1/0, true/false, 是/否 accepted at the boundary
#   uscc    unified social credit code, GB 32100-2015, check digit verified
#   idno    citizen identity number, GB 11643, check digit verified; personal data
#   acct    bank account number; personal data when the holder is a person
#   enum(a|b|…)
# A bad identifier (check digit) is a data-quality warning on the row, not a rejection: forged identifiers are
# evidence. A missing key, an unreadable date or amount rejects the row.
"""

_SQL_HEAD = f"""\
-- Generated from the models by "make generate"; do not edit.
--
-- The relations of a ledger in SQLite, ledger interface {LEDGER_API}. Money lies in <column>_fen (fen), numbers in
-- <column>_micro (millionths), dates as ISO text in <column> and as a day number (1970-01-01 = 0) in <column>_day,
-- booleans as 0/1. Rows point to their file through source_id and source_row; <table>_key joins the key columns
-- with a vertical bar and names a row as evidence.
"""


def need_of(model: type[Record], column: str) -> Need:
    """Return whether a column is part of the key, required or optional."""
    if column in model.key:
        return "key"
    return "required" if model.model_fields[column].is_required() else "optional"


def type_of(kind: ColumnType) -> str:
    """Return the type of a column as the contract writes it: ``money``, ``enum(debit|credit)``."""
    return f"enum({'|'.join(kind.choices)})" if kind.choices else kind.name


def label_of(model: type[BaseModel], column: str) -> str:
    """Return the Chinese label of a column."""
    return model.model_fields[column].title or column


def tables_yaml() -> str:
    """Return the contract of the tables as YAML, as the models have it."""
    return "\n".join([_TABLES_HEAD, *(_table_yaml(table, model) for table, model in TABLES.items())])


def _table_yaml(table: str, model: type[Record]) -> str:
    lines = [f"{table}:  # {model.zh}"]
    for column, kind in model.columns().items():
        form = type_of(kind)
        shown = f'"{form}"' if kind.choices else form
        lines.append(f"  {column}: [{shown}, {need_of(model, column)}, {label_of(model, column)}]")
    return "\n".join(lines) + "\n"


def sqlite_sql() -> str:
    """Return the DDL of every relation of a ledger, with its indexes."""
    return "\n".join([_SQL_HEAD, *_relations_sql()])


def _relations_sql() -> Iterator[str]:
    for table, model in TABLES.items():
        yield _relation_sql(table_relation(table), model.zh)
    for relation in DERIVED.values():
        yield _relation_sql(relation, "made at load")
    for relation in RECORDS:
        yield _relation_sql(relation, "about the loading itself")


def _relation_sql(relation: Relation, what: str) -> str:
    return f"-- {relation.name}: {what}\n" + "".join(
        f"{statement};\n" for statement in create_statements(relation)
    )
