"""A rectangular source as it was found: a header and the records below it, tied to no canonical table yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xjk.ledger.raw import ArrowRows, Batch, ParquetFile, TextFile
from xjk.models.problem import Problem

BATCH_ROWS = 5_000
"""Rows passed on at a time: enough to keep per-batch work negligible, few enough to keep memory flat."""

MAX_COLUMNS = 2_000
"""Widest header accepted. Government tables have under a hundred columns; a spreadsheet ends at 16,384."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold one header and a stream of records.

    Attributes:
        file: Name shown to users, relative and with ``/``; ``book.xlsx#sheet`` for a sheet.
        headers: Names as written; a name met before gets ``#2``, ``#3`` ... so that each can be named.
        batches: Start a fresh pass over the records, text cells in the order of ``headers``.
        problems: What was noticed before the first record.
        furniture: Rows above the header that are no data.
        at_rest: Where the same records lie, when a file holds them as they stand.
    """

    file: str
    headers: tuple[str, ...]
    batches: Callable[[], Iterator[Batch]]
    problems: tuple[Problem, ...] = ()
    furniture: int = 0
    at_rest: TextFile | ParquetFile | ArrowRows | None = None


def number_repeats(headers: Sequence[str]) -> tuple[str, ...]:
    """Make header names distinct by counting repeats: ``账号``, ``账号#2``."""
    seen: dict[str, int] = {}
    named: list[str] = []
    for header in headers:
        name = header.strip()
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 or not name else f"{name}#{seen[name]}")
    return tuple(named)


def broken_row(text: str, width: int) -> list[str]:
    """Stand in for a record that cannot be parsed: its text in a row of the wrong length, which is quarantined."""
    return [text] if width != 1 else [text, ""]
