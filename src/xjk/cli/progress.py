"""Progress on a terminal, one line that is written over and wiped at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

from xjk.cli.console import Console
from xjk.report.safe import one_line

_SECONDS_BETWEEN = 0.1
_WIPE = "\r\x1b[K"


class Progress:
    """Show rows read and rules run while a verb works; silent unless standard error is a terminal."""

    def __init__(self, console: Console, stream: TextIO | None = None) -> None:
        self._say = console.say
        self._stream = stream or sys.stderr
        self._is_shown = not console.quiet and self._stream.isatty()
        self._next = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            self._write("")

    def rows(self, file: str, rows: int) -> None:
        """Show how many rows of a file are done."""
        if self._is_due():
            name = one_line(file)
            self._write(self._say(f"读取 {name}：{rows:,} 行", f"reading {name}: {rows:,} rows"))

    def rule(self, code: str, place: int, count: int) -> None:
        """Show which rule runs."""
        if self._is_due():
            self._write(self._say(f"规则 {place}/{count} {code}", f"rule {place}/{count} {code}"))

    def _is_due(self) -> bool:
        return self._is_shown and time.monotonic() >= self._next

    def _write(self, text: str) -> None:
        self._stream.write(_WIPE + text)
        self._stream.flush()
        self._next = time.monotonic() + _SECONDS_BETWEEN
