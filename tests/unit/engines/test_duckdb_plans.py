"""DuckDB joins in the order of a rule's text, and pairs no table with another row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xjk import load
from xjk.engines.duckdb.session import bound, own_cursor
from xjk.engines.duckdb.store import DuckdbStore
from xjk.hooks.manager import catalogue
from xjk.ledger.ledger import Ledger
from xjk.models.rule import Rule
from xjk.rules.params import resolve
from xjk.rules.sql_text import read_sql

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"
RULES = [rule for rule in catalogue().rules if rule.kind == "sql"]

PAIRS_FEW = {
    "XJK309": "meetings outside plan and designated venues with the days of the calendar",
    "XJK712": "standards with the days they hold on",
}
"""Rules that pair rows by ranges, where both sides are few however many the invoices are."""


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with load(DISTRICT, engine="duckdb") as found:
        yield found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_pairs_every_row_with_every_other(ledger: Ledger, rule: Rule) -> None:
    params = resolve(rule, as_of=ledger.as_of, standards=ledger.standards_in_force)
    text, binds = bound(read_sql(rule), params.binds)
    assert isinstance(ledger._store, DuckdbStore)
    cursor = own_cursor(ledger._store._connection)
    plan = "\n".join(str(row[1]) for row in cursor.execute(f"EXPLAIN {text}", binds).fetchall())
    pairs = [
        operator
        for operator in ("Cross Product", "Nested Loop Join", "Blockwise NL Join")
        if operator in plan
    ]
    assert "Scan" in plan
    assert bool(pairs) == (rule.code in PAIRS_FEW)
