"""What readers hand over: rows as they stand in a source, and which column each cell feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xjk.errors import DataError
from xjk.models.problem import Problem

if TYPE_CHECKING:
    from pyarrow import Table

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
class TextFile:
    """Be a delimited text that an engine may read by itself, in place of ``batches``.

    Attributes:
        path: The file.
        codec: Python codec of its text, after ``bom`` bytes of byte-order mark.
        delimiter: What separates cells.
        quoted: Whether double quotes enclose cells.
        header_row: Record number of the header, from 1; the rows follow it.
    """

    path: Path
    codec: str
    bom: int
    delimiter: str
    quoted: bool
    header_row: int


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """Be a Parquet file that an engine may read by itself; its rows count from 1."""

    path: Path


@dataclass(frozen=True, slots=True)
class ArrowRows:
    """Be an Arrow table in memory that an engine may read by itself; its rows count from 1."""

    table: Table


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
        at_rest: Where the same rows lie, when the cells are those of a file as it stands.
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
    at_rest: TextFile | ParquetFile | ArrowRows | None = None
