"""Every published case whose trace tables can hold is found by the rules it names, and honest books stay silent."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from tests.real_cases import RealCase, real_cases

from xjk import RunResult, check, load
from xjk.testing import simulate

CASES = tuple(real_cases())
HELD = [case for case in CASES if case.cannot is None]


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """Check an honest district among whose units each case has one of its own."""
    folder: Path = tmp_path_factory.mktemp("district") / "data"
    simulate(folder, lines=14_000, units=18, schemes=())
    planted: dict[str, list[dict[str, str]]] = defaultdict(list)
    for case in HELD:
        planted["unit"].append(
            {"unit_code": case.unit, "name": f"案例{case.number}单位", "kind": "administrative"}
        )
        for table, rows in case.tables.items():
            planted[table] += rows
    with load(folder, planted) as ledger:
        assert [problem.reason.en for problem in ledger.problems() if problem.severity == "error"] == []
        return check(ledger)


@pytest.mark.parametrize("case", HELD, ids=lambda case: f"{case.form}-{case.number}")
def test_the_rules_named_find_the_case(result: RunResult, case: RealCase) -> None:
    found = {finding.rule_id for finding in result.findings if finding.unit_code == case.unit}
    assert set(case.found_by) <= found
    assert case.found_by


def test_the_cases_make_no_honest_unit_suspect(result: RunResult) -> None:
    own = {case.unit for case in HELD} | {
        row["unit_code"] for case in HELD for row in case.tables.get("unit", ())
    }
    assert [f for f in result.findings if f.unit_code not in own and f.severity != "notice"] == []


def test_a_case_is_either_held_by_tables_or_says_why_not() -> None:
    for case in CASES:
        assert bool(case.tables) != (case.cannot is not None)
    assert len({case.number for case in CASES}) == len(CASES)
