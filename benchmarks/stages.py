"""Where the library spends its time, seen from outside.

A thread looks at the stack of the main thread a hundred times a second. The stages are named after the library's
modules; what changes inside them does not change what is measured.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from types import FrameType, TracebackType
from typing import Self

_EVERY = 0.01

STAGES: tuple[tuple[str, str], ...] = (
    ("data hash", ".data_hash"),
    ("derive", "xjk.ledger.derive"),
    ("check across rows", "xjk.ledger.crosscheck"),
    ("findings", "xjk.runner.evidence"),
    ("findings", "xjk.runner.findings"),
    ("findings", "xjk.runner.leads"),
    ("rules", "xjk.runner.check"),
    ("read and validate", "xjk.runner.load"),
)
"""Stages, each with the beginning of a module's name or a function's name after a dot; the first that fits counts."""


class Stages:
    """Count the seconds of each stage while the context is open."""

    def __init__(self) -> None:
        self._watched = threading.get_ident()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()

    @property
    def seconds(self) -> dict[str, float]:
        """Return the seconds by stage."""
        return dict(self._seconds)

    def _watch(self) -> None:
        before = time.perf_counter()
        while not self._done.wait(_EVERY):
            stage = _stage(sys._current_frames().get(self._watched))  # noqa: SLF001 - the documented way to see it
            now = time.perf_counter()
            self._seconds[stage] += now - before
            before = now


def _stage(frame: FrameType | None) -> str:
    seen: set[str] = set()
    while frame is not None:
        seen |= {str(frame.f_globals.get("__name__")), f".{frame.f_code.co_name}"}
        frame = frame.f_back
    for stage, mark in STAGES:
        if any(name == mark or name.startswith(f"{mark}.") for name in seen):
            return stage
    return "other"
