"""Rows of a query become hits: grouped, ordered, and the same whatever the order of the rows."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from tests.unit.runner.books import payment, payments, rule

from xjk import load
from xjk.errors import RuleError
from xjk.models.finding import EvidenceKey, Hit
from xjk.rules.params import resolve
from xjk.runner.config import Limits
from xjk.runner.hits import find_hits

TWO_ROLES = """
select a.unit_code, a.payee_name as subject, a.amount_fen + b.amount_fen as amount_fen, a.paid_on_day as from_day,
  b.paid_on_day as to_day, a.payment_id as first_id, a.payment_key as first__payment_key, b.payment_key as second__payment_key
from payment a join payment b on b.payee_name = a.payee_name and b.payment_id > a.payment_id
where a.amount_fen >= :min_amount_fen
"""


def hits(tmp_path: Path, rows: list[dict[str, str]], sql: str) -> tuple[Hit, ...]:
    chosen = rule(tmp_path, sql=sql)
    with load(payments(*rows)) as ledger:
        session = ledger.session()
        try:
            return find_hits(chosen, session, resolve(chosen, as_of=ledger.as_of), ledger.as_of, Limits())
        finally:
            session.close()


def test_rows_with_one_unit_and_subject_are_one_hit_whatever_their_order(tmp_path: Path) -> None:
    rows = [
        payment("p1", "1000.00", paid_on="2024-03-03"),
        payment("p2", "2000.00"),
        payment("p3", "3000.00"),
    ]
    orders = enumerate(permutations(rows))
    found = [hits(tmp_path / str(place), list(order), TWO_ROLES) for place, order in orders]
    assert all(one == found[0] for one in found)
    (hit,) = found[0]
    assert hit.amount_fen == 500_000
    assert (hit.from_day, hit.to_day) == (19783, 19783)
    assert EvidenceKey("payment", "p1", "first") in hit.evidence
    assert EvidenceKey("payment", "p3", "second") in hit.evidence
    assert hit.facts["first_id"] == "p1"


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select p.payment_id as subject, p.amount_fen, p.payment_key from payment p where :min_amount_fen > 0", "unit_code"),
        ("select p.unit_code, p.payment_id as subject, p.amount_fen from payment p where :min_amount_fen > 0", "_key"),
        ("select p.unit_code, null as subject, p.amount_fen, p.payment_key from payment p where :min_amount_fen > 0", "subject"),
    ],
)  # fmt: skip
def test_a_query_of_the_wrong_shape_is_refused(tmp_path: Path, sql: str, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        hits(tmp_path, [payment("p1", "1000.00")], sql)


def test_hits_of_a_function_with_one_unit_and_subject_are_united(tmp_path: Path) -> None:
    python = """
from xjk import EvidenceKey, Hit
def detect(ledger, params):
    for row in ledger.query("select p.payment_key, p.amount_fen from payment p order by p.payment_key desc"):
        key = EvidenceKey("payment", row["payment_key"])
        yield Hit("U1", "s", row["amount_fen"] * params.min_amount // params.min_amount, evidence=(key,))
"""
    chosen = rule(tmp_path, python=python)
    with load(payments(payment("p1", "1000.00"), payment("p2", "3000.00"))) as ledger:
        session = ledger.session()
        try:
            (hit,) = find_hits(chosen, session, resolve(chosen, as_of=ledger.as_of), ledger.as_of, Limits())
        finally:
            session.close()
    assert hit.amount_fen == 300_000
    assert hit.evidence == (EvidenceKey("payment", "p1"), EvidenceKey("payment", "p2"))


def test_a_float_among_the_facts_is_refused(tmp_path: Path) -> None:
    python = """
from xjk import EvidenceKey, Hit
def detect(ledger, params):
    yield Hit("U1", "s", params.min_amount, evidence=(EvidenceKey("payment", "p1"),), facts={"share": 0.1})
"""
    chosen = rule(tmp_path, python=python)
    with load(payments(payment("p1", "1000.00"))) as ledger:
        session = ledger.session()
        with pytest.raises(RuleError, match="float"):
            find_hits(chosen, session, resolve(chosen, as_of=ledger.as_of), ledger.as_of, Limits())
        session.close()
