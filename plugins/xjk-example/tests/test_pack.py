"""The pack is admitted whole, its rules are sound, and the installed distribution says the same as the pack."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

import xjk_example
from xjk import Rule, catalogue, catalogue_of, run_cases
from xjk.reference.lexicons import lexicons

FOUND = catalogue_of({"xjk_example": xjk_example})


def test_nothing_of_the_pack_is_refused() -> None:
    assert FOUND.problems == ()
    assert [rule.code for rule in FOUND.rules] == ["EXA101", "EXA102"]


def test_the_installed_pack_is_found_through_its_entry_point() -> None:
    installed = catalogue(["xjk_example"])
    assert [pack.name for pack in installed.packs] == ["xjk_example"]
    assert installed.packs[0].version == version("xjk-example")


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_every_case_of_a_rule_holds(rule: Rule) -> None:
    results = run_cases(rule, FOUND)
    assert {result.case.name: result.differences for result in results if not result.holds} == {}


def test_the_lexicon_of_the_pack_joins_those_of_the_library() -> None:
    folders = [Path(str(folder)) for folder in FOUND.data_folders]
    tags = {lexicon.tag for lexicon in lexicons(folders)}
    assert "example_heating" in tags
