"""What readers hand over: rows as they stand in a source, and which column each cell feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xjk.errors import DataError
from xjk.models.problem import Problem

FILE_COLUMN, ROW_COLUMN, PROBLEM_COLUMN = "_file", "_row", "_problem"
"""Columns of a quarantine file: where the row came from, and why it was refused (ignored when read again)."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Be some consecutive rows.

    Attributes:
        rows: Cells: text, or Python values when the table is typed.
        numbers: Row numbers as a spreadsheet counts, header included; a range when no row was left out.
    """

    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class RawTable:
    """Be one stream of rows for one canonical table.

    Attributes:
        table: Canonical table.
        file: Name shown to users: relative, ``/`` between folders, ``book.xlsx#sheet`` for a sheet.
        columns: Canonical column of each cell; None when the cell is not used.
        batches: Starts a fresh pass over the rows.
        constants: Canonical column to the text that every row has.
        typed: Whether cells may be Python values other than text.
        problems: What the reader noticed.
        furniture: Rows that are no data: header, preamble, rows a filter left out.
        failure: Why the source could not be opened; it then has no rows, and its table is empty when unknown.
    """

    table: str
    file: str
    columns: tuple[str | None, ...]
    batches: Callable[[], Iterator[Batch]]
    constants: Mapping[str, str] = field(default_factory=dict)
    typed: bool = False
    problems: tuple[Problem, ...] = ()
    furniture: int = 0
    failure: DataError | None = None
