"""No rule multiplies large tables: what Spark would do with every query, over tables too large to broadcast."""

from __future__ import annotations

import os

import pytest
from tests.unit.engines.spark_plans import plan, queries

from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule

PACKS = catalogue()
TRIED = PACKS.rules if os.environ.get("XJK_ALL_CASES") else PACKS.rules[::3]
"""Rules whose plans are looked at; ``make test-engines`` looks at all."""

BY_RANGE = {
    "XJK106": "standards by the day they hold",
    "XJK213": "standards by the day they hold",
    "XJK303": "standards by the day they hold",
    "XJK304": "standards by the day they hold",
    "XJK306": "standards by the day they hold",
    "XJK309": "days of the calendar within an event",
    "XJK312": "standards by the day they hold",
    "XJK414": "first days of the months of a lease",
    "XJK702": "the newest day of the data, one row",
    "XJK709": "units, by their own code or by that of their superior",
    "XJK712": "standards by the day they hold",
}
"""Rules that join by more than equality, each with a relation that is small; what the small side is."""


@pytest.mark.parametrize("rule", TRIED, ids=lambda rule: rule.code)
def test_no_query_of_a_rule_multiplies_two_tables(rule: Rule) -> None:
    plans = [plan(asked) for asked in queries(rule, PACKS)]
    assert plans
    loops = [line for text in plans for line in text.splitlines() if "BroadcastNestedLoopJoin" in line]
    assert [text for text in plans if "CartesianProduct" in text] == []
    assert [line for line in loops if not line.rstrip().endswith(")")] == []
    assert bool(loops) == (rule.code in BY_RANGE)


def test_the_rules_that_join_by_range_exist() -> None:
    assert set(BY_RANGE) <= {rule.code for rule in PACKS.rules}
