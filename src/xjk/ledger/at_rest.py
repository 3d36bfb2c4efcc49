"""What an engine that reads files by itself agrees with the intake on.

Rows whose every cell reads as it stands go from the file into the relation inside the engine; all others come back and
are read one by one, by the only code that says what a text means. So both ways accept the same rows and tell the same
problems.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from xjk.ledger.raw import Batch, RawTable
from xjk.ledger.table_columns import TableColumns


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Be one accepted cell that deserves a warning: row number, column, text."""

    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class TakenFile:
    """Tell what an engine took of a file by itself.

    Attributes:
        accepted: Rows inserted.
        blank: Blank lines at the end of the file.
        doubts: Cells of inserted rows that deserve a warning, column by column in the order of the file.
        others: The rows that are left to be read one by one.
    """

    accepted: int
    blank: int
    doubts: Iterable[Doubtful]
    others: Iterable[Batch]


@runtime_checkable
class FileStore(Protocol):
    """Be a store that can read files by itself."""

    def take_file(self, raw: RawTable, columns: TableColumns, source_id: int) -> TakenFile | None:
        """Insert the plain rows of the file a raw table comes from; None when it must be read row by row."""
