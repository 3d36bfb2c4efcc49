"""Read CSV and its relatives as a stream, at the speed of the csv module."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from xjk.errors import FormatError
from xjk.ledger.raw import Batch, TextFile
from xjk.models.problem import Problem
from xjk.readers.files.delimiter import HEADER_ROWS, Dialect, header_matches, sample_records, sniff
from xjk.readers.files.encoding import Encoding, detect_encoding, open_text, use_encoding
from xjk.readers.grid import BATCH_ROWS, MAX_COLUMNS, Grid, broken_row, number_repeats

SAMPLE_CHARACTERS = 256 * 1024
"""Text looked at to tell delimiter and header."""

LINE_LIMIT = 16 * 1024 * 1024
"""Longest line taken in one piece, in characters; longer ones end up as rows with far too many cells."""

_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class _Layout:
    """Keep what it takes to read a file again: where it is, how it is written, where its records begin."""

    path: Path
    shown: str
    encoding: Encoding
    dialect: Dialect
    header_row: int
    width: int


def open_delimited(
    path: Path,
    shown: str,
    is_header: Callable[[str], bool],
    *,
    codec: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> Grid:
    """Open a delimited text file.

    ``is_header`` tells known column names; the header is the row among the first thirty that shows most of them
    (the first row with any text if none does), rows above it are furniture. ``header_row`` counts from 1 and
    settles it.

    Raises:
        SourceError, EncodingError: As ``detect_encoding`` does; EncodingError also while streaming.
        FormatError: The file holds no header, or an absurd one.
    """
    encoding = use_encoding(path, codec, shown) if codec else detect_encoding(path, shown)
    lines = _sample_lines(path, encoding, shown)
    dialect = sniff(lines, is_header, delimiter)
    records = sample_records(lines, dialect)
    index = header_row - 1 if header_row else find_header(records, is_header)
    if index is None or index >= len(records) or not any(records[index]):
        raise _no_header(shown)
    headers = records[index]
    if len(headers) > MAX_COLUMNS:
        raise FormatError(
            zh=f"表头有 {len(headers)} 列，超过上限 {MAX_COLUMNS}。",
            en=f"The header has {len(headers)} columns, more than the {MAX_COLUMNS} accepted.",
            where=f"{shown}:{index + 1}",
            hint_zh="请检查分隔符。",
            hint_en="Check the delimiter.",
        )
    furniture = sum(1 for record in records[:index] if any(record))
    layout = _Layout(path, shown, encoding, dialect, index + 1, len(headers))
    return Grid(
        file=shown,
        headers=number_repeats(headers),
        batches=partial(_batches, layout),
        problems=skipped_rows(shown, furniture),
        furniture=furniture,
        at_rest=TextFile(
            path, encoding.codec, encoding.bom, dialect.delimiter, dialect.quoted, layout.header_row
        ),
    )


def find_header(records: Sequence[Sequence[str]], is_header: Callable[[str], bool]) -> int | None:
    """Return the index of the header row, or None if the first rows are all blank."""
    head = records[:HEADER_ROWS]
    matches = [header_matches(record, is_header) for record in head]
    if any(matches):
        return matches.index(max(matches))
    return next((index for index, record in enumerate(head) if any(cell.strip() for cell in record)), None)


def skipped_rows(shown: str, rows: int) -> tuple[Problem, ...]:
    """Return the notice for rows above the header, if there are any."""
    return (Problem.of("preamble", file=shown, row=1, rows=rows),) if rows else ()


def _no_header(shown: str) -> FormatError:
    return FormatError(
        zh="文件没有表头。",
        en="The file has no header.",
        where=shown,
        hint_zh="第一行应为列名；如列名在别处，请在映射文件中用 header_row 指明。",
        hint_en="The first row should name the columns; if another one does, say so as header_row in a mapping file.",
    )


def _sample_lines(path: Path, encoding: Encoding, shown: str) -> list[str]:
    with open_text(path, encoding, shown) as stream:
        lines = list(io.StringIO(stream.read(SAMPLE_CHARACTERS), newline=""))
        cut = bool(stream.read(1))
    return lines[:-1] if cut and len(lines) > 1 else lines


def _batches(layout: _Layout) -> Iterator[Batch]:
    """Stream the records below the header; a record that cannot be parsed becomes a row of one cell, its text."""
    with open_text(layout.path, layout.encoding, layout.shown) as stream:
        reader = csv.reader(lines_of(stream), **layout.dialect.options())  # type: ignore[arg-type]
        for _ in range(layout.header_row):
            with suppress(csv.Error):
                next(reader, None)
        number, line = layout.header_row + 1, reader.line_num
        raw = _RawLines(layout)
        while True:
            rows: list[list[str]] = []
            done = False
            try:
                rows.extend(islice(reader, BATCH_ROWS))
                done = not rows
            except csv.Error:
                first = line + sum(map(_lines_of, rows)) + 1
                rows.append(broken_row(raw.text(first, reader.line_num), layout.width))
            if done:
                return
            yield Batch(rows, range(number, number + len(rows)))
            number, line = number + len(rows), reader.line_num


def _lines_of(row: Sequence[str]) -> int:
    """Count the lines a record takes up in the file."""
    return 1 + sum(cell.count("\n") + cell.count("\r") - cell.count("\r\n") for cell in row)


class _RawLines:
    """Fetch the text of broken records, walking the file a second time and only as far as needed."""

    def __init__(self, layout: _Layout) -> None:
        self._layout = layout
        self._walk: Iterator[str] = iter(())
        self._next = 0

    def text(self, first: int, last: int) -> str:
        """Return lines ``first`` to ``last`` (1-based), cut to a length that can be shown."""
        if not self._next:
            self._walk, self._next = self._open(), 1
        wanted = islice(self._walk, first - self._next, last - self._next + 1)
        text = "".join(part[:_SHOWN] for part in islice(wanted, 50)).strip()[:_SHOWN]
        for _ in wanted:
            pass
        self._next = last + 1
        return text or f"({self._layout.shown}:{first})"

    def _open(self) -> Iterator[str]:
        with open_text(self._layout.path, self._layout.encoding, self._layout.shown) as stream:
            yield from lines_of(stream)


def lines_of(stream: TextIO) -> Iterator[str]:
    """Iterate over lines as the file object does, and as fast, but never take more than the limit in one piece."""
    return iter(partial(stream.readline, LINE_LIMIT), "")
