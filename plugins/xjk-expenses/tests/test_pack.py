"""The pack keeps the rule contract, and no rule of it is lost."""

from __future__ import annotations

from xjk import catalogue
from xjk.testing import pack_contract

PACK = "xjk_expenses"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)


def test_all_rules_of_the_pack_are_there() -> None:
    assert [int(rule.code[3:]) for rule in RULES] == [
        601,
        602,
        603,
        604,
        605,
        606,
        607,
        608,
        609,
        610,
        611,
        612,
        613,
        614,
        615,
        616,
        617,
        619,
        620,
        623,
        624,
        625,
        626,
    ]
