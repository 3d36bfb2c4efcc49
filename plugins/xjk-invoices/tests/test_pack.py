"""The pack keeps the rule contract, and its rules are those of form F7."""

from __future__ import annotations

import pytest

from xjk import Rule, catalogue
from xjk.testing import pack_contract

PACK = "xjk_invoices"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_all_rules_of_the_pack_are_there() -> None:
    assert [rule.code for rule in RULES] == [f"XJK{number}" for number in range(701, 715)]


@each_rule
def test_codes_belong_to_form_seven(rule: Rule) -> None:
    assert rule.meta.form == "F7"


@each_rule
def test_every_money_and_count_parameter_is_bounded(rule: Rule) -> None:
    for param in rule.meta.params.values():
        assert param.type == "bool" or (param.min is not None and param.max is not None)
