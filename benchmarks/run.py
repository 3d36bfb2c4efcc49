"""Measure, and write what was measured.

Without arguments: a small district, three runs, in a few minutes; the figures are printed. With ``--full``: the sizes
and runs of the page on performance; the figures go to ``results/performance.json``, where those of a series and a size
replace the earlier ones, and ``report.py`` writes the page from them. Contestants take turns, so that a change in the
machine's speed meets all of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data import cache, district
from measure import Figures, measure
from series import SERIES, Series
from startup import startup

RESULTS = Path(__file__).parent / "results" / "performance.json"
SMALL, SMALL_RUNS = 100_000, 3
LIBRARIES = ("xjk", "duckdb", "polars", "pandas", "pyarrow", "rule-engine", "psycopg", "pyspark")

NOT_THERE = ("EngineMissingError", "ExtraMissingError", "has no option")
"""What a contestant says that this installation does not offer; it is left out."""


def main(arguments: Sequence[str]) -> None:
    """Measure the series and sizes asked for."""
    wanted = _arguments(arguments)
    results = _read(wanted.results) if wanted.full else {"sessions": []}
    results |= {"machine": _machine(), "versions": _versions(), "startup": startup()}
    failed: list[str] = []
    for name in wanted.series or SERIES:
        series = SERIES[name]
        for lines in wanted.lines or (series.runs if wanted.full else (SMALL,)):
            runs = wanted.runs or (series.runs.get(lines, 3) if wanted.full else SMALL_RUNS)
            session = {"series": name, **_measured(series, lines, runs, wanted.without)}
            results["sessions"] = [
                *(s for s in results["sessions"] if (s["series"], s["lines"]) != (name, lines)),
                session,
            ]
            _show(session)
            failed += [
                f"{who} ({name}, {lines:,} lines)"
                for who, figures in session["measured"].items()
                if "failed" in figures[-1]
            ]
            if wanted.full:
                _write(wanted.results, results)
    for what, seconds in results["startup"].items():
        print(f"{what}: {seconds * 1000:.0f} ms beyond Python's own start")
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--full", action="store_true", help="the sizes of the page, written to the results")
    parser.add_argument(
        "--series", action="append", choices=tuple(SERIES), help="only this series; may be repeated"
    )
    parser.add_argument("--lines", action="append", type=int, help="voucher lines; may be repeated")
    parser.add_argument("--runs", type=int, help="runs of each contestant")
    parser.add_argument(
        "--without", action="append", default=[], help="leave out contestants whose name has this in it"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, help="file of the results")
    return parser.parse_args(arguments)


def _measured(series: Series, lines: int, runs: int, without: Sequence[str]) -> dict[str, Any]:
    """Let the contestants of a series take turns and return their figures.

    Raises:
        SystemExit: two contestants do not find the same.
    """
    folders = district(lines)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=cache()))
    try:
        contestants = {
            name: specification
            for name, specification in series.contestants(folders, work).items()
            if not any(part in name for part in without)
        }
        measured: dict[str, list[Figures]] = {}
        hits: dict[str, list[list[Any]]] = {}
        for turn in range(runs):
            for name, specification in list(contestants.items()):
                figures = measure(specification)
                told = figures.get("failed", "")
                print(f"{lines:,} lines, run {turn + 1}, {name}: {told or _brief(figures)}", file=sys.stderr)
                if any(mark in told for mark in NOT_THERE):
                    del contestants[name]
                    continue
                if told:
                    del contestants[name]  # it would fail again
                if "hits" in figures:
                    hits[name] = figures.pop("hits")
                    figures["findings"] = len(hits[name])
                measured.setdefault(name, []).append(figures)
            if series.same_hits:
                _compare(hits)
    finally:
        shutil.rmtree(work)
    found = next(iter(hits.values()), [])
    rows = next((f.pop("rows") for f in _all(measured) if "rows" in f), None)
    for figures in _all(measured):
        figures.pop("rows", None)
    return {
        "lines": lines,
        "runs": runs,
        "rows": rows,
        "hits": dict(sorted(Counter(str(hit[0]) for hit in found).items())),
        "hits_sha256": hashlib.sha256(json.dumps(found, ensure_ascii=False).encode()).hexdigest(),
        "measured": measured,
    }


def _all(measured: Mapping[str, Sequence[Figures]]) -> list[Figures]:
    return [figures for runs in measured.values() for figures in runs]


def _compare(hits: Mapping[str, list[list[Any]]]) -> None:
    """Stop unless all contestants found the same."""
    first = next(iter(hits), None)
    for name in hits:
        if hits[name] != hits[str(first)]:
            ours, theirs = ({tuple(hit) for hit in hits[str(who)]} for who in (first, name))
            raise SystemExit(
                f'"{first}" and "{name}" do not find the same.\n'
                f"Only the first: {sorted(ours - theirs)[:5]}\nOnly the second: {sorted(theirs - ours)[:5]}"
            )


def _brief(figures: Figures) -> str:
    return f"{figures['seconds']:.2f} s, {figures['peak_mb']:.0f} MB"


def _show(session: Mapping[str, Any]) -> None:
    """Print the medians of a session."""
    print(f"{session['series']}, {session['lines']:,} voucher lines, median of {session['runs']}")
    for name, runs in session["measured"].items():
        done = [figures for figures in runs if "failed" not in figures]
        if done:
            seconds = statistics.median(figures["seconds"] for figures in done)
            peak = statistics.median(figures["peak_mb"] for figures in done)
            print(f"  {name:<32} {seconds:8.2f} s {peak:8.0f} MB")
        if "failed" in runs[-1]:
            print(f"  {name:<32} failed: {runs[-1]['failed']}")


def _machine() -> dict[str, Any]:
    """Return what the figures depend on besides the software."""
    memory = next(
        int(line.split()[1]) // 1024
        for line in Path("/proc/meminfo").read_text().splitlines()
        if "MemTotal" in line
    )
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    return {"processor": model, "cores": os.cpu_count(), "memory_mb": memory, "system": platform.platform()}


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    return found | {name: version(name) for name in LIBRARIES}


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {"sessions": []}
    results: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return results


def _write(file: Path, results: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
