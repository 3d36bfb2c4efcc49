"""Stores of a few rows for the checks of the engine contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from xjk.ledger.relations import Relation, relations
from xjk.ledger.store import Session, Store, Value
from xjk.testing.engines.check import MakeStore

RELATIONS: Mapping[str, Relation] = {relation.name: relation for relation in relations()}

Books = Mapping[str, Sequence[Mapping[str, Value]]]
"""Rows by relation; columns that must hold something and are left out get a value of their own."""

_SECONDS = 60.0
"""Time limit of queries that are not meant to reach it."""


@contextmanager
def new_store(make: MakeStore) -> Iterator[Store]:
    """Make a store and close it afterwards, whatever happens."""
    store = make()
    try:
        yield store
    finally:
        store.close()


@contextmanager
def frozen_store(make: MakeStore, books: Books) -> Iterator[Store]:
    """Make a store that holds some books, indexed and frozen."""
    with new_store(make) as store:
        fill(store, books)
        for table in books:
            if not store.index(RELATIONS[table]):
                raise AssertionError(f"index({table}): False for distinct keys 键各不相同，却返回 False")
        store.freeze()
        yield store


@contextmanager
def open_session(store: Store, seconds: float | None = _SECONDS) -> Iterator[Session]:
    """Open a session and close it afterwards."""
    session = store.session(seconds=seconds)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def asked(make: MakeStore, books: Books) -> Iterator[Session]:
    """Open a session on a store that holds some books."""
    with frozen_store(make, books) as store, open_session(store) as session:
        yield session


def fill(store: Store, books: Books) -> None:
    """Create every relation, as a ledger does, and insert the rows of some."""
    for relation in RELATIONS.values():
        store.create(relation)
    for table, rows in books.items():
        insert(store, table, rows)


def insert(store: Store, table: str, rows: Sequence[Mapping[str, Value]], first: int = 0) -> None:
    """Insert rows into a relation that exists; `first` numbers the first of them."""
    if rows:
        relation = RELATIONS[table]
        store.extend(relation, columns_of(relation, rows, first))


def columns_of(
    relation: Relation, rows: Sequence[Mapping[str, Value]], first: int = 0
) -> dict[str, list[Value]]:
    """Return rows column by column; columns that no row names and that may be NULL are left out."""
    named = {column for row in rows for column in row}
    return {
        column.name: [
            row[column.name]
            if column.name in row
            else None
            if column.nullable
            else _own(relation, column.name, number)
            for number, row in enumerate(rows, start=first)
        ]
        for column in relation.columns
        if column.name in named or not column.nullable
    }


def _own(relation: Relation, name: str, number: int) -> Value:
    """Return a value for a column that must hold one; keys differ from row to row."""
    if name in ("source_id", "source_row"):
        return 1 if name == "source_id" else number + 2
    column = next(column for column in relation.columns if column.name == name)
    own = number if name in relation.key else 0
    return own if column.type == "INTEGER" else f"{name}{own:05}"


def texts_and_numbers(*pairs: tuple[str | None, int | None]) -> Books:
    """Return payments that hold a text in ``purpose`` and a number in ``voucher_date_day``, in this order of keys.

    Queries made by ``pairs`` call them t and n.
    """
    return {"payment": [{"purpose": text, "voucher_date_day": number} for text, number in pairs]}


def pairs(query: str) -> str:
    """Return a query over texts and numbers: it reads v(id, t, n), where id is the order they were given in."""
    return f"with v as (select payment_id as id, purpose as t, voucher_date_day as n from payment) {query}"  # noqa: S608
