"""The physical layout: one relation per canonical table, and the derived relations rules join with.

Money lies in ``<column>_fen``, numbers in ``<column>_micro`` (millionths), dates as ISO text in ``<column>`` and as
a day number in ``<column>_day``, booleans as 0/1. Every relation of a table ends with ``source_id`` and
``source_row`` and has a virtual column ``<table>_key``: its key columns joined with ``|``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from xjk.models.columns import ColumnType
from xjk.models.tables import TABLES

LEDGER_API = 1
"""Version of this layout; grows when a relation or column is renamed or removed."""

SUFFIXES: Mapping[str, str] = {"money": "_fen", "number": "_micro"}


@dataclass(frozen=True, slots=True)
class RelationColumn:
    """Be one physical column."""

    name: str
    type: Literal["TEXT", "INTEGER"]
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Relation:
    """Be one physical relation.

    Attributes:
        name: Name of the relation.
        columns: Physical columns in the order rows are inserted.
        key: Columns that identify a row; empty when none do.
        indexes: Further column groups worth an index, built after loading.
        key_column: Name of the virtual column that joins the key with ``|``; empty for derived relations.
    """

    name: str
    columns: tuple[RelationColumn, ...]
    key: tuple[str, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    key_column: str = ""

    @property
    def content(self) -> tuple[RelationColumn, ...]:
        """Return the columns that say something, without those that say where a row came from."""
        return tuple(column for column in self.columns if column.name not in ("source_id", "source_row"))


INDEXES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "voucher_line": (("unit_code", "voucher_no", "voucher_date_day"),),
    "bank_transaction": (("account_no", "booked_on_day"),),
    "payment": (("payee_name",), ("unit_code", "paid_on_day")),
    "invoice": (("seller_name", "invoice_number"), ("red_of",)),
    "invoice_use": (("invoice_id",),),
    "service_fee": (("unit_code", "paid_on_day"), ("payee_name",), ("account_no",)),
    "event": (("unit_code",),),
    "attendance": (("person_name", "day_day"),),
    "person": (("name",), ("account_no",), ("phone",)),
    "enterprise": (("name",), ("address",), ("phone",)),
    "project": (("unit_code",),),
    "contract": (("party_name",),),
}
"""Indexes beyond the key: what more than one rule joins on."""


def physical_columns(column: str, kind: ColumnType, *, nullable: bool) -> tuple[RelationColumn, ...]:
    """Return the physical columns of one canonical column."""
    if kind.name == "date":
        return RelationColumn(column, "TEXT", nullable), RelationColumn(f"{column}_day", "INTEGER", nullable)
    if kind.name in SUFFIXES:
        return (RelationColumn(column + SUFFIXES[kind.name], "INTEGER", nullable),)
    return (RelationColumn(column, "INTEGER" if kind.name in ("int", "bool") else "TEXT", nullable),)


@cache
def table_relation(table: str) -> Relation:
    """Return the relation of a canonical table."""
    model = TABLES[table]
    columns = [
        physical
        for name, kind in model.columns().items()
        for physical in physical_columns(name, kind, nullable=not model.model_fields[name].is_required())
    ]
    columns += [
        RelationColumn("source_id", "INTEGER", nullable=False),
        RelationColumn("source_row", "INTEGER", nullable=False),
    ]
    return Relation(table, tuple(columns), model.key, INDEXES.get(table, ()), f"{table}_key")


def _derived(
    name: str, key: tuple[str, ...], /, **columns: Literal["TEXT", "INTEGER", "TEXT?", "INTEGER?"]
) -> Relation:
    return Relation(
        name,
        tuple(
            RelationColumn(column, "TEXT" if kind.startswith("TEXT") else "INTEGER", kind.endswith("?"))
            for column, kind in columns.items()
        ),
        key,
    )


SOURCE = _derived("source", ("source_id",), source_id="INTEGER", file="TEXT", table_name="TEXT")
"""Files that fed the ledger; ``source_id`` of every row points here."""

PARTY = _derived(
    "party",
    ("name",),
    name="TEXT",
    party_key="TEXT",
    normal_name="TEXT",
    kind="TEXT",
    unit_code="TEXT?",
    uscc="TEXT?",
)
"""Every name of a party as written, with one key per real party and what kind of party it is."""

TEXT_TAG = _derived("text_tag", ("text", "tag", "word"), text="TEXT", tag="TEXT", word="TEXT")
"""What free texts speak of: a tag of the lexicons and the word that hit."""

ACCOUNT_ROLE = _derived(
    "account_role",
    ("unit_code", "fiscal_year", "account_code"),
    unit_code="TEXT",
    fiscal_year="INTEGER",
    account_code="TEXT",
    role="TEXT",
    book="TEXT",
)
"""Semantic role of every account code in use."""

STANDARD = _derived(
    "standard",
    ("standard_key", "region", "valid_from_day", "value"),
    standard_key="TEXT",
    region="TEXT",
    valid_from_day="INTEGER",
    valid_to_day="INTEGER",
    value="INTEGER",
    measure="TEXT",
)
"""Dated numeric standards; ``measure`` says whether ``value`` is fen, micro, count or day."""

CALENDAR = _derived(
    "calendar", ("day",), day="INTEGER", iso="TEXT", kind="TEXT", name="TEXT", verified="INTEGER"
)
"""Days of the ledger's years: workday, weekend, holiday or makeup (a weekend worked)."""

PROBLEM = _derived(
    "problem",
    ("problem_id",),
    problem_id="INTEGER",
    source_id="INTEGER",
    source_row="INTEGER",
    severity="TEXT",
    code="TEXT",
    file="TEXT",
    document="TEXT",
)
"""Problems of the data, each as a JSON document; ``source_id`` is 0 when it is not about one row of one source."""

QUARANTINE = _derived(
    "quarantine",
    (),
    source_id="INTEGER",
    source_row="INTEGER",
    table_name="TEXT",
    file="TEXT",
    reason="TEXT",
    cells="TEXT",
)
"""Rows that were refused: their cells as text, by canonical column, as JSON."""

RECORDS: tuple[Relation, ...] = (SOURCE, PROBLEM, QUARANTINE)
"""Relations about the loading itself."""

HIDDEN = frozenset((PROBLEM.name, QUARANTINE.name))
"""Relations that rules may not read: they hold personal data as it came."""

DERIVED: Mapping[str, Relation] = {
    relation.name: relation for relation in (PARTY, TEXT_TAG, ACCOUNT_ROLE, STANDARD, CALENDAR)
}


def relations() -> tuple[Relation, ...]:
    """Return every relation of a ledger: the canonical tables in the order of the contract, then the others."""
    return (*(table_relation(table) for table in TABLES), *DERIVED.values(), *RECORDS)
