"""The two ways out of the command: results on standard output or into a file, talk on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from xjk.errors import Lang
from xjk.models.files import write_whole
from xjk.report.safe import one_line
from xjk.report.speech import speaker


@dataclass(frozen=True, slots=True)
class Console:
    """Be how a verb speaks to its user.

    Attributes:
        lang: Language of everything that is said.
        quiet: Whether notes and progress are left out.
    """

    lang: Lang
    quiet: bool = False

    def say(self, zh: str, en: str) -> str:
        """Return the text in the user's language."""
        return speaker(self.lang)(zh, en)

    def note(self, zh: str, en: str) -> None:
        """Tell something beside the result."""
        if not self.quiet:
            print(one_line(self.say(zh, en)), file=sys.stderr)

    def deliver(self, pieces: Iterable[str], output: str | None = None) -> None:
        """Write a result to standard output, or into a file whole or not at all.

        Raises:
            OSError: when the file cannot be written.
        """
        text = "".join(pieces)
        if output is not None:
            write_whole(Path(output), text)
            self.note(f"已写入 {output}", f"Written to {output}")
            return
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except BrokenPipeError:
            discard_output()

    def deliver_lines(self, lines: Iterable[str], output: str | None = None) -> None:
        """Write a result given line by line."""
        self.deliver((line + "\n" for line in lines), output)


def discard_output() -> None:
    """Let nothing more be written: the reader has gone (``xjk check data | head``) and has what it wanted."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
