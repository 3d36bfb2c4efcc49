"""Stored values as engines write them into statements, and rows as engines give them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xjk.ledger.store import Row, Value


def literal(value: Value) -> str:
    """Write a stored value as SQL; text with its quotes doubled, which is all the grammar of SQL asks for."""
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def plain_row(row: Row) -> Row:
    """Return a row with truth values as 0 and 1, as SQLite gives them."""
    return tuple(int(value) if value is True or value is False else value for value in row)


def parts_of(tree: object) -> Iterator[Mapping[str, Any]]:
    """Yield every object of the JSON tree that a parser makes of a query."""
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found
