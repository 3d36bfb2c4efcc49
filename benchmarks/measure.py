"""Run one contestant in a process of its own, and watch how much memory it and its children take."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_EVERY = 0.05
_GRACE = 10
_PAGE_MB = resource.getpagesize() / 1024 / 1024
_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER

Figures = dict[str, Any]


def measure(specification: Mapping[str, Any]) -> Figures:
    """Return what the work took: ``seconds``, ``peak_mb`` of the whole process tree, and what else it tells.

    A contestant that fails returns ``failed`` with the last line of what it said, and nothing else.
    """
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as folder, _adopting_orphans():
        result, said = Path(folder) / "result.json", Path(folder) / "said.txt"
        command = [sys.executable, str(HERE / "contestant.py"), json.dumps(dict(specification)), str(result)]
        others = descendants()
        with said.open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(command, stdout=errors, stderr=errors, cwd=HERE)
            peak = 0.0
            while process.poll() is None:
                peak = max(peak, memory_mb(descendants() - others))
                time.sleep(_EVERY)
        _end(others)
        if process.returncode != 0:
            lines = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return {"failed": lines[-1] if lines else f"exit code {process.returncode}"}
        figures: Figures = json.loads(result.read_text(encoding="utf-8"))
    figures["peak_mb"] = max(peak, figures["peak_mb"])
    return figures


@contextmanager
def _adopting_orphans() -> Iterator[None]:
    """Become the parent of what a contestant leaves behind: a database server that detaches itself is measured too."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_SUBREAPER, 0, 0, 0, 0)


def _end(others: set[int]) -> None:
    """Wait until what a contestant left behind has ended, and end it when it does not: the next one runs alone."""
    deadline = time.monotonic() + _GRACE
    while left := descendants() - others:
        for process in left:
            with suppress(ProcessLookupError, ChildProcessError):
                if time.monotonic() > deadline:
                    os.kill(process, signal.SIGKILL)
                os.waitpid(process, os.WNOHANG)
        time.sleep(_EVERY)


def memory_mb(processes: Iterable[int]) -> float:
    """Return what processes hold together; pages that several share count once."""
    own, shared = 0, 0
    for process in processes:
        resident, in_common = _resident(process)
        own += resident - in_common
        shared = max(shared, in_common)
    return (own + shared) * _PAGE_MB


def descendants() -> set[int]:
    """Return the processes this one started, and those they started."""
    parents = _parents()
    known = {os.getpid()}
    while more := {child for child, parent in parents.items() if parent in known and child not in known}:
        known |= more
    return known - {os.getpid()}


def _parents() -> dict[int, int]:
    """Return the parent of every process."""
    found: dict[int, int] = {}
    for folder in _processes():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        found[int(folder.name)] = int(fields[1])
    return found


def _processes() -> Iterable[Path]:
    return (folder for folder in Path("/proc").iterdir() if folder.name.isdigit())


def _resident(process: int) -> tuple[int, int]:
    try:
        fields = Path(f"/proc/{process}/statm").read_text().split()
    except OSError:  # it ended
        return 0, 0
    return int(fields[1]), int(fields[2])
