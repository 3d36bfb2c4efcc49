"""The pack keeps the rule contract, and no rule of it is lost."""

from __future__ import annotations

from xjk import catalogue
from xjk.testing import pack_contract

PACK = "xjk_other"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)


def test_all_rules_of_the_pack_are_there() -> None:
    assert [int(rule.code[3:]) for rule in RULES] == [
        901,
        902,
        903,
        904,
        905,
        906,
        907,
        908,
        909,
        910,
        911,
        912,
        913,
        914,
        915,
        916,
    ]
