"""The engine that is always there: SQLite from the standard library.

A store is a private file in a temporary folder. It is filled through one connection with durability switched off
(the file is thrown away if anything fails; the journal stays in memory, so that one statement can be undone) and then frozen; rules read it through connections that cannot write,
attach, run pragmas, load extensions, call functions outside a short list, or run past their time limit.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from xjk.engines.faults import engine_failed, forbidden, out_of_time
from xjk.engines.values import literal
from xjk.errors import EngineMissingError, RuleError
from xjk.ledger.parsers import is_constant
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import HIDDEN, Relation
from xjk.ledger.store import Row, Rows, Value

_OLDEST = (3, 37, 0)
_STEPS_BETWEEN_LOOKS = 20_000
_ROWS_AT_ONCE = 1_000
_T = TypeVar("_T")


def create_statements(relation: Relation) -> Iterator[str]:
    """Yield the DDL of one relation: the table, then its indexes."""
    lines = [
        f"  {column.name} {column.type}{'' if column.nullable else ' NOT NULL'}"
        for column in relation.columns
    ]
    if relation.key_column:
        joined = " || '|' || ".join(relation.key)
        lines.append(f"  {relation.key_column} TEXT GENERATED ALWAYS AS ({joined}) VIRTUAL")
    yield f"CREATE TABLE {relation.name} (\n" + ",\n".join(lines) + "\n) STRICT"
    if relation.key:
        yield f"CREATE UNIQUE INDEX {relation.name}_by_key ON {relation.name} ({', '.join(relation.key)})"
    for number, columns in enumerate(relation.indexes, start=1):
        yield f"CREATE INDEX {relation.name}_by_{number} ON {relation.name} ({', '.join(columns)})"


class SqliteStore:
    """Be a ledger's database: created, filled, indexed, frozen, then read."""

    may_be_copied = True
    """Copies of this process find the file, and nobody writes to it once it is frozen."""

    def __init__(self) -> None:
        if sqlite3.sqlite_version_info < _OLDEST:
            raise EngineMissingError(
                zh=f"SQLite 版本 {sqlite3.sqlite_version} 过低，需要 3.37 及以上。",
                en=f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or later is needed.",
                hint_zh="请升级 Python 或系统的 SQLite。",
                hint_en="Upgrade Python or the system's SQLite.",
            )
        self._folder = Path(tempfile.mkdtemp(prefix="xjk-"))
        self._path = self._folder / "ledger.db"
        self._frozen: SqliteSession | None = None
        self._unindexed: dict[str, Relation] = {}
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        for pragma in (
            "page_size = 16384", "journal_mode = MEMORY", "synchronous = OFF", "locking_mode = EXCLUSIVE",
            "cache_size = -65536", "temp_store = FILE",
        ):  # fmt: skip
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return f"sqlite {sqlite3.sqlite_version}"

    def create(self, relation: Relation) -> None:
        """Create a relation, without its indexes."""
        self._connection.execute(next(create_statements(relation)))
        self._unindexed[relation.name] = relation

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows in the order of the relation's columns."""
        names = ", ".join(column.name for column in relation.columns)
        marks = ", ".join("?" * len(relation.columns))
        with _engine_errors():
            self._connection.executemany(f"INSERT INTO {relation.name} ({names}) VALUES ({marks})", rows)

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL.

        A column whose rows all hold one value goes into the statement as a literal: a third of the time of an
        insertion is binding, and half the columns of a real batch (year, book, clerk, source) do not vary.
        """
        constant = {name: values[0] for name, values in columns.items() if is_constant(values)}
        varying = {name: values for name, values in columns.items() if name not in constant}
        if not varying:
            varying = {name: columns[name] for name in list(constant)[:1]}
            constant = dict(list(constant.items())[1:])
        names = ", ".join((*varying, *constant))
        values = ", ".join(("?",) * len(varying) + tuple(map(literal, constant.values())))
        with _engine_errors():
            self._connection.executemany(
                f"INSERT INTO {relation.name} ({names}) VALUES ({values})",
                zip(*varying.values(), strict=True),
            )

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""
        if self._frozen is not None:
            return self._frozen.query(sql, params)
        with _engine_errors():
            cursor = self._connection.execute(sql, dict(params or {}))
            return Rows(tuple(column[0] for column in cursor.description), _checked(cursor))

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything."""
        return list(self.query(f"SELECT EXISTS (SELECT 1 FROM {table})")) == [(1,)]

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``, in one pass however many there are."""
        self._connection.execute("CREATE TEMP TABLE gone (source_id INTEGER, source_row INTEGER)")
        self._connection.executemany("INSERT INTO gone VALUES (?, ?)", rows)
        self._connection.execute(
            f"DELETE FROM {relation.name} WHERE (source_id, source_row) IN (SELECT * FROM gone)",
        )
        self._connection.execute("DROP TABLE gone")

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""
        self._connection.executemany(
            f"DELETE FROM {relation.name} WHERE source_id = ?",
            ((source,) for source in sources),
        )

    def index(self, relation: Relation) -> bool:
        """Build the indexes of a relation; return False, and build none, when its keys are not unique."""
        statements = list(create_statements(relation))[1:]
        with _engine_errors():
            try:
                for statement in statements:
                    self._connection.execute(statement)
            except sqlite3.IntegrityError:
                return False
        self._unindexed.pop(relation.name, None)
        return True

    def freeze(self) -> None:
        """End the filling: index what is not yet, gather statistics, and close the only connection that can write."""
        for relation in list(self._unindexed.values()):
            self.index(relation)
        with _engine_errors():
            self._connection.execute("PRAGMA analysis_limit = 400")
            self._connection.execute("ANALYZE")
            self._connection.execute("COMMIT")
        self._connection.close()
        self._frozen = SqliteSession(self._path, seconds=None, guarded=False)

    def session(self, *, seconds: float | None = None) -> SqliteSession:
        """Open a read-only session whose queries may each take ``seconds``."""
        return SqliteSession(self._path, seconds=seconds)

    def close(self) -> None:
        """Close the database and remove its file."""
        if self._frozen is not None:
            self._frozen.close()
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class SqliteSession:
    """Be a read-only connection; ``guarded`` ones are for rules."""

    def __init__(self, path: Path, *, seconds: float | None, guarded: bool = True) -> None:
        self._seconds = seconds
        self._deadline: float | None = None
        self._denied = ""
        uri = path.absolute().as_uri() + "?mode=ro&immutable=1"
        self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        self._connection.execute("PRAGMA cache_size = -65536")
        self._connection.execute("PRAGMA trusted_schema = OFF")
        if guarded:
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
            self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10_000_000)
            self._connection.set_authorizer(self._authorize)
        self._connection.set_progress_handler(self._look, _STEPS_BETWEEN_LOOKS)

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run one SELECT with named parameters; see ``xjk.ledger.store.Session``."""
        self._deadline = None if self._seconds is None else time.monotonic() + self._seconds
        self._denied = ""
        cursor: sqlite3.Cursor = self._told(lambda: self._connection.execute(sql, dict(params or {})))
        if cursor.description is None:
            raise forbidden("it is not a query")
        return Rows(tuple(column[0] for column in cursor.description), self._rows(cursor))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _rows(self, cursor: sqlite3.Cursor) -> Iterator[Row]:
        while batch := self._told(lambda: cursor.fetchmany(_ROWS_AT_ONCE)):
            yield from batch

    def _told(self, act: Callable[[], _T]) -> _T:
        """Act, and turn what SQLite says into the errors of xjk."""
        try:
            return act()
        except (sqlite3.Error, sqlite3.Warning, UnicodeEncodeError, OverflowError) as error:
            if self._denied:
                raise forbidden(self._denied) from error
            if "interrupted" in str(error):
                if self._deadline is None or time.monotonic() <= self._deadline:
                    raise KeyboardInterrupt from None  # Ctrl-C inside _look: SQLite swallows the exception
                raise out_of_time(self._seconds) from error
            if "one statement" in str(error):
                raise forbidden("more than one statement") from error
            raise RuleError(zh=f"SQL 出错：{error}。", en=f"The SQL failed: {error}.") from error

    def _look(self) -> bool:
        """Stop a query at its deadline."""
        return self._deadline is not None and time.monotonic() > self._deadline

    def _authorize(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first is not None and not _is_hidden(first.lower()):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION:
            self._denied = f"function {second}"
        elif action == sqlite3.SQLITE_RECURSIVE:
            self._denied = "a recursive query"
        else:
            self._denied = "anything but reading the ledger"
        return sqlite3.SQLITE_DENY


def _is_hidden(name: str) -> bool:
    return name in HIDDEN or name.startswith("sqlite_")


def _checked(cursor: sqlite3.Cursor) -> Iterator[Row]:
    """Yield the rows of a query of the library's own; sums beyond 64 bits are found out here."""
    with _engine_errors():
        yield from cursor


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Turn what SQLite says about the library's own statements into an EngineError: a full disk, most often."""
    try:
        yield
    except sqlite3.Error as error:
        raise engine_failed("SQLite", error) from error
