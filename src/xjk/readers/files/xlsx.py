"""Read XLSX workbooks (extra ``excel``)."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xjk.errors import ExtraMissingError, FormatError
from xjk.ledger.raw import Batch
from xjk.models.problem import Problem
from xjk.readers.files.delimited import find_header, skipped_rows
from xjk.readers.files.delimiter import HEADER_ROWS
from xjk.readers.files.numbers import cell_text, loses_digits
from xjk.readers.files.workbook_guard import guard_workbook, unreadable
from xjk.readers.grid import MAX_COLUMNS, Grid, broken_row, number_repeats

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

SHEET_BATCH_ROWS = 500
"""Rows passed on at a time; a hostile sheet may be 16,384 columns wide."""

_DIGITS_LOST = "[数字超过 15 位，末尾已丢失 / more than 15 digits, the last are lost] "

_BREAKS = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError, OverflowError, AssertionError,
    NotImplementedError, RuntimeError, EOFError, OSError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the workbook library raises on files that break the format."""


def sheet_names(path: Path, shown: str) -> tuple[list[str], tuple[Problem, ...]]:
    """Return the names of the sheets of a workbook that passes the guard, and what is doubtful about it.

    Raises:
        ExtraMissingError: The extra ``excel`` is not installed.
        FormatError: The file is no sound workbook.
    """
    errors = guard_workbook(path, shown)
    doubts = (Problem.of("error_cells", file=shown, count=errors),) if errors else ()
    with _workbook(path, shown) as book:
        return [sheet.title for sheet in book.worksheets], doubts


def open_sheet(
    path: Path,
    shown: str,
    sheet: str,
    is_header: Callable[[str], bool],
    *,
    header_row: int | None = None,
) -> Grid | None:
    """Open one sheet of a workbook that ``sheet_names`` accepted; None if the sheet is blank.

    Cells become the text a person would type: dates are ISO, numbers have the fifteen digits a spreadsheet
    keeps. A row with a number too long for a spreadsheet has lost digits and is quarantined.

    Raises:
        FormatError: The sheet breaks the format or its header is absurdly wide.
    """
    name = f"{shown}#{sheet}"
    records = [
        [_plain(value) for value in row]
        for row in islice(_rows(path, name, sheet), header_row or HEADER_ROWS)
    ]
    index = header_row - 1 if header_row else find_header(records, is_header)
    if index is None or index >= len(records):
        return None
    headers = _without_tail(records[index])
    if len(headers) > MAX_COLUMNS:
        raise unreadable(name, f"{len(headers)} columns")
    furniture = sum(1 for record in records[:index] if any(record))
    return Grid(
        file=name,
        headers=number_repeats(headers),
        batches=partial(_batches, path, name, sheet, index + 1, len(headers)),
        problems=skipped_rows(name, furniture),
        furniture=furniture,
    )


def _batches(path: Path, name: str, sheet: str, header_row: int, width: int) -> Iterator[Batch]:
    rows = islice(_rows(path, name, sheet), header_row, None)
    number = header_row + 1
    while chunk := list(islice(rows, SHEET_BATCH_ROWS)):
        yield Batch([_row(row, width) for row in chunk], range(number, number + len(chunk)))
        number += len(chunk)


def _row(values: Sequence[Any], width: int) -> list[str]:
    """Return a row as text, as wide as the header unless there is something beyond it."""
    if any(map(loses_digits, values)):
        return broken_row(_DIGITS_LOST + " | ".join(map(_plain, values))[:2_000], width)
    cells = [_plain(value) for value in values]
    if len(cells) > width:
        cells = cells[:width] + _without_tail(cells[width:])
    return cells + [""] * (width - len(cells))


def _plain(value: object) -> str:
    text = cell_text(value)
    return str(value) if text is None else text


def _without_tail(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


@contextmanager
def _workbook(path: Path, shown: str) -> Iterator[Workbook]:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        raise ExtraMissingError.of("excel", "读取 XLSX", "Reading XLSX") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (*_BREAKS, InvalidFileException) as error:
        raise unreadable(shown, f"{type(error).__name__}: {error}") from error
    try:
        yield book
    finally:
        book.close()


def _rows(path: Path, name: str, sheet: str) -> Iterator[Sequence[Any]]:
    """Yield the rows of a sheet as values; a break of the format names the sheet."""
    with _workbook(path, name) as book:
        worksheet: Any = book[sheet]
        # A sheet states its own extent, and some writers state too little: what lies outside would be lost.
        worksheet.reset_dimensions()
        rows = worksheet.iter_rows(values_only=True)
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    chunk = list(islice(rows, SHEET_BATCH_ROWS))
            except FormatError:
                raise
            except _BREAKS as error:
                raise unreadable(name, f"{type(error).__name__}: {error}") from error
            if not chunk:
                return
            yield from chunk
