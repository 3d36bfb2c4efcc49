"""The pack keeps the rule contract, its rules are those of form F4, and none shows an identity number."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from xjk import Rule, catalogue
from xjk.reference.standards import standards
from xjk.testing import pack_contract

PACK = "xjk_revenue"
FOUND = catalogue([PACK])

test_pack = pack_contract(PACK)

each_rule = pytest.mark.parametrize("rule", FOUND.rules, ids=lambda rule: rule.code)


def text_of(rule: Rule) -> str:
    """Return the query or function of a rule."""
    return (Path(rule.folder) / ("rule.sql" if rule.kind == "sql" else "rule.py")).read_text("utf-8")


def test_all_rules_of_the_pack_are_there() -> None:
    assert [int(rule.code[3:]) for rule in FOUND.rules] == [414, 416, 417, 418, 421]


def test_the_pack_has_the_version_of_its_distribution() -> None:
    assert [pack.version for pack in FOUND.packs] == [version("xjk-revenue")]


@each_rule
def test_a_rule_lists_exactly_the_standards_it_reads(rule: Rule) -> None:
    known = {entry.key for entry in standards()}
    assert set(rule.meta.standards) == known & set(re.findall(r"'(\w+)'", text_of(rule)))


@each_rule
def test_no_identity_number_reaches_subject_or_facts(rule: Rule) -> None:
    text = text_of(rule)
    final = text.split("\nselect\n")[-1] if rule.kind == "sql" else text.split("yield Hit(")[-1]
    shown = final.split("\nfrom ")[0] if rule.kind == "sql" else final.split("\n        )")[0]
    assert "id_no" not in shown
    assert "account_no" not in shown
