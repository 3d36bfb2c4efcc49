"""Write the tables and the plot of ``docs/explanation/performance.md`` from ``results/performance.json``.

What people wrote on the page stays; what lies between ``<!-- figures: NAME -->`` and ``<!-- end -->`` is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from figures import Results, Session, read
from goals import goals
from plot import plot
from series import AGAINST, ENGINES
from stages import STAGES

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "explanation" / "performance.md"
PLOT = PAGE.with_suffix(".svg")
RESULTS = HERE / "results" / "performance.json"

_SECTION = re.compile(r"(<!-- figures: (?P<name>[a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Write the page and the plot."""
    results = read(RESULTS)
    page = PAGE.read_text(encoding="utf-8")

    def section(match: re.Match[str]) -> str:
        return f"{match[1]}\n{SECTIONS[match['name']](results)}\n\n{match[3]}"

    PAGE.write_text(_SECTION.sub(section, page), encoding="utf-8")
    PLOT.write_text(plot(_panels(results)), encoding="utf-8")


def _panels(results: Results) -> Mapping[str, Mapping[str, Sequence[tuple[float, float]]]]:
    return {
        "Twelve rules, CSV to hits": _curves(results.of("rules"), [f"{name}, CSV" for name in AGAINST]),
        "Every table and rule, CSV to findings": _curves(
            results.of("engines"), [f"{name}, CSV" for name in ENGINES]
        ),
    }


def _curves(sessions: Sequence[Session], names: Iterable[str]) -> dict[str, list[tuple[float, float]]]:
    """Return the points of each contestant that has any."""
    curves: dict[str, list[tuple[float, float]]] = {}
    for name in names:
        for session in sessions:
            if (seconds := session.value(name)) is not None:
                curves.setdefault(name.removesuffix(", CSV"), []).append((session.lines, seconds))
    return curves


def machine(results: Results) -> str:
    """Tell the machine and the versions."""
    machine, versions = results.machine, results.versions
    return _table(
        ("What", "Which"),
        [
            ("Processor", f"{machine['processor']}, {machine['cores']} cores"),
            ("Memory", f"{machine['memory_mb'] / 1024:.0f} GB"),
            ("System", machine["system"]),
            *((name, version) for name, version in versions.items()),
        ],
    )


def sizes(results: Results) -> str:
    """Tell the rows of the larger tables at each size."""
    sessions = [session for session in results.of("engines") if session.rows]
    tables = sorted(
        {table for session in sessions for table in session.rows or {}},
        key=lambda table: -max((session.rows or {}).get(table, 0) for session in sessions),
    )
    rows = [(f"`{t}`", *(f"{(s.rows or {}).get(t, 0):,}" for s in sessions)) for t in tables[:_LARGEST]]
    total = [f"{sum((session.rows or {}).values()):,}" for session in sessions]
    return _table(("Table", *(_size(session) for session in sessions)), [*rows, ("all tables", *total)])


_LARGEST = 14


def rules(results: Results) -> str:
    """Tell how many hits each rule has at each size, the same for every contestant."""
    sessions = results.of("rules")
    codes = sorted({code for session in sessions for code in session.hits})
    rows = [(code, *(f"{session.hits.get(code, 0):,}" for session in sessions)) for code in codes]
    return _table(("Rule", *(_size(session) for session in sessions)), rows)


def against(results: Results) -> str:
    """Compare the library with what a user would write, at each size."""
    return "\n\n".join(_against(session) for session in results.of("rules"))


def _against(session: Session) -> str:
    rows = [
        (
            name,
            *(_seconds(session.value(f"{name}, {kind}")) for kind in ("CSV", "Parquet")),
            *(
                _times(session.ratio(f"xjk on DuckDB, {kind}", f"{name}, {kind}"))
                for kind in ("CSV", "Parquet")
            ),
            _seconds(session.value(f"{name}, CSV", "processor_seconds")),
            _megabytes(session.value(f"{name}, CSV", "peak_mb")),
        )
        for name in AGAINST
        if f"{name}, CSV" in session.measured
    ]
    header = (
        "",
        "CSV",
        "Parquet",
        "xjk on DuckDB takes, CSV",
        "Parquet",
        "Processor time, CSV",
        "Peak memory, CSV",
    )
    return f"{_size(session)}, median of {session.runs}:\n\n{_table(header, rows)}"


def row_rules(results: Results) -> str:
    """Compare the library with row predicates."""
    rows = [
        (_size(session), name, _seconds(session.value(name)), _times(session.ratio(name, "rule-engine, CSV")))
        for session in results.of("row rules")
        for name in session.measured
    ]
    return _table(("Voucher lines", "", "Time", "Against rule-engine"), rows)


def six_rules(results: Results) -> str:
    """Compare SQLite with DuckDB on six rules."""
    rows = [
        (_size(session), name, _seconds(session.value(name)), _times(session.ratio(name, "DuckDB, CSV")))
        for session in results.of("six rules")
        for name in session.measured
    ]
    return _table(("Voucher lines", "", "Load and check", "Against DuckDB"), rows)


def engines(results: Results) -> str:
    """Tell what each engine takes for every table and rule."""
    rows = []
    for session in results.of("engines"):
        for name in session.measured:
            if (failed := session.failure(name)) is not None:
                rows.append((_size(session), name, "failed", failed[:80], "", "", ""))
                continue
            findings = session.value(name, "findings")
            rows.append(
                (
                    _size(session),
                    name,
                    _seconds(session.value(name, "load_seconds") or session.value(name)),
                    _seconds(session.value(name, "check_seconds")),
                    _seconds(session.value(name)),
                    _megabytes(session.value(name, "peak_mb")),
                    "" if findings is None else f"{findings:,.0f}",
                )
            )
    return _table(("Voucher lines", "", "Load", "Check", "Together", "Peak memory", "Findings"), rows)


def parts(results: Results) -> str:
    """Tell where the library's time goes."""
    stages = list(dict.fromkeys(stage for stage, _ in STAGES))
    ordered = [stage for stage in _IN_ORDER if stage in stages]
    rows = [
        (_size(session), name, *(_seconds(session.stage(name, stage)) for stage in ordered))
        for session in results.of("engines")
        for name in session.measured
        if session.stage(name, *ordered) is not None
    ]
    return _table(("Voucher lines", "", *(stage.capitalize() for stage in ordered)), rows)


_IN_ORDER = ("read and validate", "check across rows", "derive", "rules", "findings", "data hash")


def growth(results: Results) -> str:
    """Tell the time per million voucher lines."""
    sessions = results.of("engines")
    rows = [
        (
            name,
            *(
                _seconds(None if (s := session.value(f"{name}, CSV")) is None else s / session.lines * 1e6)
                for session in sessions
            ),
        )
        for name in ENGINES
        if any(f"{name}, CSV" in session.measured for session in sessions)
    ]
    return _table(("Per million voucher lines", *(_size(session) for session in sessions)), rows)


def number_of_rules(results: Results) -> str:
    """Tell what more rules cost."""
    rows = []
    for session in results.of("number of rules"):
        for engine in ("DuckDB", "SQLite"):
            names = [name for name in session.measured if name.startswith(f"{engine},")]
            counts = [session.value(name, "rules") or 0 for name in names]
            checks = [session.value(name, "check_seconds") or 0 for name in names]
            for place, (name, count, check) in enumerate(zip(names, counts, checks, strict=True)):
                more = place and count > counts[place - 1]
                each = (check - checks[place - 1]) / (count - counts[place - 1]) if more else None
                rows.append(
                    (
                        _size(session),
                        engine,
                        f"{count:.0f}",
                        _seconds(check),
                        _times(check / checks[place - 1]) if more else "",
                        "" if each is None else f"{each * 1000:.0f} ms",
                        _seconds(session.value(name)),
                    )
                )
    header = ("Voucher lines", "Engine", "Rules", "Check", "Against half", "One more rule", "With loading")
    return _table(header, rows)


def start(results: Results) -> str:
    """Tell how long commands take to start."""
    rows = [(f"`{what}`", f"{seconds * 1000:.0f} ms") for what, seconds in results.startup.items()]
    return _table(("Command", "Beyond Python's own start"), rows)


def reached(results: Results) -> str:
    """Tell for each goal whether it is met."""
    return _table(
        ("Goal", "Wanted", "Measured", "Where", "Met"),
        [(g.what, g.wanted, g.measured, g.where, g.verdict) for g in goals(results)],
    )


SECTIONS: Mapping[str, Callable[[Results], str]] = {
    "goals": reached,
    "machine": machine,
    "sizes": sizes,
    "rules": rules,
    "against": against,
    "row rules": row_rules,
    "six rules": six_rules,
    "engines": engines,
    "parts": parts,
    "growth": growth,
    "number of rules": number_of_rules,
    "start": start,
}


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _size(session: Session) -> str:
    return f"{session.lines:,} lines"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} s"


def _megabytes(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f} MB"


def _times(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}×"


if __name__ == "__main__":
    main()
