"""Every case of every rule of the pack, run the way a user runs the rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

import xjk_invoices
from xjk.models.rule import Rule
from xjk.reference.basis import instrument
from xjk.reference.standards import standards
from xjk.rules.cases import read_cases
from xjk.rules.folder import read_rules
from xjk.runner.cases import CaseResult, run_cases

RULES, BROKEN = read_rules(Path(xjk_invoices.__file__).parent / "rules", "xjk_invoices")
CASES = [(rule, case.name) for rule in RULES for case in read_cases(rule).cases]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


@cache
def results(code: str) -> Sequence[CaseResult]:
    """Run the cases of one rule once, however many tests ask."""
    return run_cases(next(rule for rule in RULES if rule.code == code))


def test_no_rule_folder_is_broken() -> None:
    assert [error.text("en") for error in BROKEN] == []


@pytest.mark.parametrize(("rule", "name"), CASES, ids=[f"{rule.code}-{name}" for rule, name in CASES])
def test_a_case_holds(rule: Rule, name: str) -> None:
    result = next(result for result in results(rule.code) if result.case.name == name)
    assert result.differences == ()


@each_rule
def test_codes_belong_to_form_seven(rule: Rule) -> None:
    assert rule.code.startswith("XJK7")
    assert rule.meta.form == "F7"


@each_rule
def test_every_legal_basis_is_a_known_article_of_a_known_version(rule: Rule) -> None:
    for basis in rule.meta.basis:
        known = instrument(basis.instrument)
        assert known is not None
        version = next((entry for entry in known.versions if str(entry.version) == basis.version), None)
        assert version is not None
        assert known.article_on(basis.article, version.version) is not None


@each_rule
def test_every_standard_it_reads_is_known(rule: Rule) -> None:
    assert set(rule.meta.standards) <= {entry.key for entry in standards()}


@each_rule
def test_every_money_and_count_parameter_is_bounded(rule: Rule) -> None:
    for param in rule.meta.params.values():
        assert param.type == "bool" or (param.min is not None and param.max is not None)
