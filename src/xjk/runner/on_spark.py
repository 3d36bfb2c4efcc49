"""Check books that already lie in Spark, without moving them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xjk.errors import DataError, TableError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import catalogue
from xjk.ledger.crosscheck import check_keys, check_rows
from xjk.ledger.intake import Intake
from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import RawTable
from xjk.models.run import FileCount
from xjk.models.tables import TABLES
from xjk.runner.complete import closed_on_error, complete
from xjk.runner.load import unreadable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from xjk.engines.spark.cells import Given
    from xjk.engines.spark.frames import FramesStore

_NEEDS_ORDER = "bank_transaction"
"""The table whose checks across rows follow the order of a statement."""


def on_spark(
    spark: SparkSession,
    tables: Mapping[str, DataFrame | str],
    *,
    region: str = "CN",
    standards: Mapping[str, str] | None = None,
    packs: Catalogue | None = None,
) -> Ledger:
    """Make a ledger over tables of Spark: validate every row where it lies, check across rows, derive.

    Nothing is written, and no row comes to this process but those that problems and findings are about. The executors
    need Python with this library and its packs.

    Args:
        spark: The session the tables belong to; its settings stay as they are, and it is not stopped.
        tables: Canonical table to a DataFrame, or to the name of a table or view of the catalog. Columns are named as
            the contract names them; money is a decimal, or whole fen in a column ``<name>_fen``; dates are dates or
            ISO text. A column ``_row`` may say which row of its source a row is.
        region: As for ``load``.
        standards: As for ``load``.
        packs: Packs whose data counts; what is installed when None.

    Returns:
        The ledger; close it to let go of what Spark keeps in memory for it.

    Raises:
        DataError: when no table could be read; single bad rows and tables do not raise.
        ExtraMissingError: when PySpark is not installed.
        ConfigError: when the session is one of Spark Connect.
        EngineError: when Spark fails.
    """
    from xjk.engines.spark import base as spark_base  # noqa: F401 - names the extra when PySpark is missing
    from xjk.engines.spark.frames import FramesStore

    packs = packs or catalogue()
    store = FramesStore(spark)
    with closed_on_error(store):
        intake = Intake(store)
        _take_all(intake, store, tables)
        check_keys(intake)
        check_rows(
            intake, [table for table in intake.supplied if table != _NEEDS_ORDER or store.in_order(table)]
        )
        return complete(
            store,
            supplied=intake.supplied,
            counts=intake.counts,
            unreadable=intake.unreadable,
            packs=packs,
            region=region,
            standards=standards,
        )


def _take_all(intake: Intake, store: FramesStore, tables: Mapping[str, DataFrame | str]) -> None:
    """Take every table; one that cannot be read costs only itself."""
    failures: list[DataError] = []
    for table, rows in tables.items():
        try:
            _take(intake, store, store.given(table, rows))
        except DataError as error:
            failures.append(error)
            intake.unreadable = sorted({*intake.unreadable, table})
            intake.tell((unreadable(table if table in TABLES else "", error.where or table, error),))
    if not intake.supplied:
        if len(failures) == 1:
            raise failures[0]
        raise TableError(
            zh="没有一张表可以读取。",
            en="No table could be read.",
            errors=failures,
            hint_zh="请至少给出一张表，并逐一处理下列问题。",
            hint_en="Give at least one table, and deal with the following.",
        )


def _take(intake: Intake, store: FramesStore, given: Given) -> None:
    """Let the intake know the table as a source without rows of its own, then take the rows in Spark."""
    intake.take(RawTable(given.table, given.name, tuple(given.places), lambda: iter(())))
    found = store.take(given, source_id=len(intake.counts))
    intake.counts[-1] = FileCount(
        file=given.name,
        table=given.table,
        rows=found.accepted + found.quarantined,
        accepted=found.accepted,
        quarantined=found.quarantined,
        ignored=found.ignored,
    )
