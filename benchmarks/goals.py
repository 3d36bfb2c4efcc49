"""The goals, each with what was measured at the largest size that was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from figures import Results, Session


@dataclass(frozen=True, slots=True)
class Goal:
    """Be one goal and how far it was reached; ``verdict`` is yes, no, or not measured."""

    what: str
    wanted: str
    measured: str = ""
    where: str = ""
    verdict: str = "not measured"


_TITLES = {
    "rules": "Twelve rules",
    "row rules": "Four row rules",
    "six rules": "All tables and six rules",
}


def goals(results: Results) -> Iterator[Goal]:
    """Yield every goal."""
    for name, most in (("DuckDB SQL", 1.0), ("Polars", 1.0), ("pandas", 0.35)):
        for kind in ("CSV", "Parquet"):
            yield _ratio(results, "rules", f"xjk on DuckDB, {kind}", f"{name}, {kind}", most)
    yield _ratio(results, "row rules", "xjk on DuckDB, CSV", "rule-engine, CSV", 0.02)
    yield _figure(
        results, "Reading and validating, DuckDB", "at least 400,000 lines/s at 10 M", 10_000_000, _lines_per_second,
        lambda speed: speed >= 400_000, "{:,.0f} lines/s",
    )  # fmt: skip
    yield _figure(
        results, "Peak memory, CSV to findings with every rule, DuckDB", "under 8 GB at 10 M", 10_000_000,
        lambda session: session.value("DuckDB, CSV", "peak_mb"), lambda peak: peak < 8 * 1024, "{:,.0f} MB",
    )  # fmt: skip
    yield _figure(
        results, "The same within a memory limit of 2 GB", "completes at 10 M", 10_000_000,
        lambda session: session.value("DuckDB within 2 GB, CSV"), lambda _: True, "completes in {:.1f} s",
    )  # fmt: skip
    yield _ratio(results, "six rules", "SQLite in two processes, CSV", "DuckDB, CSV", 4.0, lines=5_000_000)
    yield _ratio(results, "six rules", "SQLite, CSV", "DuckDB, CSV", 12.0, lines=1_000_000)
    yield _figure(
        results, "Reading and validating into SQLite against csv and executemany", "at most 3.00×", 1_000_000,
        _overhead, lambda ratio: ratio <= 3, "{:.2f}×",
    )  # fmt: skip
    for engine in ("DuckDB", "SQLite"):
        yield _doubling(results, engine)
    yield _same_findings(results, "Spark, CSV")


def _ratio(
    results: Results, series: str, name: str, other: str, most: float, lines: int | None = None
) -> Goal:
    """Compare two contestants, at one size or at the largest."""
    ours, _, kind = name.partition(", ")
    theirs = other.removesuffix(f", {kind}")
    what, wanted = f"{_TITLES[series]}, {kind}: {ours} against {theirs}", f"at most {most:.2f}×"
    for session in reversed(results.of(series)):
        if lines in (None, session.lines) and (ratio := session.ratio(name, other)) is not None:
            return Goal(what, wanted, f"{ratio:.2f}×", f"{session.lines:,} lines", _verdict(ratio <= most))
    return Goal(what, wanted)


def _figure(
    results: Results,
    what: str,
    wanted: str,
    lines: int,
    of: Callable[[Session], float | None],
    is_met: Callable[[float], bool],
    shown: str,
) -> Goal:
    """Judge one figure; at a smaller size than wanted it is shown but not judged."""
    for session in reversed(results.of("engines")):
        value = of(session)
        if session.lines <= lines and value is not None:
            verdict = _verdict(is_met(value)) if session.lines == lines else "not measured at that size"
            return Goal(what, wanted, shown.format(value), f"{session.lines:,} lines", verdict)
    return Goal(what, wanted)


def _lines_per_second(session: Session) -> float | None:
    seconds = session.stage("DuckDB, CSV", "read and validate", "check across rows")
    return session.lines / seconds if seconds else None


def _overhead(session: Session) -> float | None:
    ours, bare = session.stage("SQLite, CSV", "read and validate"), session.value("csv and executemany")
    return ours / bare if ours and bare else None


def _doubling(results: Results, engine: str) -> Goal:
    what, wanted = f"Checking with twice the rules against once, {engine}", "less than 2.00×"
    for session in reversed(results.of("number of rules")):
        once, twice = (session.value(f"{engine}, {share}", "check_seconds") for share in ("1", "2"))
        if once and twice:
            ratio = twice / once
            return Goal(what, wanted, f"{ratio:.2f}×", f"{session.lines:,} lines", _verdict(ratio < 2))
    return Goal(what, wanted)


def _same_findings(results: Results, name: str) -> Goal:
    """Say whether an engine ran; a run whose findings differ from the others' writes no results at all."""
    what, wanted = f"{name}: the same findings", "the same"
    for session in reversed(results.of("engines")):
        if session.done(name):
            return Goal(what, wanted, "the same", f"{session.lines:,} lines", "yes")
    return Goal(what, wanted)


def _verdict(is_met: bool) -> str:
    return "yes" if is_met else "**no**"
