"""Measure how right the rules are: silent on honest districts, and finding what is planted in others.

Honest districts hold every innocent look-alike; whatever is found there is false. Findings of severity notice rank and
do not accuse, and are counted beside. Prints the figures and writes them to ``results/precision.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from xjk import check, load
from xjk.testing import simulate
from xjk.testing.scoring.compare import score
from xjk.testing.scoring.truth import find_truth, read_truth

SEEDS = (11, 12, 13, 14, 15)
LINES, UNITS, YEARS = 200_000, 180, 2
RESULTS = Path(__file__).parent / "results" / "precision.json"

WARNINGS_PER_UNIT_AND_YEAR = 0.2
RECALL_PERCENT = 95


def main() -> int:
    """Measure, print and write; return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--units", type=int, default=UNITS)
    parser.add_argument("--dry", action="store_true", help="print only")
    wanted = parser.parse_args()
    figures = {
        "lines": wanted.lines,
        "units": wanted.units,
        "years": YEARS,
        "honest": [honest(seed, wanted.lines, wanted.units) for seed in wanted.seeds],
        "planted": [planted(seed, wanted.lines, wanted.units) for seed in wanted.seeds],
    }
    if not wanted.dry:
        RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    missed = missed_goals(figures)
    print("\n".join(missed) or "Every goal is reached.")
    return 1 if missed else 0


def honest(seed: int, lines: int, units: int) -> dict[str, Any]:
    """Check a district in which nothing is planted."""
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as folder:
        counts = simulate(
            f"{folder}/data", lines=lines, units=units, years=YEARS, seed=seed, schemes=()
        ).counts
        with load(f"{folder}/data") as ledger:
            result = check(ledger)
    by_severity = Counter(finding.severity for finding in result.findings)
    by_rule = Counter(f"{finding.severity} {finding.rule_id}" for finding in result.findings)
    print(
        f"seed {seed}, honest, {counts['voucher_line']:,} lines: {dict(by_severity)} {dict(by_rule)}",
        flush=True,
    )
    return {
        "seed": seed,
        "voucher_lines": counts["voucher_line"],
        "findings": dict(sorted(by_severity.items())),
        "rules": dict(sorted(by_rule.items())),
        "incomplete": [run.rule_id for run in result.coverage.rules if run.status != "ran"],
    }


def planted(seed: int, lines: int, units: int) -> dict[str, Any]:
    """Check a district in which every scheme is planted once."""
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as folder:
        simulate(f"{folder}/data", lines=lines, units=units, years=YEARS, seed=seed)
        truth = read_truth(find_truth([Path(folder) / "data"]))
        with load(f"{folder}/data") as ledger:
            scored = score(check(ledger, unmask=True), truth)
    missed = [scheme.id for scheme in scored.missed]
    print(f"seed {seed}, planted: {scored.recall.part} of {scored.recall.whole}, missed {missed}", flush=True)
    return {
        "seed": seed,
        "forms": {form.form: [form.schemes.part, form.schemes.whole] for form in scored.forms},
        "missed": missed,
        "on_honest_units": {each.severity: each.on_honest for each in scored.severities},
        "units_planted": scored.ranking.units,
        "at_top": [scored.ranking.at_top.part, scored.ranking.at_top.whole],
    }


def missed_goals(figures: dict[str, Any]) -> list[str]:
    """Say in one sentence each which goals are not reached."""
    missed = []
    for one in figures["honest"]:
        years = figures["units"] * figures["years"]
        found, per_year = one["findings"], one["findings"].get("warning", 0) / years
        if found.get("serious"):
            missed.append(f"seed {one['seed']}: {found['serious']} serious findings on an honest district")
        if per_year > WARNINGS_PER_UNIT_AND_YEAR:
            missed.append(f"seed {one['seed']}: {per_year:.2f} warnings per honest unit and year")
    found = Counter[str]()
    there = Counter[str]()
    for one in figures["planted"]:
        for form, (part, whole) in one["forms"].items():
            found[form] += part
            there[form] += whole
    missed += [
        f"{form}: {found[form]} of {there[form]} planted schemes found"
        for form in sorted(there)
        if found[form] * 100 < RECALL_PERCENT * there[form]
    ]
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
