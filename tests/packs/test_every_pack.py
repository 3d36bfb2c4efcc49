"""What holds for the nine packs of this repository beside the rule contract, and would repeat itself in the tests of each."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import pytest

from xjk import PackInfo, Rule, catalogue
from xjk.reference.forms import forms
from xjk.reference.ideas import ideas, onsite_steps
from xjk.reference.standards import standards

PACKS = [pack for pack in catalogue().packs if pack.code_prefixes[0].startswith("XJK")]
NAMES = {pack.name for pack in PACKS}
RULES = [rule for rule in catalogue().rules if rule.pack in NAMES]

each_pack = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def text_of(rule: Rule) -> str:
    """Return the query or function of a rule."""
    return (Path(rule.folder) / ("rule.sql" if rule.kind == "sql" else "rule.py")).read_text("utf-8")


def test_there_is_one_pack_for_each_form() -> None:
    assert sorted(prefix for pack in PACKS for prefix in pack.code_prefixes) == [
        form.id.replace("F", "XJK") for form in forms()
    ]


def test_every_idea_is_carried_out_by_a_rule_or_a_step_on_site() -> None:
    done = {number for rule in RULES for number in rule.meta.ideas}
    done |= {number for step in onsite_steps() for number in step.ideas}
    assert sorted({idea.number for idea in ideas()} - done) == []


@each_pack
def test_a_pack_has_the_version_of_its_distribution(pack: PackInfo) -> None:
    assert pack.version == version(pack.name.replace("_", "-"))


@each_rule
def test_the_first_digit_of_a_code_is_the_form(rule: Rule) -> None:
    assert rule.meta.form == f"F{rule.code[3]}"


@each_rule
def test_a_rule_lists_exactly_the_standards_it_reads(rule: Rule) -> None:
    known = {entry.key for entry in standards()}
    assert set(rule.meta.standards) == known & set(re.findall(r"'(\w+)'", text_of(rule)))


@each_rule
def test_every_money_and_count_parameter_is_bounded(rule: Rule) -> None:
    for param in rule.meta.params.values():
        assert param.type == "bool" or (param.min is not None and param.max is not None)


@each_rule
def test_no_identity_number_reaches_subject_or_facts(rule: Rule) -> None:
    text = text_of(rule)
    final = re.split(r"(?m)^select\b", text)[-1] if rule.kind == "sql" else text.split("yield Hit(")[-1]
    shown = final.split("\nfrom ")[0] if rule.kind == "sql" else final.split("\n        )")[0]
    assert "id_no" not in shown
    assert "account_no" not in shown


@each_rule
def test_references_name_nothing_that_readers_do_not_have(rule: Rule) -> None:
    assert not [told for told in rule.meta.references if ".md" in told or ".yaml" in told]
