"""The file formats that can be read, and where each is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import cast

from xjk.errors import FormatError, SourceError
from xjk.models.nearest import did_you_mean
from xjk.models.pack import ReaderInfo
from xjk.readers.files.delimited import open_delimited
from xjk.readers.files.jsonl import open_json
from xjk.readers.files.sqlite_file import open_sqlite
from xjk.readers.grid import Grid
from xjk.readers.shaping.headers import is_any_header


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Say how to read a file, where it is known.

    Attributes:
        is_header: Tells cells that are column names, to find the header row.
        codec: Python codec of text files; None to detect it.
        delimiter: Separator of delimited files; None to detect it.
        sheet: The one sheet, or database table, to read; None for all.
        header_row: Row of the header, from 1; None to find it.
    """

    is_header: Callable[[str], bool] = is_any_header
    codec: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


Reader = Callable[[Path, str, ReadOptions], Sequence[Grid]]
"""Opens one file: its path, the name to show, and options; returns its grids (several for a workbook).

The ``target`` of a ``ReaderInfo`` names such a function.
"""


READERS: tuple[ReaderInfo, ...] = (
    ReaderInfo(
        name="delimited", suffixes=(".csv", ".tsv", ".txt"), target="xjk.readers.formats:read_delimited"
    ),
    ReaderInfo(name="json", suffixes=(".jsonl", ".ndjson", ".json"), target="xjk.readers.formats:read_json"),
    ReaderInfo(name="xlsx", suffixes=(".xlsx", ".xlsm"), target="xjk.readers.formats:read_workbook"),
    ReaderInfo(name="parquet", suffixes=(".parquet",), target="xjk.readers.formats:read_parquet"),
    ReaderInfo(
        name="sqlite", suffixes=(".db", ".sqlite", ".sqlite3"), target="xjk.readers.formats:read_sqlite"
    ),
)
"""Readers that come with the library; packs add theirs through the hook ``xjk_readers``."""


def reader_of(path: Path, readers: Sequence[ReaderInfo] = READERS) -> ReaderInfo | None:
    """Return the reader for a file by its suffix; one added later goes before one of the library."""
    suffix = path.suffix.lower()
    return next((info for info in reversed(readers) if suffix in info.suffixes), None)


def open_grids(
    path: Path, shown: str, options: ReadOptions, readers: Sequence[ReaderInfo] = READERS
) -> list[Grid]:
    """Open one file with the reader for its suffix.

    Raises:
        FormatError: No reader takes the suffix.
        SourceError: The sheet asked for is not there.
        DataError: Whatever the reader finds wrong with the file.
    """
    info = reader_of(path, readers)
    if info is None:
        known = "、".join(suffix for each in readers for suffix in each.suffixes)
        raise FormatError(
            zh=f"不支持的文件类型“{path.suffix}”。",
            en=f'The file type "{path.suffix}" is not supported.',
            where=shown,
            hint_zh=f"支持 {known}；旧版 XLS 请另存为 XLSX。",
            hint_en=f"Supported are {known}; save an old XLS as XLSX.",
        )
    module, _, function = info.target.partition(":")
    return list(cast("Reader", getattr(import_module(module), function))(path, shown, options))


def read_delimited(path: Path, shown: str, options: ReadOptions) -> list[Grid]:
    """Read CSV, TSV and other delimited text."""
    return [
        open_delimited(
            path,
            shown,
            options.is_header,
            codec=options.codec,
            delimiter=options.delimiter,
            header_row=options.header_row,
        )
    ]


def read_json(path: Path, shown: str, options: ReadOptions) -> list[Grid]:
    """Read JSON Lines or a JSON array of objects."""
    return [open_json(path, shown, codec=options.codec)]


def read_workbook(path: Path, shown: str, options: ReadOptions) -> list[Grid]:
    """Read the sheets of an XLSX workbook that are not blank."""
    from xjk.readers.files.xlsx import open_sheet, sheet_names

    names, doubts = sheet_names(path, shown)
    wanted = names if options.sheet is None else [_member(options.sheet, names, shown)]
    opened = (
        open_sheet(path, shown, name, options.is_header, header_row=options.header_row) for name in wanted
    )
    grids = [grid for grid in opened if grid is not None]
    return [replace(grids[0], problems=(*doubts, *grids[0].problems)), *grids[1:]] if grids else []


def read_parquet(path: Path, shown: str, options: ReadOptions) -> list[Grid]:  # noqa: ARG001 - one signature
    """Read a Parquet file."""
    from xjk.readers.files.parquet import open_parquet

    return [open_parquet(path, shown)]


def read_sqlite(path: Path, shown: str, options: ReadOptions) -> list[Grid]:
    """Read the tables and views of a SQLite database that are named like canonical tables."""
    grids = open_sqlite(path, shown, options.sheet)
    if options.sheet is not None and not grids:
        _member(options.sheet, (), shown)
    return grids


def _member(name: str, names: Sequence[str], shown: str) -> str:
    """Return the sheet asked for, or say which there are."""
    if name in names:
        return name
    end_zh, end_en = did_you_mean(name, names)
    raise SourceError(
        zh=f"文件中没有名为“{name}”的工作表或数据表{end_zh}",
        en=f'The file has no sheet or table "{name}"{end_en}',
        where=shown,
        hint_zh=f"现有：{'、'.join(names) or '无'}。",
        hint_en=f"There are: {', '.join(names) or 'none'}.",
    )
