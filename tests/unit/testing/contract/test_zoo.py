"""Every check catches the rules that are bad in its way, and lets all others pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from tests.unit.testing.contract import zoo

from xjk import catalogue_of
from xjk.models.rule import Rule
from xjk.rules.cases import read_cases
from xjk.testing.contract.checks import CHECKS
from xjk.testing.contract.pack import ContractCheck, contract_checks
from xjk.testing.contract.subject import Breach

PACKS = catalogue_of({"zoo": zoo})
CONTRACT = contract_checks("zoo", engines=["sqlite"], packs=PACKS)
EXAMPLES = 1
"""Drawn ledgers per check: the bad rules are caught by their own cases, and the good ones pass with any number."""


def expected(rule: Rule) -> set[str]:
    """Return the check that must catch a rule, from the first digits of its code; none for a good rule."""
    return {f"RC{rule.code[3:5]}"} - {"RC00"}


def checks_of(rule: Rule) -> Sequence[ContractCheck]:
    """Return the checks of a rule: of queries RC11 runs on the good one only, since two processes take a second.

    A query reaches no clock and no file: the portable subset and the engine have nothing for it.
    """
    return [
        check
        for check in CONTRACT
        if check.rule == rule.code
        and (check.check != "RC11" or rule.kind == "python" or rule.code == "ZOO001")
    ]


@cache
def breaches(code: str, check: str) -> Sequence[Breach]:
    """Run one check of one rule once, however many tests ask."""
    (found,) = [one for one in CONTRACT if (one.rule, one.check) == (code, check)]
    return found.breaches(EXAMPLES)


each_rule = pytest.mark.parametrize("rule", PACKS.rules, ids=lambda rule: Path(rule.folder).name)
each_bad_rule = pytest.mark.parametrize(
    "rule",
    [rule for rule in PACKS.rules if expected(rule)],
    ids=lambda rule: Path(rule.folder).name,
)


def test_the_zoo_is_admitted_whole() -> None:
    assert PACKS.problems == ()
    assert len(PACKS.rules) == len(list((Path(zoo.__file__).parent / "rules").glob("zoo*")))


def test_every_check_has_a_bad_rule() -> None:
    assert {check.id for check in CHECKS} == set().union(*map(expected, PACKS.rules))


def test_a_query_and_a_python_rule_keep_the_whole_contract() -> None:
    assert {"sql", "python"} == {rule.kind for rule in PACKS.rules if not expected(rule)}


@each_rule
def test_a_rule_is_caught_by_its_check_and_by_no_other(rule: Rule) -> None:
    found = {check.check: breaches(rule.code, check.check) for check in checks_of(rule)}
    told = {check: [one.text() for one in ones] for check, ones in found.items() if ones}
    assert expected(rule) == told.keys(), told


@each_bad_rule
def test_a_breach_names_a_place_and_speaks_both_languages(rule: Rule) -> None:
    (check,) = expected(rule)
    cases = {case.name for case in read_cases(rule).cases}
    for breach in breaches(rule.code, check):
        assert re.search(r"[一-鿿]", breach.what.zh), breach
        assert re.search(r"[A-Za-z]{3}", breach.what.en), breach
        assert (
            breach.where in cases
            or breach.where.startswith(rule.folder)
            or re.match(r"planted\(|records\(|simulate\(|empty books$", breach.where)
        ), breach


@each_bad_rule
def test_a_failing_check_tells_every_breach_under_its_own_title(rule: Rule) -> None:
    (check,) = expected(rule)
    (found,) = [one for one in CONTRACT if (one.rule, one.check) == (rule.code, check)]
    again = ContractCheck("zoo", check, rule.code, found.engine, lambda _: tuple(breaches(rule.code, check)))
    title = next(one.title for one in CHECKS if one.id == check)
    with pytest.raises(AssertionError) as failed:
        again.verify(EXAMPLES)
    head, *lines = str(failed.value).split("\n- ")
    assert head == f"{again}: {title.en} {title.zh}"
    assert lines == [breach.text() for breach in breaches(rule.code, check)]
