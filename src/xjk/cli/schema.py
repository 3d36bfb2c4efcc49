"""``xjk schema``: JSON Schemas of all documents, and the data dictionary."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xjk.cli.console import Console
from xjk.report.width import wrap
from xjk.schema import check, write


def run(args: Namespace, console: Console) -> int:
    """Write the files, or name those that are not up to date and return 1."""
    folder = Path(args.folder)
    if args.action == "write":
        write(folder)
        console.note(f"已写入 {folder}", f"Written to {folder}")
        return 0
    stale = check(folder)
    console.deliver_lines(line for name in stale for line in wrap(name))
    return 1 if stale else 0
