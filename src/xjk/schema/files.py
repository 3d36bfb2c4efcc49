"""Generated files: rendered in memory first, then written whole, or compared with what stands in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from xjk.models.files import write_whole

COMMAND = "make generate"
"""Command that writes every generated file of the repository again."""


def write_files(folder: Path, files: Mapping[str, str], leftovers: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Write files by their path below a folder and remove leftovers of earlier generations.

    All texts exist before the first byte is written, and each file is replaced in one step.

    Raises:
        OSError: when the folder cannot be written; files already replaced are whole.
    """
    written = []
    for name, text in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode():
            write_whole(path, text)
        written.append(path)
    for path in leftovers:
        path.unlink()
    return tuple(written)


def stale_files(folder: Path, files: Mapping[str, str], leftovers: Sequence[Path] = ()) -> list[str]:
    """Return one sentence for each file that is not what would be written; empty when all are."""
    found = [
        f"{(folder / name).as_posix()}{where} is stale; run: {COMMAND}"
        for name, text in files.items()
        if (where := _difference(folder / name, text)) is not None
    ]
    return found + [f"{path.as_posix()} is no longer generated; run: {COMMAND}" for path in leftovers]


def _difference(path: Path, text: str) -> str | None:
    """Return where a file differs from a text: ``:12`` for line 12, `` (missing)``, or None."""
    if not path.is_file():
        return " (missing)"
    given = path.read_bytes()
    if given == text.encode():
        return None
    lines = zip_longest(given.splitlines(keepends=True), text.encode().splitlines(keepends=True))
    return f":{next(number for number, (old, new) in enumerate(lines, start=1) if old != new)}"
