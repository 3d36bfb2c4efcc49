"""The engine past one machine: Spark, with the extra ``spark``.

A store is for books that come as files or records: they pass through this process anyway, so they are gathered,
checked and derived from in SQLite, and handed to Spark whole when they are complete. Books that already lie in Spark
stay there: see ``xjk.runner.on_spark``.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any

from pyspark.sql import DataFrame

from xjk.engines.spark_reading import SparkReader
from xjk.engines.spark_start import ENGINE, own_session, schema, start, with_key
from xjk.engines.sqlite import SqliteStore
from xjk.ledger.relations import HIDDEN, Relation, relations
from xjk.ledger.store import Row

_HAS_ARROW = find_spec("pyarrow") is not None


class SparkStore(SqliteStore):
    """Be a ledger's database: filled in SQLite, read by rules in Spark.

    Args:
        master: Where Spark runs when none runs yet in this process, such as ``local[2]``.

    Raises:
        EngineMissingError: when Java is missing.
        ConfigError: when a Spark session with another master runs already.
    """

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
        names = [column.name for column in relation.columns]
        rows = self.query(f"SELECT {', '.join(names)} FROM {relation.name}")  # noqa: S608
        self._frame(relation, rows).selectExpr(*with_key(relation)).createOrReplaceTempView(relation.name)

    def _frame(self, relation: Relation, rows: Iterable[Row]) -> DataFrame:
        """Return rows as a DataFrame; with PyArrow a small one is part of the plan and costs no job."""
        if not _HAS_ARROW:
            return self._spark.createDataFrame(list(rows), schema(relation))
        import pyarrow as pa

        types = {"TEXT": pa.string(), "INTEGER": pa.int64()}
        columns = zip(*rows, strict=True)
        table: Any = pa.table(
            {
                column.name: pa.array(values, types[column.type])
                for column, values in zip(relation.columns, columns, strict=True)
            }
        )
        return self._spark.createDataFrame(table)
