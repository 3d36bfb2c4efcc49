"""The checksum of a relation: equal for equal rows, in whatever order and on whatever engine.

Each row is written as one text, hashed with SHA-256, and the halves of the digest's first 128 bits are added up. Sums do
not depend on order, so nothing is sorted, and an engine that hashes by itself never hands a row out. It tells accidental
differences; it is no seal against somebody who builds rows to fit.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple, Protocol, runtime_checkable

from xjk.ledger.relations import Relation
from xjk.ledger.store import Store

SEPARATOR = "\x1f"
"""Between the values of a row; no accepted value holds it."""


class Checksum(NamedTuple):
    """Be the number of rows, and the sums of bits 0 to 63 and 64 to 127 of their digests."""

    rows: int
    first: int
    second: int


@runtime_checkable
class SummingStore(Protocol):
    """Be a store that adds up digests by itself."""

    def checksum(self, relation: Relation) -> Checksum:
        """Return the checksum of a canonical relation."""


def checksum(store: Store, relation: Relation) -> Checksum:
    """Return the checksum of a canonical relation."""
    if isinstance(store, SummingStore):
        return store.checksum(relation)
    rows = first = second = 0
    text_of_row = f" || '{SEPARATOR}' || ".join(row_values(relation, "text"))
    for (text,) in store.query(f"SELECT {text_of_row} FROM {relation.name}"):  # noqa: S608
        digest = hashlib.sha256(str(text).encode()).digest()
        rows += 1
        first += int.from_bytes(digest[:8])
        second += int.from_bytes(digest[8:16])
    return Checksum(rows, first, second)


def row_values(relation: Relation, text_type: str) -> list[str]:
    """Return the SQL of each value of a row as text, NULL as nothing; joined by the separator they are its text.

    Where the row came from is no part of it, nor are day numbers, for the dates stand beside them.
    """
    names = [column.name for column in relation.content]
    return [
        f"coalesce(cast({name} as {text_type}), '')"
        for name in names
        if not (name.endswith("_day") and name.removesuffix("_day") in names)
    ]
