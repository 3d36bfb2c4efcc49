"""Queries of rules on Spark: checked, bound, run within their time, and nothing but their answer brought back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import count
from typing import TypeVar

from pyspark.errors import ParseException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sf

from xjk.engines.faults import forbidden, out_of_time
from xjk.engines.spark.base import SPARK_ERRORS, message, without_logging
from xjk.engines.spark.guard import parsed, refusal
from xjk.engines.spark.rows import plain
from xjk.engines.spark.text import for_spark
from xjk.errors import RuleError
from xjk.ledger.store import Rows, Value

_BETWEEN_STOPS = 0.05
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
        timed = _Timed(self._session, self._worker, self._seconds)
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
    return Rows(tuple(frame.columns), map(plain, frame.collect()))


def _literal(value: Value) -> Column:
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise OverflowError(f"{value} does not fit 64 bits")
        return sf.expr(f"{value}L") if abs(value) < 2**31 else sf.lit(value)
    if isinstance(value, str):
        value.encode()
    return sf.lit(value)


class _Timed:
    """Act within what is left of a query's time, and turn what Spark says into the errors of xjk.

    Spark is called from a thread of its own and this one waits, so that both the deadline and Ctrl-C come through;
    the jobs of a query bear its name, by which they are cancelled.
    """

    def __init__(self, session: SparkSession, worker: ThreadPoolExecutor, seconds: float | None) -> None:
        self._context, self._worker, self._seconds = session.sparkContext, worker, seconds
        self._group = f"xjk-{next(_numbers)}"
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def __call__(self, act: Callable[[], _T]) -> _T:
        left = None if self._deadline is None else max(self._deadline - time.monotonic(), 0)
        with without_logging():
            future = self._worker.submit(self._named, act)
            try:
                return future.result(left)
            except TimeoutError as error:
                self._stop(future)
                raise out_of_time(self._seconds) from error
            except KeyboardInterrupt:
                self._stop(future)
                raise
            except ParseException as error:
                raise _not_valid(error) from error
            except (*SPARK_ERRORS, UnicodeEncodeError, OverflowError) as error:
                raise RuleError(
                    zh=f"SQL 出错：{message(error)}。", en=f"The SQL failed: {message(error)}."
                ) from error

    def _named(self, act: Callable[[], _T]) -> _T:
        self._context.setJobGroup(self._group, "xjk", interruptOnCancel=True)
        return act()

    def _stop(self, future: Future[_T]) -> None:
        """Stop the work; asked again and again, as a query may be between two jobs."""
        while not future.done():
            self._context.cancelJobGroup(self._group)
            wait([future], _BETWEEN_STOPS)


def _not_valid(error: ParseException) -> RuleError:
    if "PARSE_EMPTY_STATEMENT" in message(error):
        return forbidden("it is not a query")
    return RuleError(zh=f"SQL 出错：{message(error)}。", en=f"The SQL failed: {message(error)}.")
