"""The same findings on every engine: every case of every rule, and a whole district."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjk import check, load
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.models.run import RunResult
from xjk.runner.cases import run_cases
from xjk.runner.load import ENGINE_EXTRAS

DISTRICT = Path(__file__).parents[2] / "examples" / "district" / "data"
PACKS = catalogue()


@pytest.mark.parametrize("engine", ENGINE_EXTRAS)
@pytest.mark.parametrize("rule", PACKS.rules, ids=lambda rule: rule.code)
def test_every_case_of_a_rule_holds_on_every_engine(rule: Rule, engine: str) -> None:
    results = run_cases(rule, PACKS, engine)
    assert results
    assert [result for result in results if not result.holds] == []


def judged(engine: str) -> tuple[RunResult, str]:
    with load(DISTRICT, engine=engine) as ledger:
        assert ledger.engine.startswith(engine)
        return check(ledger), ledger.data_hash


@pytest.mark.parametrize("engine", ENGINE_EXTRAS)
def test_a_district_gives_the_same_result_on_every_engine(engine: str) -> None:
    (expected, expected_hash), (found, found_hash) = judged("sqlite"), judged(engine)
    assert found_hash == expected_hash
    assert expected.findings
    assert found.findings == expected.findings
    assert found.leads == expected.leads
    assert found.units == expected.units
    assert found.coverage == expected.coverage
    assert found.validation == expected.validation
