"""On SQLite a rule's work grows with the books, not with their square; steps of its machine are counted, not seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from xjk import load
from xjk.engines.sqlite import SqliteSession
from xjk.hooks.manager import catalogue
from xjk.ledger.ledger import Ledger
from xjk.models.rule import Rule
from xjk.rules.params import resolve
from xjk.rules.sql_text import read_sql
from xjk.testing import simulate

RULES = [rule for rule in catalogue().rules if rule.kind == "sql"]

SMALL, TIMES = 20_000, 4
GRACE = 2
"""What sorting, and a district that is not just the small one four times over, may add: a square would give 4."""

FEW = 2_000
"""Hundreds of steps that are no matter: a rule whose table is all but empty in the smaller district starts from nothing."""

_STEPS_AT_ONCE = 100


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Ledger]]:
    with ExitStack() as stack:
        found = []
        for lines in (SMALL, SMALL * TIMES):
            folder = tmp_path_factory.mktemp("district") / "data"
            simulate(folder, lines=lines, units=lines // 1_000, schemes=())
            found.append(stack.enter_context(load(folder, engine="sqlite")))
        yield found[0], found[1]


def steps(ledger: Ledger, rule: Rule) -> int:
    """Return how many steps SQLite's machine takes for a rule, in units of a hundred."""
    params = resolve(rule, as_of=ledger.as_of, standards=ledger.standards_in_force)
    session = ledger.session()
    assert isinstance(session, SqliteSession)
    counted = 0

    def count() -> bool:
        nonlocal counted
        counted += 1
        return False

    session._connection.set_progress_handler(count, _STEPS_AT_ONCE)
    list(session.query(read_sql(rule), params.binds))
    session.close()
    return counted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_takes_steps_with_the_square_of_the_books(ledgers: tuple[Ledger, Ledger], rule: Rule) -> None:
    small, large = (steps(ledger, rule) for ledger in ledgers)
    assert small > 0
    assert large <= max(small * TIMES * GRACE, FEW)
