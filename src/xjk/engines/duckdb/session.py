"""Read-only sessions on a DuckDB ledger: one checked query at a time, within its time."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import duckdb
from duckdb.value.constant import LongValue

from xjk.engines.apart import Apart
from xjk.engines.duckdb.guard import refusal
from xjk.engines.faults import forbidden
from xjk.engines.values import plain_row
from xjk.errors import RuleError
from xjk.ledger.store import Row, Rows, Value

DATABASE = "ledger"
"""Name of the database in memory; attached, because only then does DuckDB keep it compressed."""

ROWS_AT_ONCE = 5_000

_BINDS = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|(?<!:):([A-Za-z_]\w*)", re.DOTALL)


def own_cursor(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Return a further connection to the ledger's database."""
    cursor = connection.cursor()
    cursor.execute(f"USE {DATABASE}")
    return cursor


class DuckdbSession:
    """Be a read-only connection for rules; a second one reads their queries before they run."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, parser: duckdb.DuckDBPyConnection, seconds: float | None
    ) -> None:
        self._connection, self._parser, self._seconds = connection, parser, seconds
        self._open: list[duckdb.DuckDBPyConnection] = []
        self._worker = ThreadPoolExecutor(1, "xjk-duckdb")
        self._is_closed = False

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters; see ``xjk.ledger.store.Session``."""
        if self._is_closed:
            raise RuleError(zh="会话已关闭（closed）。", en="The session is closed.")
        text, binds = bound(sql, params or {})
        reading = Apart(self._worker, self._seconds, self._parser.interrupt)
        with _rule_errors():
            tree = reading(lambda: self._parsed(text))
        if what := refusal(tree):
            raise forbidden(what)
        cursor = own_cursor(self._connection)
        self._open.append(cursor)
        timed = Apart(self._worker, self._seconds, cursor.interrupt)

        def run() -> None:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cursor.execute(text, binds)

        with _rule_errors():
            timed(run)
        return Rows(names(cursor), self._rows(cursor, timed))

    def close(self) -> None:
        """Close the connections."""
        self._is_closed = True
        self._worker.shutdown()
        for connection in (*self._open, self._connection, self._parser):
            connection.close()

    def _parsed(self, text: str) -> str:
        """Return the tree of a query as JSON."""
        sql = "SELECT CAST(json_serialize_sql(?) AS VARCHAR)"
        ((document,),) = self._parser.execute(sql, [text]).fetchall()
        return str(document)

    def _rows(self, cursor: duckdb.DuckDBPyConnection, timed: Apart) -> Iterator[Row]:
        while batch := self._batch(cursor, timed):
            yield from map(plain_row, batch)
        cursor.close()
        self._open.remove(cursor)

    def _batch(self, cursor: duckdb.DuckDBPyConnection, timed: Apart) -> list[Row]:
        with _rule_errors():
            return timed(lambda: cursor.fetchmany(ROWS_AT_ONCE))


@contextmanager
def _rule_errors() -> Iterator[None]:
    """Turn what DuckDB says about a rule's query into the errors of xjk."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise RuleError(
            zh="查询所需内存超过限额。",
            en="The query needs more memory than it may use.",
            hint_zh=f"请检查连接条件是否缺失，以及临时目录 {tempfile.gettempdir()} 的剩余空间。",
            hint_en=f"Look for a missing join condition, and whether {tempfile.gettempdir()} has space left.",
        ) from error
    except (duckdb.Error, UnicodeEncodeError, OverflowError) as error:
        raise RuleError(zh=f"SQL 出错：{error}。", en=f"The SQL failed: {error}.") from error


def bound(sql: str, params: Mapping[str, Value]) -> tuple[str, dict[str, object]]:
    """Write ``:name`` as ``$p0``, ``$p1`` ... and return the values the text asks for: DuckDB refuses more.

    Numbers stand for names because DuckDB takes ``a`` and ``A`` for one. Whole numbers count 64 bits, as columns do.
    """
    places: dict[str, int] = {}
    used: dict[str, object] = {}

    def dollar(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0]
        if name not in params:
            return f"${name}"
        value = params[name]
        place = f"p{places.setdefault(name, len(places))}"
        used[place] = LongValue(value) if isinstance(value, int) and -(2**63) <= value < 2**63 else value
        return f"${place}"

    return _BINDS.sub(dollar, sql), used


def names(cursor: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Return the names of the columns a query gave."""
    return tuple(column[0] for column in cursor.description or ())


def fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query as they are read, and close the cursor."""
    while found := cursor.fetchmany(ROWS_AT_ONCE):
        yield from found
    cursor.close()
