"""Queries of rules on Spark: checked, bound, run within their time, and nothing but their answer brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import TypeVar

from pyspark.errors import ParseException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sf

from xjk.engines.apart import Apart
from xjk.engines.faults import forbidden
from xjk.engines.spark.base import SPARK_ERRORS, message, without_logging
from xjk.engines.spark.guard import parsed, refusal
from xjk.engines.spark.text import for_spark
from xjk.engines.values import plain_row
from xjk.errors import RuleError
from xjk.ledger.store import Rows, Value

_numbers = count(1)
_T = TypeVar("_T")


class SparkReader:
    """Be a read-only session for rules over the views of one ledger; see ``xjk.ledger.store.Session``."""

    def __init__(self, session: SparkSession, seconds: float | None) -> None:
        self._session, self._seconds = session, seconds
        self._worker = ThreadPoolExecutor(1, "xjk-spark")
        self._is_closed = False

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters; its rows are there when it returns."""
        if self._is_closed:
            raise RuleError(zh="会话已关闭（closed）。", en="The session is closed.")
        context, group = self._session.sparkContext, f"xjk-{next(_numbers)}"
        apart = Apart(self._worker, self._seconds, lambda: context.cancelJobGroup(group))

        def timed(act: Callable[[], _T]) -> _T:
            def named() -> _T:
                context.setJobGroup(group, "xjk", interruptOnCancel=True)  # by which its jobs are cancelled
                return act()

            with without_logging(), _rule_errors():
                return apart(named)

        if what := refusal(timed(lambda: parsed(self._session, for_spark(sql)))):
            raise forbidden(what)
        return timed(lambda: collected(bound(self._session, sql, params or {})))

    def close(self) -> None:
        """Let go of the session."""
        self._is_closed = True
        self._worker.shutdown()


def bound(session: SparkSession, sql: str, params: Mapping[str, Value]) -> DataFrame:
    """Return a query with its parameters bound; whole numbers count 64 bits, as columns do."""
    return session.sql(for_spark(sql), args={name: _literal(value) for name, value in params.items()})


def collected(frame: DataFrame) -> Rows:
    """Run a query and return its rows, truth values as 0 and 1."""
    return Rows(tuple(frame.columns), map(plain_row, frame.collect()))


def _literal(value: Value) -> Column:
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise OverflowError(f"{value} does not fit 64 bits")
        return sf.expr(f"{value}L") if abs(value) < 2**31 else sf.lit(value)
    if isinstance(value, str):
        value.encode()
    return sf.lit(value)


@contextmanager
def _rule_errors() -> Iterator[None]:
    """Turn what Spark says about a rule's query into the errors of xjk."""
    try:
        yield
    except ParseException as error:
        raise _not_valid(error) from error
    except (*SPARK_ERRORS, UnicodeEncodeError, OverflowError) as error:
        raise RuleError(
            zh=f"SQL 出错：{message(error)}。", en=f"The SQL failed: {message(error)}."
        ) from error


def _not_valid(error: ParseException) -> RuleError:
    if "PARSE_EMPTY_STATEMENT" in message(error):
        return forbidden("it is not a query")
    return RuleError(zh=f"SQL 出错：{message(error)}。", en=f"The SQL failed: {message(error)}.")
