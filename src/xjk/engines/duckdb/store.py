"""The engine for large books: DuckDB, with the extra ``duckdb``.

A store is a private database in memory that spills to a temporary folder. It reaches no network and no Python variable
and installs nothing; once it is frozen it reaches no file either, and its configuration is locked. Rules read it through
connections that run one checked query at a time, each in a read-only transaction.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from xjk.engines.faults import engine_failed
from xjk.errors import ConfigError, ExtraMissingError
from xjk.ledger.at_rest import TakenFile
from xjk.ledger.checksum import SEPARATOR, Checksum, row_values
from xjk.ledger.raw import RawTable
from xjk.ledger.relations import Relation
from xjk.ledger.store import Row, Rows, Value
from xjk.ledger.table_columns import TableColumns

try:
    import duckdb
except ImportError:
    raise ExtraMissingError.of("duckdb", "DuckDB 引擎", "The engine DuckDB") from None

from xjk.engines.duckdb.columns import TYPES
from xjk.engines.duckdb.file import take_file
from xjk.engines.duckdb.session import (
    DATABASE,
    ROWS_AT_ONCE,
    DuckdbSession,
    bound,
    fetched,
    names,
    own_cursor,
)
from xjk.engines.values import plain_row

_T = TypeVar("_T")
_MANY_ROWS = 200_000
"""From how many rows on they are compressed: distinct values are found the quicker, and a tenth of the memory is taken."""

_SETTINGS: Mapping[str, str | bool] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "default_null_order": "nulls_first_on_asc_last_on_desc",
    "integer_division": True,
    "error_on_division_by_zero": False,
    "disabled_optimizers": "join_order,statistics_propagation",
}
"""What makes DuckDB safe, and what makes it order, divide and join as SQLite does.

Rules name the table of facts first and join to it what they look up. DuckDB's own order, guessed from how many rows a
condition lets through, once paired every party with every other before it looked at a single invoice. What it
concludes from the smallest and largest values of a column is left out too: in 2.0.0 an outer join that finds nothing
makes it believe that a sum over the other side can only be NULL, and ``having sum(…) > 0`` loses every row.
"""


class DuckdbStore:
    """Be a ledger's database: created, filled, frozen, then read.

    Args:
        memory_limit: Most memory to use, such as ``2GB``; DuckDB's own default (80 % of the machine's) when empty.
            What does not fit is spilled.
        temp_folder: Folder to spill to; that of the system (``TMPDIR``) when empty.
        temp_limit: Most disk to spill to, such as ``20GB``; DuckDB's own default (90 % of what is free) when empty.

    Raises:
        ConfigError: when DuckDB does not take an option's value.
    """

    def __init__(self, memory_limit: str = "", temp_folder: str = "", temp_limit: str = "") -> None:
        self._folder = _own_folder(temp_folder)
        self._filled: set[str] = set()
        self._is_locked = False
        self._loose_rows = 0
        try:
            with _engine_errors():
                self._connection = duckdb.connect(":memory:", config={"temp_directory": str(self._folder)})
                for name, value in _SETTINGS.items():
                    self._connection.execute(f"SET GLOBAL {name} = {_setting(value)}")
                self._connection.execute(f"ATTACH ':memory:' AS {DATABASE} (COMPRESS)")
                self._connection.execute(f"USE {DATABASE}")
                self._limit("memory_limit", "memory_limit", memory_limit)
                self._limit("temp_limit", "max_temp_directory_size", temp_limit)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _limit(self, option: str, setting: str, size: str) -> None:
        """Set a limit that was given as an option."""
        if not size:
            return
        try:
            self._connection.execute(f"SET {setting} = $size", {"size": size})
        except duckdb.Error as error:
            raise ConfigError(
                zh=f"DuckDB 不接受 {option} 的值“{size}”：{error}。",
                en=f'DuckDB does not take "{size}" as {option}: {error}.',
                where=option,
                hint_zh="例如 2GB。",
                hint_en="For example 2GB.",
            ) from error

    @property
    def engine(self) -> str:
        """Return the name and version of the engine."""
        return f"duckdb {duckdb.__version__}"

    def create(self, relation: Relation) -> None:
        """Create a relation."""
        with _engine_errors():
            self._connection.execute(create_statement(relation))

    def append(self, relation: Relation, rows: Iterable[Sequence[Value]]) -> None:
        """Insert rows in the order of the relation's columns."""
        names = [column.name for column in relation.columns]
        remaining = iter(rows)
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            self.extend(relation, dict(zip(names, map(list, zip(*batch, strict=True)), strict=True)))

    def extend(self, relation: Relation, columns: Mapping[str, Sequence[Value]]) -> None:
        """Insert rows given column by column; columns left out are NULL."""
        self._filled.add(relation.name)
        types = {column.name: TYPES[column.type] for column in relation.columns}
        values = ", ".join(f"unnest(?::{types[name]}[])" for name in columns)
        with _engine_errors():
            self._connection.execute(
                f"INSERT INTO {relation.name} ({', '.join(columns)}) SELECT {values}",
                [list(column) for column in columns.values()],
            )

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own."""
        text, binds = bound(sql, params or {})
        with _engine_errors():
            cursor = self._cursor()
            cursor.execute(text, binds)
            return Rows(names(cursor), _checked(cursor))

    def has_rows(self, table: str) -> bool:
        """Tell whether a relation holds anything; one that was never filled is not even asked."""
        return table in self._filled and bool(list(self.query(f"SELECT 1 FROM {table} LIMIT 1")))

    def checksum(self, relation: Relation) -> Checksum:
        """Add up the digests of a relation's rows; see ``xjk.ledger.checksum``."""
        halves = ", ".join(
            f"coalesce(sum(CAST(CAST('0x' || substr(digest, {start}, 16) AS UBIGINT) AS HUGEINT)), 0)"
            for start in (1, 17)
        )
        text = f"concat_ws('{SEPARATOR}', {', '.join(row_values(relation, 'varchar'))})"
        rows = f"SELECT sha256({text}) AS digest FROM {relation.name}"
        ((count, first, second),) = self.query(f"SELECT count(*), {halves} FROM ({rows})")
        return Checksum(int(count or 0), int(first or 0), int(second or 0))

    def delete(self, relation: Relation, rows: Iterable[tuple[int, int]]) -> None:
        """Delete rows by ``source_id`` and ``source_row``, in one pass however many there are."""
        gone = list(rows)
        with _engine_errors():
            self._connection.execute(
                f"DELETE FROM {relation.name} WHERE (source_id, source_row) IN "
                "(SELECT (unnest(?::BIGINT[]), unnest(?::BIGINT[])))",
                [[source for source, _ in gone], [row for _, row in gone]],
            )

    def discard(self, relation: Relation, sources: Iterable[int]) -> None:
        """Delete every row that came from one of the sources."""
        with _engine_errors():
            self._connection.execute(
                f"DELETE FROM {relation.name} WHERE source_id IN (SELECT unnest(?::BIGINT[]))",
                [list(sources)],
            )

    def index(self, relation: Relation) -> bool:
        """Return False when the keys are not unique; DuckDB joins by hashing and needs no index."""
        if not relation.key or relation.name not in self._filled:
            return True
        key = ", ".join(relation.key)
        repeated = f"SELECT 1 FROM {relation.name} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
        return not list(self.query(repeated))

    def take_file(self, raw: RawTable, columns: TableColumns, source_id: int) -> TakenFile | None:
        """Insert the plain rows of a file; see ``xjk.ledger.at_rest.FileStore``."""
        with _engine_errors():
            taken = take_file(self._connection, self._folder, raw, columns, source_id)
            self._loose_rows += 0 if taken is None else taken.accepted
            if self._loose_rows >= _MANY_ROWS:
                self._connection.execute("CHECKPOINT")
                self._loose_rows = 0
        if taken is None:
            return None
        self._filled.add(columns.relation.name)
        return replace(taken, doubts=_told(taken.doubts), others=_told(taken.others))

    def freeze(self) -> None:
        """End the filling: no file is within reach from here on, and no setting changes."""
        if not self._is_locked:
            for setting in (
                "preserve_insertion_order = false",
                "enable_external_access = false",
                "lock_configuration = true",
            ):
                with _engine_errors():
                    self._connection.execute(f"SET {setting}")
            self._is_locked = True

    def session(self, *, seconds: float | None = None) -> DuckdbSession:
        """Open a read-only session whose queries may each take ``seconds``."""
        self.freeze()
        return DuckdbSession(self._cursor(), self._cursor(), seconds)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return own_cursor(self._connection)

    def close(self) -> None:
        """Close the database and remove what it spilled."""
        self._connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def create_statement(relation: Relation) -> str:
    """Return the DDL of one relation."""
    lines = [
        f"  {column.name} {TYPES[column.type]}{'' if column.nullable else ' NOT NULL'}"
        for column in relation.columns
    ]
    if relation.key_column:
        joined = " || '|' || ".join(f"CAST({column} AS VARCHAR)" for column in relation.key)
        lines.append(f"  {relation.key_column} VARCHAR GENERATED ALWAYS AS ({joined}) VIRTUAL")
    return f"CREATE TABLE {relation.name} (\n" + ",\n".join(lines) + "\n)"


def _checked(cursor: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    with _engine_errors():
        yield from map(plain_row, fetched(cursor))


def _own_folder(parent: str) -> Path:
    """Make the folder to spill to."""
    try:
        return Path(tempfile.mkdtemp(prefix="xjk-", dir=parent or None))
    except OSError as error:
        raise ConfigError(
            zh=f"无法在 {parent or tempfile.gettempdir()} 建立临时目录：{error.strerror}。",
            en=f"No temporary folder can be made in {parent or tempfile.gettempdir()}: {error.strerror}.",
            where="temp_folder",
            hint_zh="请另指一个可写的目录。",
            hint_en="Name another folder that can be written to.",
        ) from error


def _setting(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"


def _told(items: Iterable[_T]) -> Iterator[_T]:
    """Yield what comes of a query that is still running."""
    with _engine_errors():
        yield from items


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
