"""The pack is admitted whole, its rules are sound, and the installed distribution says the same as the pack."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

import xjk_example
from xjk.hooks.manager import catalogue, catalogue_of
from xjk.models.rule import Rule
from xjk.reference.lexicons import lexicons
from xjk.rules.cases import read_cases
from xjk.rules.detect import load_detect
from xjk.rules.sql_text import read_sql

FOUND = catalogue_of({"xjk_example": xjk_example})


def test_nothing_of_the_pack_is_refused() -> None:
    assert FOUND.problems == ()
    assert [rule.code for rule in FOUND.rules] == ["EXA101", "EXA102"]


def test_the_installed_pack_is_found_through_its_entry_point() -> None:
    installed = catalogue(["xjk_example"])
    assert [pack.name for pack in installed.packs] == ["xjk_example"]
    assert installed.packs[0].version == version("xjk-example")


@pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)
def test_a_rule_can_be_loaded_and_its_cases_read(rule: Rule) -> None:
    if rule.kind == "sql":
        assert read_sql(rule).lstrip().startswith("--")
    else:
        assert load_detect(rule).__name__ == "detect"
    assert read_cases(rule).of("must_flag")


def test_the_lexicon_of_the_pack_joins_those_of_the_library() -> None:
    folders = [Path(str(folder)) for folder in FOUND.data_folders]
    tags = {lexicon.tag for lexicon in lexicons(folders)}
    assert "example_heating" in tags
