"""The pack is admitted whole, and every case of every rule holds on the default engine."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

import xjk_services
from xjk.hooks.manager import catalogue, catalogue_of
from xjk.models.rule import Rule
from xjk.reference.basis import instrument
from xjk.reference.standards import standards
from xjk.rules.cases import read_cases
from xjk.runner.cases import CaseResult, run_cases

FOUND = catalogue_of({"xjk_services": xjk_services})
RULES = {rule.code: rule for rule in FOUND.rules}
CASES = [(rule.code, case.name) for rule in FOUND.rules for case in read_cases(rule).cases]

_results: dict[str, dict[str, CaseResult]] = {}


def results_of(code: str) -> dict[str, CaseResult]:
    """Run the cases of a rule once and keep what became of them."""
    if code not in _results:
        _results[code] = {result.case.name: result for result in run_cases(RULES[code], FOUND)}
    return _results[code]


def test_nothing_of_the_pack_is_refused() -> None:
    assert FOUND.problems == ()
    assert sorted(RULES) == [f"XJK{number}" for number in range(301, 316)]


def test_the_installed_pack_is_found_through_its_entry_point() -> None:
    installed = catalogue(["xjk_services"])
    assert [pack.name for pack in installed.packs] == ["xjk_services"]
    assert installed.packs[0].version == version("xjk-services")


@pytest.mark.parametrize(("code", "name"), CASES, ids=lambda value: value)
def test_a_case_holds(code: str, name: str) -> None:
    result = results_of(code)[name]
    assert result.holds, "\n".join(result.differences)


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_a_rule_rests_on_articles_and_standards_that_exist(rule: Rule) -> None:
    for basis in rule.meta.basis:
        known = instrument(basis.instrument)
        assert known is not None, basis.instrument
        assert basis.version in {str(entry.version) for entry in known.versions}, basis
        assert basis.article in {entry.article for entry in known.articles}, basis
    assert set(rule.meta.standards) <= {entry.key for entry in standards()}


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_a_rule_lists_exactly_the_standards_it_reads(rule: Rule) -> None:
    text = (Path(rule.folder) / ("rule.sql" if rule.kind == "sql" else "rule.py")).read_text("utf-8")
    assert set(rule.meta.standards) == {entry.key for entry in standards()} & set(
        re.findall(r"'(\w+)'", text)
    )


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_the_page_explains_every_parameter_of_use(rule: Rule) -> None:
    assert [name for name in rule.meta.params if f"**{name}**" not in rule.page] == []


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_no_identity_number_reaches_subject_or_facts(rule: Rule) -> None:
    text = (Path(rule.folder) / ("rule.sql" if rule.kind == "sql" else "rule.py")).read_text("utf-8")
    final = text.split("\nselect\n")[-1] if rule.kind == "sql" else text.split("yield Hit(")[-1]
    shown = final.split("\nfrom ")[0] if rule.kind == "sql" else final.split("\n        )")[0]
    assert "id_no" not in shown
    assert "account_no" not in shown
