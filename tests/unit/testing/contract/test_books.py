"""Small books: made of rows, reordered, and read back."""

from __future__ import annotations

import random
from datetime import date

from tests.unit.testing.contract import zoo

from xjk import EvidenceKey, Hit, catalogue_of
from xjk.models.dates import day_number
from xjk.rules.case_tables import CaseTable
from xjk.testing.contract.books import (
    evidence_rows,
    newest_day,
    of_joined_rows,
    of_rows,
    reversed_rows,
    row_names,
    shuffled,
)
from xjk.testing.contract.subject import Subject

PACKS = catalogue_of({"zoo": zoo})
PAYMENTS = [
    {
        "payment_id": f"P{number}",
        "unit_code": "U1",
        "paid_on": "2024-09-10",
        "amount": "1.00",
        "payee_name": "甲",
    }
    for number in range(5)
]


def test_columns_that_a_row_lacks_are_empty() -> None:
    books = of_rows({"payment": [{"payment_id": "P1"}, {"mode": "direct"}]})
    assert books == {"payment": CaseTable(columns=("payment_id", "mode"), rows=(("P1", ""), ("", "direct")))}


def test_joined_books_hold_the_rows_of_both() -> None:
    books = of_joined_rows(
        of_rows({"payment": [{"payment_id": "P1"}], "unit": [{"unit_code": "U1"}]}),
        {"payment": [{"mode": "direct"}], "person": [{"name": "张三"}]},
    )
    assert books == {
        "payment": CaseTable(columns=("payment_id", "mode"), rows=(("P1", ""), ("", "direct"))),
        "unit": CaseTable(columns=("unit_code",), rows=(("U1",),)),
        "person": CaseTable(columns=("name",), rows=(("张三",),)),
    }


def test_rows_can_be_put_before_those_of_the_books() -> None:
    books = of_rows({"payment": [{"payment_id": "P2"}]})
    more = {"payment": [{"payment_id": "P1"}], "unit": []}
    assert of_joined_rows(books, more, before=True) == {
        "payment": CaseTable(columns=("payment_id",), rows=(("P1",), ("P2",)))
    }


def test_reordered_books_hold_the_same_rows_in_another_order() -> None:
    books = of_rows({"payment": PAYMENTS, "unit": [{"unit_code": "U1"}, {"unit_code": "U2"}]})
    for other in (reversed_rows(books), shuffled(books, random.Random(1))):  # noqa: S311
        assert {table: sorted(rows.rows) for table, rows in books.items()} == {
            table: sorted(rows.rows) for table, rows in other.items()
        }
        assert other["payment"].rows != books["payment"].rows


def test_reversed_books_turn_the_tables_too() -> None:
    assert list(reversed_rows(of_rows({"payment": PAYMENTS, "unit": []}))) == ["unit", "payment"]


def test_the_newest_day_is_looked_for_in_every_date_and_passes_over_what_is_none() -> None:
    books = of_rows(
        {
            "payment": [{"paid_on": "2024-09-10", "voucher_date": "2024-12-01", "purpose": "2099-01-01"}],
            "contract": [{"signed_on": "soon", "ends_on": ""}],
        }
    )
    assert newest_day(books) == day_number(date(2024, 12, 1))
    assert newest_day(of_rows({"unit": [{"name": "2024-01-01"}]})) is None


def test_evidence_keys_name_rows_by_their_place() -> None:
    books = of_rows({"payment": PAYMENTS})
    with Subject(PACKS.rules[0], PACKS).load(books) as ledger:
        names = row_names(ledger, books)
    assert names == {("payment", f"P{place}"): ("payment", place) for place in range(5)}
    hit = Hit(
        unit_code="U1",
        subject="x",
        amount_fen=1,
        evidence=tuple(EvidenceKey("payment", key) for key in ("P3", "P1", "P3", "P9")),
    )
    assert evidence_rows(hit, names) == (("payment", 1), ("payment", 3))
