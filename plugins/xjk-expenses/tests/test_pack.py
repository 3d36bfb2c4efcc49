"""The pack keeps the rule contract, and no rule of it is lost."""

from __future__ import annotations

from xjk import catalogue
from xjk.testing import pack_contract

PACK = "xjk_expenses"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)


def test_all_rules_of_the_pack_are_there() -> None:
    numbers = [601, 602, 603, 604, 605, 608, 609, 611, 612, 613, 624, 625]
    assert [int(rule.code[3:]) for rule in RULES] == numbers
