"""PySpark itself: whether it is there, what it raises, and what it says."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from xjk.errors import ExtraMissingError

try:
    with warnings.catch_warnings():
        # PySpark judges the pandas that is installed when its helpers for tests are first imported, which it does itself.
        warnings.simplefilter("ignore", FutureWarning)
        import pyspark.testing
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException
except ImportError:
    raise ExtraMissingError.of("spark", "Spark 引擎", "The engine Spark") from None

ENGINE = f"spark {pyspark.__version__}"
SPARK_ERRORS = (PySparkException, Py4JError)
"""What PySpark raises when Spark, or the way to it, fails."""

LONGEST_MESSAGE = 500
_LONG_NUMBER = re.compile(r"\d{12,}[Xx]?")
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")


def message(error: Exception) -> str:
    """Say in one line what Spark says in many; values that look like numbers of persons or cards are left out."""
    text = str(error.getMessage()) if isinstance(error, PySparkException) else str(error)
    head = text.split("== SQL", 1)[0].split("JVM stacktrace", 1)[0]
    if "Traceback (most recent call last)" in head:  # of a Python worker; its last line says what happened
        head = head.strip().rpartition("\n")[2]
    return _LONG_NUMBER.sub("…", " ".join(head.split()))[:LONGEST_MESSAGE].rstrip(".")


@contextmanager
def without_logging() -> Iterator[None]:
    """Keep PySpark from writing failed queries, values included, to standard error."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
