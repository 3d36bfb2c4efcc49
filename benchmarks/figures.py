"""The measured figures as the report asks for them: medians, and ratios of contestants of one run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Session:
    """Be one series at one size: the contestants took turns."""

    series: str
    lines: int
    runs: int
    rows: Mapping[str, int] | None
    hits: Mapping[str, int]
    measured: Mapping[str, list[dict[str, Any]]]

    def done(self, name: str) -> list[dict[str, Any]]:
        """Return the runs of a contestant that ended well."""
        return [figures for figures in self.measured.get(name, []) if "failed" not in figures]

    def failure(self, name: str) -> str | None:
        """Return what a contestant said when it failed."""
        return next((f["failed"] for f in self.measured.get(name, []) if "failed" in f), None)

    def value(self, name: str, what: str = "seconds") -> float | None:
        """Return the median of a figure, or None when there is none."""
        found = [float(figures[what]) for figures in self.done(name) if what in figures]
        return median(found) if found else None

    def stage(self, name: str, *stages: str) -> float | None:
        """Return the median of the seconds in some stages together."""
        found = [
            sum(figures["stages"].get(stage, 0.0) for stage in stages)
            for figures in self.done(name)
            if "stages" in figures
        ]
        return median(found) if found else None

    def ratio(self, name: str, other: str) -> float | None:
        """Return the median of the ratios of two contestants' times, turn by turn."""
        pairs = list(zip(self.done(name), self.done(other), strict=False))
        return median(a["seconds"] / b["seconds"] for a, b in pairs) if pairs else None


@dataclass(frozen=True, slots=True)
class Results:
    """Be everything that was measured."""

    machine: Mapping[str, Any]
    versions: Mapping[str, str]
    startup: Mapping[str, float]
    sessions: tuple[Session, ...]

    def of(self, series: str) -> list[Session]:
        """Return the sessions of a series by size."""
        return sorted((s for s in self.sessions if s.series == series), key=lambda session: session.lines)


def read(file: Path) -> Results:
    """Read a file of results."""
    document = json.loads(file.read_text(encoding="utf-8"))
    names = Session.__dataclass_fields__
    sessions = tuple(Session(**{name: session[name] for name in names}) for session in document["sessions"])
    return Results(document["machine"], document["versions"], document["startup"], sessions)
