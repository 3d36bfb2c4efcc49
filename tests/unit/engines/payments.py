"""A small ledger of payments, in the store of any engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from xjk.ledger.relations import relations, table_relation
from xjk.ledger.store import Store, Value

ROWS = 5_000
_S = TypeVar("_S", bound=Store)


def with_payments(store: _S, rows: int = ROWS) -> _S:
    """Fill a new store with payments of 0, 1, 2 ... fen, freeze it and return it."""
    for relation in relations():
        store.create(relation)
    numbers = list(range(rows))
    columns: dict[str, Sequence[Value]] = {
        "payment_id": [f"p{number}" for number in numbers], "unit_code": ["U1"] * rows, "paid_on": ["2024-01-01"] * rows,
        "paid_on_day": [19723] * rows, "amount_fen": numbers, "payee_name": ["甲"] * rows, "source_id": [1] * rows, "source_row": numbers,
    }  # fmt: skip
    store.extend(table_relation("payment"), columns)
    for relation in relations():
        assert store.index(relation)
    store.freeze()
    return store
