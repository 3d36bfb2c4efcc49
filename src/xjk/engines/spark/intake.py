"""From a DataFrame in canonical form to a relation: every row is accepted or quarantined, and none is brought here.

Spark computes the stored values of rows whose cells are canonical beyond doubt. The others, and those with an
identifier that deserves a warning, go through the record-by-record path on the executors that hold them, so that they
meet the same verdict and the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial, reduce
from itertools import islice
from operator import and_, or_
from typing import Any, NamedTuple

from pyspark import RDD, StorageLevel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sf
from pyspark.sql.types import BooleanType

from xjk.engines.spark.cells import Given, read_cell
from xjk.engines.spark.rows import frame_of, schema
from xjk.engines.sqlite import SqliteStore
from xjk.ledger.intake import Intake
from xjk.ledger.raw import Batch, RawTable
from xjk.ledger.relations import PROBLEM, QUARANTINE, Relation, relations, table_relation
from xjk.ledger.store import Row, Value
from xjk.models.tables import TABLES

_CELL, _CANONICAL, _DOUBTED = "cell_", "is_canonical", "is_doubted"
_COUNTS = "counts"
_LARGEST_ROW = 2**53 - 1
_PROBLEMS_OF_A_SOURCE = 2**40
_ROWS_AT_ONCE = 5_000

Judged = tuple[str, tuple[Value, ...]]
"""A row for a relation, or the counts of a partition."""


class Taken(NamedTuple):
    """Say what became of the rows of a table.

    Attributes:
        frames: Rows by relation: of the table itself, problems, quarantined rows; relations without rows are left out.
        accepted: Number of rows in the ledger.
        quarantined: Number of rows kept out.
        ignored: Number of rows that are no data: blank ones and totals.
        kept: What the executors keep in memory for it, or None.
    """

    frames: Mapping[Relation, DataFrame]
    accepted: int
    quarantined: int = 0
    ignored: int = 0
    kept: RDD[Judged] | None = None


def taken(given: Given, source_id: int) -> Taken:
    """Take a table: one pass that counts, and a second over the rows Spark cannot judge, if there are any."""
    relation = table_relation(given.table)
    staged = _staged(given, source_id)
    doubted = _with_doubts(staged, given)
    total, canonical, warned = doubted.agg(
        sf.count("*"), sf.count_if(_CANONICAL), sf.count_if(sf.col(_CANONICAL) & sf.col(_DOUBTED))
    ).collect()[0]
    physical = [column.name for column in relation.columns]
    frames = {
        relation: staged.where(_CANONICAL).select(*physical)
        if canonical < total
        else staged.select(*physical)
    }
    if not canonical:
        frames = {}
    if canonical == total and not warned:
        return Taken(frames, canonical)
    judged = _judged(doubted.where(~sf.col(_CANONICAL) | sf.col(_DOUBTED)), given, source_id)
    counts = judged.filter(partial(_is_of, _COUNTS)).map(_row).collect()
    accepted, quarantined, ignored = (
        sum(int(value or 0) for value in column) for column in zip(*counts, strict=True)
    )
    for target, count in ((relation, accepted), (QUARANTINE, quarantined)):
        if count:
            rows = _frame(doubted, judged, target)
            frames[target] = frames[target].unionByName(rows) if target in frames else rows
    frames[PROBLEM] = _frame(doubted, judged, PROBLEM).withColumn(
        "problem_id", sf.lit(source_id * _PROBLEMS_OF_A_SOURCE) + sf.col("problem_id")
    )
    return Taken(frames, canonical + accepted, quarantined, ignored, judged)


def _staged(given: Given, source_id: int) -> DataFrame:
    """Select the cells of a table, what Spark makes of them, and whether that is certain."""
    model, relation = TABLES[given.table], table_relation(given.table)
    required, present = model.required(), tuple(given.places)
    stored: dict[str, Column] = {}
    certain: list[Column] = []
    cells: dict[str, Column] = {}
    for name in present:
        cell = read_cell(given, name)
        cells[name] = cell.cell
        blank = sf.lit(False) if name in required else cell.cell.isNull()
        certain.append(blank | sf.coalesce(cell.is_canonical, sf.lit(False)))
        stored |= _physical(name, model.columns()[name].name, cell.stored)
    columns = [
        stored.get(column.name, sf.lit(None))
        .cast("bigint" if column.type == "INTEGER" else "string")
        .alias(column.name)
        for column in relation.content
    ]
    frame = given.frame.select(
        *(cell.alias(_CELL + name) for name, cell in cells.items()),
        *columns,
        sf.lit(source_id).cast("bigint").alias("source_id"),
        _row_number(given, [*cells.values()]).alias("source_row"),
        reduce(and_, certain).alias(_CANONICAL),
    )
    for rule in model.derived:
        frame = frame.withColumn(rule.column, sf.coalesce(sf.col(rule.column), sf.expr(rule.sql)))
    derived = [sf.col(rule.column).isNotNull() for rule in model.derived]
    return frame.withColumn(_CANONICAL, reduce(and_, derived, sf.col(_CANONICAL)))


def _physical(name: str, kind: str, stored: Column) -> dict[str, Column]:
    """Return the physical columns of a canonical one."""
    if kind == "date":
        return {name: stored, f"{name}_day": sf.unix_date(stored.try_cast("date"))}
    suffix = {"money": "_fen", "number": "_micro"}.get(kind, "")
    return {name + suffix: stored}


def _row_number(given: Given, cells: list[Column]) -> Column:
    """Return the number of a row in its source; without one, a number made from what the row says."""
    made = sf.xxhash64(*cells).bitwiseAND(sf.lit(_LARGEST_ROW - 1)) + sf.lit(1)
    if given.row is None:
        return made
    number = sf.col(f"`{given.row}`").try_cast("bigint")
    return sf.when(number.between(sf.lit(1), sf.lit(_LARGEST_ROW)), number).otherwise(made)


def _with_doubts(staged: DataFrame, given: Given) -> DataFrame:
    """Say of each row whether one of its identifiers fails its check; each distinct one is looked at once."""
    flags: list[Column] = [sf.lit(False)]
    for name, kind in TABLES[given.table].columns().items():
        if kind.doubt is None or name not in given.places:
            continue
        doubtful = sf.udf(partial(_is_doubtful, kind.doubt), BooleanType(), useArrow=False)
        value = f"doubtful_{name}"
        values = staged.where(sf.col(_CANONICAL)).select(sf.col(name).alias(value)).dropna().distinct()
        staged = staged.join(values.where(doubtful(value)), sf.col(name) == sf.col(value), "left")
        flags.append(sf.col(value).isNotNull())
    return staged.withColumn(_DOUBTED, reduce(or_, flags))


def _judged(rows: DataFrame, given: Given, source_id: int) -> RDD[Judged]:
    """Send rows through the record-by-record path where they lie, and keep what comes of them."""
    cells = rows.select("source_row", _CANONICAL, *(_CELL + name for name in given.places)).rdd
    judge = partial(_judge, given.table, given.name, tuple(given.places), source_id)
    numbered = cells.mapPartitions(judge).zipWithUniqueId().map(_with_number)
    return numbered.persist(StorageLevel.MEMORY_AND_DISK)


def _judge(
    table: str, name: str, columns: tuple[str, ...], source_id: int, rows: Iterable[tuple[Any, ...]]
) -> Iterator[Judged]:
    """Judge the rows of one partition; of those that are canonical only the warnings count."""
    settled: set[int] = set()
    count = 0

    def batches() -> Iterator[Batch]:
        nonlocal count
        remaining = iter(rows)
        while found := list(islice(remaining, _ROWS_AT_ONCE)):
            settled.update(row[0] for row in found if row[1])
            count += sum(row[1] for row in found)
            yield Batch([row[2:] for row in found], [row[0] for row in found])

    store = SqliteStore()
    try:
        for relation in relations():
            store.create(relation)
        intake = Intake(store)
        intake.take(RawTable(table, name, columns, batches, typed=True))
        for relation in (table_relation(table), PROBLEM, QUARANTINE):
            for row in _stored(store, relation, source_id):
                if relation.name != table or row[-1] not in settled:
                    yield relation.name, row
        (told,) = intake.counts
        yield _COUNTS, (told.accepted - count, told.quarantined, told.ignored)
    finally:
        store.close()


def _stored(store: SqliteStore, relation: Relation, source_id: int) -> Iterator[Row]:
    """Yield the rows of a relation, as rows of the source they are from."""
    names = [column.name for column in relation.columns]
    place = names.index("source_id")
    for row in store.query(f"SELECT {', '.join(names)} FROM {relation.name}"):
        yield (*row[:place], source_id, *row[place + 1 :])


def _with_number(numbered: tuple[Judged, int]) -> Judged:
    """Give a problem a number that no other of its source has."""
    (name, row), number = numbered
    return name, (number, *row[1:]) if name == PROBLEM.name else row


def _frame(beside: DataFrame, judged: RDD[Judged], relation: Relation) -> DataFrame:
    rows = judged.filter(partial(_is_of, relation.name)).map(_row)
    return frame_of(beside.sparkSession, rows, schema(relation))


def _is_of(name: str, judged: Judged) -> bool:
    return judged[0] == name


def _row(judged: Judged) -> tuple[Value, ...]:
    return judged[1]


def _is_doubtful(doubt: Callable[[Any], str | None], value: str) -> bool:
    return doubt(value) is not None
