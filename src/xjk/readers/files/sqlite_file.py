"""Read a SQLite database whose tables or views are named like canonical tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from xjk.errors import FormatError, SourceError
from xjk.ledger.raw import Batch
from xjk.models.problem import Problem
from xjk.readers.files.encoding import open_bytes
from xjk.readers.files.numbers import cell_text
from xjk.readers.grid import BATCH_ROWS, MAX_COLUMNS, Grid, number_repeats
from xjk.readers.names import closest_table, table_named

_VALUE_LIMIT = 10 * 1024 * 1024
_STEPS = 1_000_000
_STEP_LIMIT = 20_000
"""Virtual-machine steps a view may take for one batch, in millions; a hostile view may never end."""


def open_sqlite(path: Path, shown: str, name: str | None = None) -> list[Grid]:
    """Open every table and view with the name of a canonical table, English or Chinese, or the one named.

    The file is opened read-only and must be at rest. Record numbers count from 1 in the order of the table.

    Raises:
        SourceError: It cannot be opened, or holds no such table.
        FormatError: It is no sound database, or another program has changes open beside it.
    """
    with open_bytes(path, shown) as stream:
        if stream.read(16) != b"SQLite format 3\x00":
            raise _error(shown, "不是 SQLite 数据库", "it is no SQLite database")
    journals = [path.with_name(path.name + end) for end in ("-wal", "-journal")]
    if any(journal.exists() and journal.stat().st_size for journal in journals):
        raise _error(
            shown,
            "旁边还有未并入的日志文件（-wal 或 -journal），直接读取会缺数据",
            "a log beside it (-wal or -journal) is not merged yet, and rows would be missing",
        )
    with _database(path, shown) as database:
        found = database.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name"
        )
        names = [str(row[0]) for row in found]
    if name is not None:
        return [_grid(path, shown, name)] if name in names else []
    grids = [_grid(path, shown, each) for each in names if table_named(each)]
    if not grids:
        raise SourceError(
            zh="数据库中没有名称与标准表相同的表或视图。",
            en="The database has no table or view named like a canonical table.",
            where=shown,
            hint_zh="请建立视图，如 create view payment as select …；表名见数据字典。",
            hint_en="Create views such as: create view payment as select ...; the data dictionary names the tables.",
        )
    notices = tuple(
        Problem.of("unknown_file", file=f"{shown}#{each}", guess=closest_table(each))
        for each in names
        if not table_named(each)
    )
    return [replace(grids[0], problems=notices), *grids[1:]]


def _grid(path: Path, shown: str, name: str) -> Grid:
    with _database(path, shown) as database:
        cursor = database.execute(f"select * from {_quoted(name)} limit 0")  # noqa: S608 - the name is quoted
        headers = [str(column[0]) for column in cursor.description]
    if len(headers) > MAX_COLUMNS:
        raise _error(shown, f"超过 {MAX_COLUMNS} 列", f"it has more than {MAX_COLUMNS} columns")
    return Grid(
        file=f"{shown}#{name}",
        headers=number_repeats(headers),
        batches=partial(_batches, path, shown, name),
    )


def _batches(path: Path, shown: str, name: str) -> Iterator[Batch]:
    number = 1
    with _database(path, f"{shown}#{name}") as database:
        cursor = database.execute(f"select * from {_quoted(name)}")  # noqa: S608 - the name is quoted
        while rows := cursor.fetchmany(BATCH_ROWS):
            texts = [[_text(value) for value in row] for row in rows]
            yield Batch(texts, range(number, number + len(texts)))
            number += len(texts)


def _text(value: object) -> str:
    """Return a value as text; bytes are shown as such, and validation refuses what they stand in."""
    text = cell_text(value)
    return f"\x00{value!r}"[:200] if text is None else text


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _database(path: Path, shown: str) -> Iterator[sqlite3.Connection]:
    """Open the database so that nothing can be written, attached or run for ever."""
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as database:
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _VALUE_LIMIT)
            database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            database.execute("pragma trusted_schema = off")
            database.execute("pragma cell_size_check = on")
            database.execute("pragma query_only = on")
            ticks = iter(range(_STEP_LIMIT))
            database.set_progress_handler(lambda: next(ticks, None) is None, _STEPS)
            yield database
    except (sqlite3.Error, sqlite3.Warning, UnicodeDecodeError) as error:
        raise _error(shown, f"数据库出错：{error}", f"the database reports: {error}") from error


def _error(shown: str, zh: str, en: str) -> FormatError:
    return FormatError(
        zh=f"SQLite 文件无法读取：{zh}。",
        en=f"The SQLite file cannot be read: {en}.",
        where=shown,
        hint_zh="请关闭使用它的程序，或导出为 CSV。",
        hint_en="Close the program that uses it, or export the tables as CSV.",
    )
