"""The engine past one machine: Spark, with the extra ``spark``.

A store is for books that come as files or records: they pass through this process anyway, so they are gathered,
checked and derived from in SQLite, and handed to Spark whole when they are complete. Books that already lie in Spark
stay there: see ``xjk.runner.on_spark``.
"""

from __future__ import annotations

from xjk.engines.spark.base import ENGINE
from xjk.engines.spark.reading import SparkReader
from xjk.engines.spark.rows import local_frame, with_key
from xjk.engines.spark.start import own_session, start
from xjk.engines.sqlite import SqliteStore
from xjk.ledger.relations import HIDDEN, Relation, relations


class SparkStore(SqliteStore):
    """Be a ledger's database: filled in SQLite, read by rules in Spark.

    Args:
        master: Where Spark runs when none runs yet in this process, such as ``local[2]``.

    Raises:
        EngineMissingError: when Java is missing.
        ConfigError: when a Spark session with another master runs already.
    """

    may_be_copied = False
    """A copy of this process would share its wire to Spark."""

    def __init__(self, master: str | None = None) -> None:
        self._spark = own_session(start(master), small=True)
        super().__init__()

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return ENGINE

    def freeze(self) -> None:
        """End the filling, and hand every relation that holds rows to Spark."""
        super().freeze()
        for relation in relations():
            if relation.name not in HIDDEN and self.has_rows(relation.name):
                self._hand_over(relation)

    def session(self, *, seconds: float | None = None) -> SparkReader:  # type: ignore[override]
        """Open a read-only session whose queries may each take ``seconds``."""
        return SparkReader(self._spark, seconds)

    def _hand_over(self, relation: Relation) -> None:
        names = ", ".join(column.name for column in relation.columns)
        rows = list(self.query(f"SELECT {names} FROM {relation.name}"))
        frame = local_frame(self._spark, relation, rows)
        frame.selectExpr(*with_key(relation)).createOrReplaceTempView(relation.name)
