"""Read a dataset folder: files, or folders of files, named like canonical tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from xjk.errors import DataError, FormatError, SourceError
from xjk.ledger.raw import RawTable
from xjk.models.pack import ReaderInfo
from xjk.models.problem import Problem
from xjk.readers.files.delimiter import header_matches
from xjk.readers.formats import READERS, ReadOptions, open_grids, reader_of
from xjk.readers.grid import Grid
from xjk.readers.names import closest_table, table_named
from xjk.readers.shaping.bind import bind
from xjk.readers.shaping.headers import is_any_header, is_header_of

FILE_LIMIT = 20_000
"""Most files of a folder."""

_DATABASES = (".db", ".sqlite", ".sqlite3")
_PAPERS = (".md", ".yaml", ".yml")
_NOTES = ("readme", "license", "licence", "notice", "copying", "changelog")


def open_folder(folder: Path, readers: Sequence[ReaderInfo] = READERS) -> list[RawTable]:
    """Open every file of a dataset folder that is named like a table.

    ``payment.csv``, ``国库集中支付.xlsx``, ``voucher_line-2024.csv`` and ``voucher_line/2024-01.csv`` are data, as are
    sheets named like tables. Hidden files, files that begin with ``_``, and notes (README, LICENSE, Markdown,
    YAML) are passed over; any other file is mentioned in a notice. A file that cannot be opened becomes a raw table
    that says why, so that it costs only itself.

    Raises:
        SourceError: There is no data in the folder.
        DataError: None of its files can be opened; every one is reported.
    """
    raw: list[RawTable] = []
    notices: list[Problem] = []
    errors: list[DataError] = []
    for path, shown in _files(folder):
        try:
            if _leads_out(path, folder):
                notices.append(Problem.of("unsound_name", file=shown, name=shown))
                continue
            found, noticed = _open(path, shown, folder, readers)
        except DataError as error:
            errors.append(error)
            table = table_named(path.stem) or table_named(path.parent.name) or ""
            raw.append(RawTable(table, shown, (), lambda: iter(()), failure=error))
            continue
        raw += found
        notices += noticed
    if errors and len(errors) == len(raw):
        raise _all(errors, folder.name)
    if not raw:
        raise _empty(folder, notices)
    return [replace(raw[0], problems=(*notices, *raw[0].problems)), *raw[1:]]


def open_file(path: Path, readers: Sequence[ReaderInfo] = READERS) -> list[RawTable]:
    """Open one file named like a table, or a workbook or database with tables named so.

    Raises:
        SourceError: Neither the file nor anything in it is named like a table.
        DataError: It cannot be read.
    """
    found, notices = _open(path, path.name, path.parent, readers)
    if not found:
        raise _empty(path, notices)
    return [replace(found[0], problems=(*notices, *found[0].problems)), *found[1:]]


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the data files of a folder and of its folders named like tables, with the names to show."""
    count = 0
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if _is_passed_over(entry):
            continue
        inside = sorted(entry.iterdir(), key=lambda path: path.name) if entry.is_dir() else [entry]
        for path in inside:
            if path is not entry and (_is_passed_over(path) or path.is_dir()):
                continue
            count += 1
            if count > FILE_LIMIT:
                raise SourceError(
                    zh=f"文件夹中的文件超过 {FILE_LIMIT} 个。",
                    en=f"The folder has more than {FILE_LIMIT} files.",
                    where=folder.name,
                    hint_zh="请合并文件，或分批检查。",
                    hint_en="Merge files, or check them in portions.",
                )
            yield path, path.relative_to(folder).as_posix()


def _is_passed_over(path: Path) -> bool:
    name = path.name.lower()
    is_note = path.suffix.lower() in _PAPERS or path.stem.lower() in _NOTES
    return name.startswith(("_", ".", "~$")) or (is_note and not path.is_dir())


def _leads_out(path: Path, folder: Path) -> bool:
    """Tell whether a link leads out of the folder it stands in."""
    return not path.resolve().is_relative_to(folder.resolve())


def _open(
    path: Path, shown: str, folder: Path, readers: Sequence[ReaderInfo]
) -> tuple[list[RawTable], list[Problem]]:
    """Open one file; returns its tables and the notices about what was not read."""
    table = table_named(path.stem)
    if path.parent != folder:
        table = table_named(path.parent.name) or table
    if reader_of(path, readers) is None:
        if table is None:
            return [], [Problem.of("unsound_name", file=shown, name=shown)]
        open_grids(path, shown, ReadOptions(), readers)
    is_database = path.suffix.lower() in _DATABASES
    if table is None and not is_database and not _is_workbook(path):
        return [], [Problem.of("unknown_file", file=shown, guess=closest_table(path.stem))]
    options = ReadOptions(is_header=is_header_of(table) if table else is_any_header)
    raw: list[RawTable] = []
    notices: list[Problem] = []
    grids = open_grids(path, shown, options, readers)
    for grid in grids:
        name = grid.file.removeprefix(shown).removeprefix("#")
        of_grid = (table_named(name) if name else table) or _by_header(grid, table, alone=len(grids) == 1)
        if of_grid is None:
            notices.append(Problem.of("unknown_file", file=grid.file, guess=closest_table(name)))
        else:
            raw.append(bind(grid, of_grid))
    return raw, notices


def _by_header(grid: Grid, table: str | None, *, alone: bool) -> str | None:
    """Return the table of the workbook for a sheet that is not named like one, if its header fits."""
    if table is None:
        return None
    return table if alone or header_matches(grid.headers, is_header_of(table)) > 1 else None


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm")


def _all(errors: list[DataError], name: str) -> DataError:
    if len(errors) == 1:
        return errors[0]
    return FormatError(
        zh=f"{len(errors)} 个文件无法读取：",
        en=f"{len(errors)} files cannot be read:",
        where=name,
        errors=errors,
    )


def _empty(path: Path, notices: list[Problem]) -> SourceError:
    seen = "；".join(problem.reason.zh for problem in notices[:5])
    seen_en = " ".join(f"{problem.file}: {problem.reason.en}" for problem in notices[:5])
    return SourceError(
        zh=f"没有可识别的数据文件。{seen}",
        en=f"There is no recognisable data file. {seen_en}".rstrip(),
        where=path.name,
        hint_zh="请以表名命名文件（如 payment.csv、国库集中支付.csv），或使用映射文件（xjk map --suggest 可起草）。",
        hint_en="Name files after tables (payment.csv, ...), or use a mapping file (xjk map --suggest drafts one).",
    )
