"""The pack keeps the rule contract, and no rule of it is lost."""

from __future__ import annotations

from xjk import catalogue
from xjk.testing import pack_contract

PACK = "xjk_revenue"
RULES = catalogue([PACK]).rules

test_pack = pack_contract(PACK)


def test_all_rules_of_the_pack_are_there() -> None:
    assert [int(rule.code[3:]) for rule in RULES] == [
        401,
        402,
        403,
        404,
        405,
        408,
        410,
        412,
        413,
        414,
        415,
        416,
        417,
        418,
        420,
        421,
    ]
