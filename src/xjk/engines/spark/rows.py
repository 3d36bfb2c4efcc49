"""Relations and rows, as they pass between this process and Spark."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import LongType, StringType, StructField, StructType

from xjk.ledger.relations import Relation
from xjk.ledger.store import Value

SPARK_TYPES = {"TEXT": StringType(), "INTEGER": LongType()}
_HAS_ARROW = find_spec("pyarrow") is not None


def schema(relation: Relation) -> StructType:
    """Return the columns of a relation as Spark types, without the virtual key column."""
    return StructType(
        [StructField(column.name, SPARK_TYPES[column.type], True) for column in relation.columns]
    )


def with_key(relation: Relation) -> tuple[str, ...]:
    """Return the expressions that select a relation with its virtual key column."""
    columns = tuple(column.name for column in relation.columns)
    if not relation.key_column:
        return columns
    joined = " || '|' || ".join(f"cast({column} as string)" for column in relation.key)
    return (*columns, f"{joined} AS {relation.key_column}")


def local_frame(session: SparkSession, relation: Relation, rows: Sequence[Sequence[Value]]) -> DataFrame:
    """Return rows of this process as a DataFrame; with PyArrow a few of them are part of the plan and cost no job."""
    if not _HAS_ARROW:
        return frame_of(session, [tuple(row) for row in rows], schema(relation)).coalesce(1)
    import pyarrow as pa

    types = {"TEXT": pa.string(), "INTEGER": pa.int64()}
    table = pa.table(
        {
            column.name: pa.array(values, types[column.type])
            for column, values in zip(relation.columns, zip(*rows, strict=True), strict=True)
        }
    )
    return frame_of(session, table, schema(relation))


def frame_of(session: SparkSession, rows: Any, columns: StructType) -> DataFrame:
    """Return rows, an RDD of rows, or an Arrow table as a DataFrame of a session.

    PySpark makes that session the active one of this thread; the caller gets back the one that was.
    """
    before = SparkSession.getActiveSession()
    try:
        return session.createDataFrame(rows, columns, verifySchema=False)
    finally:
        if before is not None:
            SparkSession._activeSession = before  # noqa: SLF001 - PySpark's own note of it, beside Spark's
            make_active(before)


def make_active(session: SparkSession) -> None:
    """Make a session the active one of this thread: the one whose settings Spark's parser reads."""
    java, jvm = session._jsparkSession, session._jvm  # noqa: SLF001 - PySpark has no public name for it
    assert jvm is not None  # noqa: S101 - None only in a session of Spark Connect, which is refused before
    jvm.org.apache.spark.sql.classic.SparkSession.setActiveSession(java)
