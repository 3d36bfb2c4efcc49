"""A real store, filled from rows written as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

import pytest

from xjk.engines.sqlite import SqliteStore
from xjk.ledger.relations import relations, table_relation
from xjk.ledger.store import Store, Value
from xjk.models.tables import TABLES

Tables = Mapping[str, Sequence[Mapping[str, str]]]

_WHEN_REQUIRED = {"text": "某", "money": "0.00", "date": "2024-01-01", "int": "1", "bool": "1", "number": "1"}


@contextmanager
def _ledger(tables: Tables) -> Iterator[Store]:
    store = SqliteStore()
    try:
        for relation in relations():
            store.create(relation)
        for table, rows in tables.items():
            store.append(
                table_relation(table),
                [_physical(table, row, number) for number, row in enumerate(rows, start=1)],
            )
        yield store
    finally:
        store.close()


def _physical(table: str, row: Mapping[str, str], number: int) -> list[Value]:
    """Turn a row of texts into stored values; a required column left out gets something."""
    model = TABLES[table]
    values: list[Value] = []
    for name, kind in model.columns().items():
        text = row.get(name)
        if text is None and model.model_fields[name].is_required():
            text = next(iter(kind.choices), _WHEN_REQUIRED.get(kind.name, f"{table}{number}"))
        stored = None if text is None else kind.read(text)
        if kind.name == "date":
            values.append(None if stored is None else kind.render(stored))
        values.append(stored)
    return [*values, 1, number]


@pytest.fixture(scope="session")
def ledger() -> Callable[[Tables], AbstractContextManager[Store]]:
    """Return a function that makes a store holding the rows of some tables."""
    return _ledger
