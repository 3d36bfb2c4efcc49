"""A text file made ready for DuckDB: in UTF-8, under a harmless name, and known to be cut into rows as ``csv`` cuts it.

DuckDB refuses most of what Python's strict ``csv`` reader refuses. What it reads differently without saying so is looked
for here: line ends that are mixed or bare carriage returns, spaces between a quote and its separator, blank lines.
"""

from __future__ import annotations

import codecs
import csv
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xjk.ledger.raw import TextFile
from xjk.readers.files.delimited import lines_of
from xjk.readers.files.delimiter import Dialect

_BLOCK = 8 * 1024 * 1024
_END = 4096
_HINTS = (b' "', b'" ', b'\t"', b'"\t')
"""Found far quicker than the pattern, and seldom there."""


@dataclass(frozen=True, slots=True)
class ReadyText:
    """Be a text that DuckDB may read.

    Attributes:
        path: Where it lies, in UTF-8.
        header_lines: Lines to pass over.
        lines: Lines below those, blank ones at the end left out.
        blank: Blank lines at the end.
    """

    path: Path
    header_lines: int
    lines: int
    blank: int


def make_ready(file: TextFile, folder: Path) -> ReadyText | None:
    """Return a file ready to be read; None when DuckDB would or might read it differently.

    ``folder`` takes the link or the copy in UTF-8 that DuckDB reads; a name of ours cannot be a pattern of names.
    """
    path = folder / "rows.csv"
    path.unlink(missing_ok=True)
    try:
        if file.codec == "utf-8":
            path.symlink_to(file.path.resolve())
        else:
            _write_utf8(file, path)
        survey = _survey(path, file)
    except (OSError, UnicodeError, csv.Error):
        return None
    return survey


def _write_utf8(file: TextFile, target: Path) -> None:
    """Write a text anew in UTF-8, block by block."""
    decoder = codecs.getincrementaldecoder(file.codec)("strict")
    with file.path.open("rb") as source, target.open("wb") as copy:
        source.seek(file.bom)
        while block := source.read(_BLOCK):
            copy.write(decoder.decode(block).encode())
        copy.write(decoder.decode(b"", final=True).encode())


def _survey(path: Path, file: TextFile) -> ReadyText | None:
    """Count lines and look for what is read differently."""
    line_feeds = returns = pairs = 0
    before = b""
    has_loose_quotes = False
    loose = _loose_quotes(file.delimiter) if file.quoted else None
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(_BLOCK), b""):
            line_feeds += block.count(b"\n")
            if b"\r" in block or before.endswith(b"\r"):
                returns += block.count(b"\r")
                pairs += block.count(b"\r\n") + (before.endswith(b"\r") and block.startswith(b"\n"))
            if loose is not None and b'"' in block and any(hint in block for hint in _HINTS):
                has_loose_quotes = has_loose_quotes or loose.search(before[-_END:] + block) is not None
            before = block
    if has_loose_quotes or returns not in (0, line_feeds) or returns != pairs:
        return None
    newline = "\r\n" if returns else "\n"
    ending = before[-_END:] if len(before) >= _END else _ending(path)
    blank = _blank_lines_at_the_end(ending, newline.encode())
    if blank is None:
        return None
    header_lines = _header_lines(path, file)
    lines = line_feeds + (not ending.endswith(b"\n") and bool(ending)) - blank - header_lines
    return ReadyText(path, header_lines, max(lines, 0), blank if lines >= 0 else blank + lines)


def _loose_quotes(delimiter: str) -> re.Pattern[bytes]:
    """Return what DuckDB takes for a quoted cell and ``csv`` does not: blanks between a quote and what is next to it."""
    edge = re.escape(delimiter.encode())
    return re.compile(rb'(?:[\n\r]|%b)[ \t]+"|"[ \t]+(?:[\n\r]|%b|\Z)' % (edge, edge))


def _ending(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - _END, 0))
        return stream.read()


def _blank_lines_at_the_end(ending: bytes, newline: bytes) -> int | None:
    """Count the blank lines that end a file; None when there are more of them than were looked at."""
    count = 0
    while ending.endswith(newline * 2):
        ending = ending.removesuffix(newline)
        count += 1
    return count if len(ending) > len(newline) or count == 0 else None


def _header_lines(path: Path, file: TextFile) -> int:
    """Count the lines down to the header."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(lines_of(stream), **Dialect(file.delimiter, file.quoted).options())  # type: ignore[arg-type]
        for _ in range(file.header_row):
            with suppress(csv.Error):
                next(reader, None)
        return reader.line_num
