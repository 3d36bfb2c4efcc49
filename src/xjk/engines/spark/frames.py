"""A ledger over DataFrames: the rows stay where they lie, and what is derived is computed there.

Canonical rows are views over the caller's tables; only what is about the loading itself (sources, problems found by
checks across rows, standards, the calendar) comes from this process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Any
from uuid import uuid4

from pyspark import RDD, StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sf
from pyspark.sql.types import LongType, StructField, StructType

from xjk.engines.faults import engine_failed
from xjk.engines.spark import derive as spark_derive
from xjk.engines.spark.base import ENGINE, SPARK_ERRORS, message, without_logging
from xjk.engines.spark.cells import Given
from xjk.engines.spark.intake import Taken, taken
from xjk.engines.spark.reading import SparkReader, bound
from xjk.engines.spark.rows import frame_of, local_frame, with_key
from xjk.engines.spark.start import own_session
from xjk.engines.values import plain_row
from xjk.errors import ConfigError, EngineError, TableError
from xjk.ledger.checksum import SEPARATOR, Checksum, row_values
from xjk.ledger.relations import ACCOUNT_ROLE, CALENDAR, PARTY, STANDARD, TEXT_TAG, Relation
from xjk.ledger.store import Row, Rows, Value
from xjk.models.nearest import suggestion
from xjk.models.tables import TABLES
from xjk.reference.folders import Folder

_ORIGIN = StructType([StructField("source_id", LongType()), StructField("source_row", LongType())])


class FramesStore:
    """Be a ledger's database whose relations are views of a Spark session of its own; see ``xjk.ledger.store.Store``."""

    def __init__(self, base: SparkSession) -> None:
        if not isinstance(base, SparkSession):
            raise ConfigError(
                zh=f"不能使用 {type(base).__name__}：需要直接连接的 Spark 会话，而非 Spark Connect。",
                en=f"A {type(base).__name__} will not do: a classic Spark session is needed, not one of Spark Connect.",
                hint_zh="请用 SparkSession.builder.master(...) 建立会话。",
                hint_en="Make the session by SparkSession.builder.master(...).",
            )
        self._base = base
        self._spark = own_session(base, small=False)
        self._ordered: set[str] = set()
        self._lying: dict[str, DataFrame] = {}
        self._made: dict[str, list[Row]] = {}
        self._stale: dict[str, Relation] = {}
        self._kept: list[DataFrame | RDD[Any]] = []
        self._shared: list[str] = []

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return ENGINE

    def given(self, table: str, rows: DataFrame | str) -> Given:
        """Find a table of the caller's: a DataFrame, or the name of a table or view of the catalog.

        Raises:
            TableError: when there is no such table, here or in the contract, or a column has a wrong type.
        """
        if table not in TABLES:
            raise _no_table(
                table, f"“{table}”不是规范表", f'"{table}" is no canonical table', suggestion(table, TABLES)
            )
        if not isinstance(rows, str):
            return Given.of(table, table, rows)
        try:
            with without_logging():
                frame = self._base.table(rows)
        except SPARK_ERRORS as error:
            hint = ("请检查名称，以及所用的目录。", "Look at the name, and at the catalog in use.")
            zh, en = f"Spark 目录中找不到“{rows}”", f'Spark finds no "{rows}" in its catalog'
            raise _no_table(table, zh, en, hint) from error
        return Given.of(table, rows, frame)

    def take(self, given: Given, source_id: int) -> Taken:
        """Make a relation of a table of the caller's, and say what became of its rows."""
        with _engine_errors():
            frame = self._adopted(given.frame)
            found = taken(given._replace(frame=frame), source_id)
            for relation, rows in found.frames.items():
                self._add(relation, rows)
            if given.row is not None:
                self._ordered.add(given.table)
            if found.kept is not None:
                self._kept.append(found.kept)
        return found

    def create(self, relation: Relation) -> None:
        """Find the relation empty: a session begins with all of them."""

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows that come from this process, in the order of the relation's columns."""
        found = [tuple(row) for row in rows]
        if found:
            self._made.setdefault(relation.name, []).extend(found)
            self._stale[relation.name] = relation

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""
        count = len(next(iter(columns.values())))
        empty: Sequence[Value] = [None] * count
        values = [columns.get(column.name, empty) for column in relation.columns]
        self.append(relation, zip(*values, strict=True))

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own; its rows arrive one partition at a time."""
        with _engine_errors():
            frame = bound(self._views, sql, params or {})
            return Rows(tuple(frame.columns), _streamed(frame))

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation was filled; no job is needed for that."""
        return table in self._lying or bool(self._made.get(table))

    def in_order(self, table: str) -> bool:
        """Tell whether the rows of a table are numbered as their source has them."""
        return table in self._ordered

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``."""
        gone = set(rows)
        if gone:
            with _engine_errors():
                frame = frame_of(self._spark, [*gone], _ORIGIN)
                self._leave(
                    relation,
                    lambda lying: lying.join(frame, ["source_id", "source_row"], "left_anti"),
                    lambda source, row: (source, row) not in gone,
                )

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""
        gone = list(sources)
        with _engine_errors():
            self._leave(
                relation,
                lambda lying: lying.where(~sf.col("source_id").isin(gone)),
                lambda source, _: source not in gone,
            )

    def index(self, relation: Relation) -> bool:
        """Return False when the keys are not unique; Spark has no indexes."""
        if not relation.key or not self.has_rows(relation.name):
            return True
        key = ", ".join(relation.key)
        repeated = f"SELECT 1 FROM {relation.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
        with _engine_errors():
            return not self._views.sql(repeated).collect()

    def derive_party(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``party`` on the executors."""
        self._derive(PARTY, spark_derive.party(self._views, self._lying, self._keep, data_folders))

    def derive_text_tag(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``text_tag`` on the executors."""
        self._derive(TEXT_TAG, spark_derive.text_tag(self._views, self._lying, data_folders))

    def derive_account_role(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``account_role`` on the executors."""
        self._derive(ACCOUNT_ROLE, spark_derive.account_role(self._views, self._lying, data_folders))

    def checksum(self, relation: Relation) -> Checksum:
        """Add up the digests of a relation's rows where they lie, in one job; no row comes to this process."""
        row = sf.expr(f"sha2(concat_ws('{SEPARATOR}', {', '.join(row_values(relation, 'string'))}), 256)")
        halves = [
            sf.sum(sf.conv(sf.substring("digest", start, 16), 16, 10).cast("decimal(20,0)"))
            for start in (1, 17)
        ]
        with _engine_errors():
            digests = self._views.table(relation.name).select(row.alias("digest"))
            count, first, second = digests.agg(sf.count("*"), *halves).collect()[0]
        return Checksum(int(count), int(first or 0), int(second or 0))

    def freeze(self) -> None:
        """End the filling; nothing is left to do."""

    def session(self, *, seconds: float | None = None) -> SparkReader:
        """Open a read-only session whose queries may each take ``seconds``."""
        return SparkReader(self._views, seconds)

    def close(self) -> None:
        """Let go of what is kept in memory; the caller's tables and session stay as they are."""
        for frame in self._kept:
            frame.unpersist()
        for name in self._shared:
            self._base.catalog.dropGlobalTempView(name)
        self._kept, self._shared = [], []

    def _adopted(self, frame: DataFrame) -> DataFrame:
        """Bring a DataFrame of another session into this store's own, through a view both see."""
        name = f"xjk_{uuid4().hex}"
        frame.createGlobalTempView(name)
        self._shared.append(name)
        database = self._base.conf.get("spark.sql.globalTempDatabase", "global_temp")
        return self._spark.table(f"{database}.{name}")

    def _derive(self, relation: Relation, rows: DataFrame) -> None:
        with _engine_errors():
            self._add(relation, self._keep(rows.select(*(column.name for column in relation.columns))))

    def _keep(self, frame: DataFrame) -> DataFrame:
        """Compute a DataFrame once, and let the executors keep it in memory or on their disks."""
        self._kept.append(frame.persist(StorageLevel.MEMORY_AND_DISK))
        return frame

    def _add(self, relation: Relation, rows: DataFrame) -> None:
        lying = self._lying.get(relation.name)
        self._lying[relation.name] = rows if lying is None else lying.unionByName(rows)
        self._stale[relation.name] = relation

    def _leave(
        self,
        relation: Relation,
        lying: Callable[[DataFrame], DataFrame],
        made: Callable[[Value, Value], bool],
    ) -> None:
        """Keep some of the rows of a relation: those on the cluster, and those of this process."""
        names = [column.name for column in relation.columns]
        source, row = names.index("source_id"), names.index("source_row")
        if relation.name in self._lying:
            left = lying(self._lying[relation.name])
            self._lying[relation.name] = left.select(*names)
        if relation.name in self._made:
            self._made[relation.name] = [
                values for values in self._made[relation.name] if made(values[source], values[row])
            ]
        self._stale[relation.name] = relation

    @property
    def _views(self) -> SparkSession:
        """Return the session, every relation up to date.

        Standards and days are few and joined by ranges, so they go to where the other side lies, whatever its size.
        """
        for name, relation in self._stale.items():
            frames = [self._lying[name]] if name in self._lying else []
            if rows := self._made.get(name):
                frame = local_frame(self._spark, relation, rows)
                frames.append(sf.broadcast(frame) if relation in (STANDARD, CALENDAR) else frame)
            if frames:
                whole = reduce(DataFrame.unionByName, frames)
                whole.selectExpr(*with_key(relation)).createOrReplaceTempView(name)
        self._stale = {}
        return self._spark


def _no_table(table: str, zh: str, en: str, hint: tuple[str, str]) -> TableError:
    return TableError(zh=f"{zh}。", en=f"{en}.", where=table, hint_zh=hint[0], hint_en=hint[1])


def _streamed(frame: DataFrame) -> Iterator[tuple[Value, ...]]:
    with _engine_errors():
        yield from map(plain_row, frame.toLocalIterator())


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Turn what Spark says about the library's own statements into an EngineError."""
    try:
        with without_logging():
            yield
    except SPARK_ERRORS as error:
        raise _failed(message(error)) from error


def _failed(what: str) -> EngineError:
    if "No module named" not in what:
        return engine_failed("Spark", RuntimeError(what))
    return EngineError(
        zh=f"Spark 执行器上的 Python 缺少本库：{what}。",
        en=f"The Python of Spark's executors lacks this library: {what}.",
        hint_zh="请在各执行器上安装 xjk 及规则包，并让环境变量 PYSPARK_PYTHON 指向该 Python。",
        hint_en="Install xjk and its packs on every executor, and let PYSPARK_PYTHON name that Python.",
    )
