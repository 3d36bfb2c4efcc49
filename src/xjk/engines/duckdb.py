"""The engine for large books: DuckDB, with the extra ``duckdb``.

A store is a private database in memory that spills to a temporary folder. It reaches no file, no network and no
Python variable, installs nothing, and its configuration is locked before the first row arrives. Rules read it through
connections that run one checked query at a time, each in a read-only transaction.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from xjk.engines.duckdb_guard import refusal
from xjk.engines.faults import engine_failed, forbidden, out_of_time
from xjk.errors import ExtraMissingError, RuleError
from xjk.ledger.at_rest import TakenFile
from xjk.ledger.raw import RawTable
from xjk.ledger.relations import Relation
from xjk.ledger.store import Row, Rows, Value
from xjk.ledger.table_columns import TableColumns

try:
    import duckdb

    from xjk.engines.duckdb_file import take_file
except ImportError:
    raise ExtraMissingError.of("duckdb", "DuckDB 引擎", "The engine DuckDB") from None

_ROWS_AT_ONCE = 5_000
_BETWEEN_STOPS = 0.02
_BINDS = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|(?<!:):([A-Za-z_]\w*)", re.DOTALL)
_SETTINGS: Mapping[str, str | bool] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "default_null_order": "nulls_first_on_asc_last_on_desc",
    "integer_division": True,
}
"""What makes DuckDB safe, and what makes it order and divide as SQLite does."""

_T = TypeVar("_T")


class DuckdbStore:
    """Be a ledger's database: created, filled, frozen, then read."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="xjk-"))
        self._filled: set[str] = set()
        self._is_locked = False
        self._connection = duckdb.connect(":memory:", config={"temp_directory": str(self._folder)})
        for name, value in _SETTINGS.items():
            self._connection.execute(f"SET {name} = {_setting(value)}")

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return f"duckdb {duckdb.__version__}"

    def create(self, relation: Relation) -> None:
        """Create a relation."""
        self._connection.execute(create_statement(relation))

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows in the order of the relation's columns."""
        names = [column.name for column in relation.columns]
        remaining = iter(rows)
        while batch := list(islice(remaining, _ROWS_AT_ONCE)):
            self.extend(relation, dict(zip(names, map(list, zip(*batch, strict=True)), strict=True)))

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""
        self._filled.add(relation.name)
        types = {column.name: _TYPES[column.type] for column in relation.columns}
        values = ", ".join(f"unnest(?::{types[name]}[])" for name in columns)
        with _engine_errors():
            self._connection.execute(
                f"INSERT INTO {relation.name} ({', '.join(columns)}) SELECT {values}",
                [list(column) for column in columns.values()],
            )

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""
        text, binds = _bound(sql, params or {})
        with _engine_errors():
            cursor = self._connection.cursor()
            cursor.execute(text, binds)
            return Rows(_names(cursor), _checked(cursor))

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything; one that was never filled is not even asked."""
        return table in self._filled and bool(list(self.query(f"SELECT 1 FROM {table} LIMIT 1")))  # noqa: S608

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``, in one pass however many there are."""
        gone = list(rows)
        with _engine_errors():
            self._connection.execute(
                f"DELETE FROM {relation.name} WHERE (source_id, source_row) IN "  # noqa: S608
                "(SELECT (unnest(?::BIGINT[]), unnest(?::BIGINT[])))",
                [[source for source, _ in gone], [row for _, row in gone]],
            )

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""
        with _engine_errors():
            self._connection.execute(
                f"DELETE FROM {relation.name} WHERE source_id IN (SELECT unnest(?::BIGINT[]))",  # noqa: S608
                [list(sources)],
            )

    def index(self, relation: Relation) -> bool:
        """Return False when the keys are not unique; DuckDB joins by hashing and needs no index."""
        if not relation.key or relation.name not in self._filled:
            return True
        key = ", ".join(relation.key)
        repeated = f"SELECT 1 FROM {relation.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"  # noqa: S608
        return not list(self.query(repeated))

    def take_file(self, raw: RawTable, columns: TableColumns, source_id: int) -> TakenFile | None:
        """Insert the plain rows of a file; see ``xjk.ledger.at_rest.FileStore``."""
        with _engine_errors():
            taken = take_file(self._connection, self._folder, raw, columns, source_id)
        if taken is not None:
            self._filled.add(columns.relation.name)
        return taken

    def freeze(self) -> None:
        """End the filling: no file is within reach from here on, and no setting changes."""
        if not self._is_locked:
            for setting in ("preserve_insertion_order = false", "enable_external_access = false", "lock_configuration = true"):
                self._connection.execute(f"SET {setting}")
            self._is_locked = True

    def session(self, *, seconds: float | None = None) -> DuckdbSession:
        """Open a read-only session whose queries may each take ``seconds``."""
        self.freeze()
        return DuckdbSession(self._connection.cursor(), self._connection.cursor(), seconds)

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)


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
        text, binds = _bound(sql, params or {})
        if what := refusal(_Timed(self._parser, self._worker, self._seconds)(lambda: self._parsed(text))):
            raise forbidden(what)
        cursor = self._connection.cursor()
        self._open.append(cursor)
        timed = _Timed(cursor, self._worker, self._seconds)

        def run() -> None:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cursor.execute(text, binds)

        timed(run)
        return Rows(_names(cursor), self._rows(cursor, timed))

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

    def _rows(self, cursor: duckdb.DuckDBPyConnection, timed: _Timed) -> Iterator[Row]:
        while batch := timed(lambda: cursor.fetchmany(_ROWS_AT_ONCE)):
            yield from map(_row, batch)
        cursor.close()
        self._open.remove(cursor)


class _Timed:
    """Act within what is left of a query's time, and turn what DuckDB says into the errors of xjk.

    DuckDB works in a thread of its own and this one waits, so that both the deadline and Ctrl-C come through at any
    point: inside a call of DuckDB Python cannot handle a signal.
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, worker: ThreadPoolExecutor, seconds: float | None
    ) -> None:
        self._cursor, self._worker, self._seconds = cursor, worker, seconds
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def __call__(self, act: Callable[[], _T]) -> _T:
        left = None if self._deadline is None else max(self._deadline - time.monotonic(), 0)
        future = self._worker.submit(act)
        try:
            return future.result(left)
        except TimeoutError as error:
            self._stop(future)
            raise out_of_time(self._seconds) from error
        except KeyboardInterrupt:
            self._stop(future)
            raise
        except duckdb.OutOfMemoryException as error:
            raise RuleError(
                zh="查询所需内存超过限额。",
                en="The query needs more memory than it may use.",
                hint_zh=f"请检查连接条件是否缺失，以及临时目录 {tempfile.gettempdir()} 的剩余空间。",
                hint_en=f"Look for a missing join condition, and whether {tempfile.gettempdir()} has space left.",
            ) from error
        except (duckdb.Error, UnicodeEncodeError, OverflowError) as error:
            raise RuleError(zh=f"SQL 出错：{error}。", en=f"The SQL failed: {error}.") from error

    def _stop(self, future: Future[_T]) -> None:
        """Stop the work; asked again and again, as DuckDB forgets what it was told before it began."""
        while not future.done():
            self._cursor.interrupt()
            wait([future], _BETWEEN_STOPS)


_TYPES = {"TEXT": "VARCHAR", "INTEGER": "BIGINT"}


def create_statement(relation: Relation) -> str:
    """Return the DDL of one relation."""
    lines = [
        f"  {column.name} {_TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
        for column in relation.columns
    ]
    if relation.key_column:
        joined = " || '|' || ".join(f"CAST({column} AS VARCHAR)" for column in relation.key)
        lines.append(f"  {relation.key_column} VARCHAR GENERATED ALWAYS AS ({joined}) VIRTUAL")
    return f"CREATE TABLE {relation.name} (\n" + ",\n".join(lines) + "\n)"


def _bound(sql: str, params: Mapping[str, Value]) -> tuple[str, dict[str, Value]]:
    """Write ``:name`` as ``$name``, and return the values the text asks for: DuckDB refuses more."""
    used: dict[str, Value] = {}

    def dollar(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return match[0]
        if name in params:
            used[name] = params[name]
        return f"${name}"

    return _BINDS.sub(dollar, sql), used


def _names(cursor: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description or ())


def _row(row: tuple[Value, ...]) -> Row:
    """Return truth values as 0 and 1, as the other engines do."""
    return tuple(int(value) if value is True or value is False else value for value in row)


def _checked(cursor: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    with _engine_errors():
        while batch := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from map(_row, batch)
        cursor.close()


def _setting(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Turn what DuckDB says about the library's own statements into an EngineError: a full disk, most often."""
    try:
        yield
    except RuntimeError as error:
        raise _ctrl_c(error) from None
    except duckdb.Error as error:
        raise engine_failed("DuckDB", error) from error


def _ctrl_c(error: RuntimeError) -> BaseException:
    """Return what Ctrl-C means to Python; DuckDB says it as a RuntimeError."""
    return KeyboardInterrupt() if "interrupted" in str(error) else error
