"""The pack keeps the rule contract, and no rule of it is lost."""

from __future__ import annotations

from xjk import catalogue
from xjk.testing import pack_contract

PACK = "xjk_entities"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)


def test_all_rules_of_the_pack_are_there() -> None:
    assert [int(rule.code[3:]) for rule in RULES] == [
        501,
        502,
        503,
        504,
        505,
        506,
        507,
        508,
        509,
    ]
