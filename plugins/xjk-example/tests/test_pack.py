"""The pack is admitted whole, its rules are sound, and the installed distribution says the same as the pack."""

from __future__ import annotations

from contextlib import closing
from importlib.metadata import version

import pytest

import xjk_example
from xjk import Rule, catalogue, catalogue_of, load, run_cases

FOUND = catalogue_of({"xjk_example": xjk_example})


def test_nothing_of_the_pack_is_refused() -> None:
    assert FOUND.problems == ()
    assert FOUND.rules


def test_the_installed_pack_is_found_through_its_entry_point() -> None:
    installed = catalogue(["xjk_example"])
    assert [pack.name for pack in installed.packs] == ["xjk_example"]
    assert installed.packs[0].version == version("xjk-example")


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_every_case_of_a_rule_holds(rule: Rule) -> None:
    results = run_cases(rule, FOUND)
    assert {result.case.name: result.differences for result in results if not result.holds} == {}


def test_words_of_the_pack_are_found_in_texts() -> None:
    payment = {
        "payment_id": "p1", "unit_code": "U1", "paid_on": "2024-03-01", "amount": "1.00", "payee_name": "甲公司",
        "purpose": "取暖费",
    }  # fmt: skip
    with load({"payment": [payment]}, packs=FOUND) as ledger, closing(ledger.session()) as session:
        tags = {str(tag) for (tag,) in session.query("select tag from text_tag")}
    assert "example_heating" in tags
