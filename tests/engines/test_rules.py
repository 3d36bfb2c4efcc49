"""The same findings on every engine: every case of every rule, and a whole district."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.engines.stores import ENGINES

from xjk import check, load
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.models.run import RunResult
from xjk.rules.cases import Case, read_cases
from xjk.runner.cases import open_case

DISTRICT = Path(__file__).parents[2] / "examples" / "district" / "data"
PACKS = catalogue()

ALL_CASES = bool(os.environ.get("XJK_ALL_CASES"))

SAMPLED: Mapping[str, int] = {} if ALL_CASES else {"duckdb": 4, "postgres": 1, "spark": 1}
"""Engines on which so many cases of a rule have to do: to load a case costs five to a hundred times what SQLite takes.

``make test-engines`` runs them all.
"""

EVERY: Mapping[str, int] = {} if ALL_CASES else {"spark": 8}
"""Engines on which one rule in so many is tried; what Spark would do with the others shows in their plans."""


def tried(engine: str) -> tuple[Rule, ...]:
    """Return the rules that are tried on an engine."""
    return PACKS.rules[:: EVERY.get(engine, 1)]


TRIED = [
    pytest.param(rule, engine, id=f"{rule.code}-{engine}") for engine in ENGINES[1:] for rule in tried(engine)
]


def chosen(rule: Rule, engine: str) -> list[Case]:
    """Return the cases of a rule that are tried on an engine: all, or the last ones that must flag and must not."""
    cases = read_cases(rule).cases
    if engine not in SAMPLED:
        return list(cases)
    flagged = [case for case in cases if case.findings]
    silent = [case for case in cases if not case.findings and case.expect != "skipped"]
    half = (SAMPLED[engine] + 1) // 2
    return [*flagged[-half:], *reversed(silent)][: SAMPLED[engine]]


def broken_cases(rule: Rule, engine: str) -> dict[str, tuple[str, ...]]:
    """Return what is wrong with each case of a rule that does not hold on an engine."""
    broken = {}
    for case in chosen(rule, engine):
        with open_case(rule, case, PACKS, engine) as opened:
            assert opened.ledger.engine.startswith(engine)
            if differences := opened.differences():
                broken[case.name] = differences
    return broken


@pytest.mark.parametrize(("rule", "engine"), TRIED)
def test_every_case_of_a_rule_holds_on_every_engine(
    rule: Rule, engine: str, start: Callable[[str], None]
) -> None:
    start(engine)
    assert any(case.findings for case in chosen(rule, engine))
    assert broken_cases(rule, engine) == {}


def judged(engine: str, select: list[str]) -> tuple[RunResult, str]:
    with load(DISTRICT, engine=engine) as ledger:
        assert ledger.engine.startswith(engine)
        return check(ledger, select=select), ledger.data_hash


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_a_district_gives_the_same_result_on_every_engine(engine: str, start: Callable[[str], None]) -> None:
    start(engine)
    select = [rule.code for rule in tried(engine)]
    (expected, expected_hash), (found, found_hash) = judged("sqlite", select), judged(engine, select)
    assert found_hash == expected_hash
    assert expected.findings
    assert found.findings == expected.findings
    assert found.leads == expected.leads
    assert found.units == expected.units
    assert found.coverage == expected.coverage
    assert found.validation == expected.validation
