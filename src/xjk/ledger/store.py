"""What the library asks of an engine: a store to fill, and read-only sessions for rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from xjk.ledger.relations import Relation

Value = str | int | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Be the answer to a query: column names, and rows that arrive as they are read."""

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows

    def dicts(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a mapping from column name to value."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


class Session(Protocol):
    """Be a read-only connection for rules: no write, no attach, no pragma, no extension, a time limit."""

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters (``:name``).

        Raises:
            RuleForbiddenError: when the text is more than a query of the ledger.
            RuleTimeoutError: when the time limit passes, here or while the rows are read.
            RuleError: when the text is not valid or a relation or column does not exist.
        """

    def close(self) -> None:
        """Release the connection."""


class Store(Protocol):
    """Be a database that is being filled, and then read."""

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""

    def create(self, relation: Relation) -> None:
        """Create a relation, without its indexes."""

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows in the order of the relation's columns."""

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything; most books fill a few tables of the contract."""

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``."""

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""

    def index(self, relation: Relation) -> bool:
        """Build the indexes of a relation; return False, and build none, when its keys are not unique."""

    def freeze(self) -> None:
        """End the filling: gather statistics and make the data visible to sessions."""

    def session(self, *, seconds: float | None = None) -> Session:
        """Open a read-only session whose queries may each take ``seconds``."""

    def close(self) -> None:
        """Release the database and remove what was temporary."""
