"""Lay out text in which Chinese characters take two columns of a terminal.

Whatever is laid out here has been made harmless for a terminal (see ``safe``), so data can be passed as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import category, east_asian_width

from xjk.report.safe import one_line

LINE = 100
"""Columns of a line."""

_OPENING = re.escape("（《“‘【「")
_CLOSING = re.escape("，。、；：？！）》”’】」")
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|[^\s])[{_CLOSING}]*")


def columns(text: str) -> int:
    """Return the number of terminal columns a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with spaces to a width; `right` puts them before it."""
    space = " " * (width - columns(text))
    return space + text if right else text + space


def wrap(text: str, *, indent: str = "", hanging: str | None = None, width: int = LINE) -> list[str]:
    """Break a text into lines: at spaces and between Chinese characters, never before a closing mark.

    `indent` begins the first line, `hanging` (spaces of the same width when left out) every other. A word longer
    than a line overflows: a file name that is cut cannot be copied.
    """
    hanging = " " * columns(indent) if hanging is None else hanging
    lines: list[str] = []
    start, body = indent, ""
    for piece in _PIECE.findall(one_line(text)):
        if body and columns(start + body + piece.rstrip()) > width:
            lines.append((start + body).rstrip())
            start, body = hanging, ""
        if body or not piece.isspace():
            body += piece
    return [*lines, (start + body).rstrip()]


def table(
    rows: Iterable[Sequence[str]],
    *,
    header: Sequence[str] = (),
    right: Iterable[int] = (),
    indent: str = "  ",
) -> Iterator[str]:
    """Yield the lines of a table; the columns numbered in `right` are set flush right."""
    lines = [tuple(map(one_line, row)) for row in (*([header] if header else ()), *rows)]
    widths = [max(map(columns, cells)) for cells in zip(*lines, strict=True)]
    flush = frozenset(right)
    for line in lines:
        cells = (
            pad(cell, width, right=place in flush)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield (indent + "  ".join(cells)).rstrip()
