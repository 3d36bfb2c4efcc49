"""Real public payments, read with the shipped mapping and counted independently."""

from __future__ import annotations

import csv
from contextlib import closing
from pathlib import Path

import pytest

from xjk.readers import open_source, suggest_mapping
from xjk.runner.load import load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "oxford"
MAPPING = EXAMPLE / "mapping.yaml"
SHIPPED = EXAMPLE / "expenditure-over-500-jan-mar-2018.csv"
COLLECTION = ROOT.parent / "shared" / "data" / "oxford"
QUARTERS = sorted(COLLECTION.glob("*.csv"))
NEEDED = {"payment_id", "paid_on", "amount", "payee_name", "item_code"}

needs_collection = pytest.mark.skipif(
    not QUARTERS, reason="the other quarters are not shipped; put them into ../shared/data/oxford"
)


def lines(path: Path) -> list[list[str]]:
    """Return the data lines of a file, read with nothing but the csv module."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


@pytest.mark.parametrize("path", [SHIPPED, *QUARTERS], ids=lambda path: path.stem)
def test_every_line_is_accepted_or_quarantined_and_every_header_mapped(path: Path) -> None:
    (raw,) = (raw for raw in open_source(path, MAPPING) if raw.table == "payment")
    assert set(raw.columns) >= NEEDED
    with load(path, mapping=MAPPING) as ledger:
        validation = ledger.validation(10_000)
    (count,) = (count for count in validation.files if count.table == "payment")
    found = lines(path)
    assert len(found) == count.accepted + count.quarantined
    assert count.ignored == 0
    assert [problem for problem in validation.problems if problem.code == "P303"] == []


def test_the_shipped_quarter_loses_only_payments_without_a_payee() -> None:
    with load(SHIPPED, mapping=MAPPING) as ledger:
        validation = ledger.validation(100)
    nameless = [number for number, row in enumerate(lines(SHIPPED), start=2) if not row[-1].strip()]
    assert len(nameless) == 9
    assert [("P101", "payee_name", number) for number in nameless] == [
        (problem.code, problem.column, problem.row) for problem in validation.problems
    ]


def test_the_amounts_of_the_shipped_quarter_add_up() -> None:
    expected = sum(round(float(row[6]) * 100) for row in lines(SHIPPED) if row[-1].strip())
    with load(SHIPPED, mapping=MAPPING) as ledger, closing(ledger.session()) as session:
        (row,) = session.query("SELECT sum(amount_fen), count(DISTINCT unit_code) FROM payment")
    assert (expected, 1) == row


@needs_collection
def test_times_in_place_of_dates_are_quarantined_for_that_reason() -> None:
    path = COLLECTION / "expenditure-over-500-apr-jun-2014.csv"
    with load(path, mapping=MAPPING) as ledger:
        validation = ledger.validation(10_000)
    assert len(lines(path)) == 3_836
    assert [(problem.code, problem.column, problem.value) for problem in validation.problems] == [
        ("P120", "paid_on", "00:00:00")
    ] * 3_836


@needs_collection
def test_all_quarters_load_together_into_one_unit() -> None:
    with load(COLLECTION, mapping=MAPPING) as ledger:
        validation = ledger.validation(10_000)
        with closing(ledger.session()) as session:
            units = list(session.query("SELECT unit_code, name FROM unit"))
    assert units == [("OCC", "Oxford City Council")]
    total = sum(len(lines(path)) for path in QUARTERS)
    payments = [count for count in validation.files if count.table == "payment"]
    assert len(payments) == 17
    assert total == sum(count.accepted + count.quarantined for count in payments)


def test_a_draft_for_the_shipped_quarter_finds_the_table_and_the_date_format() -> None:
    draft = suggest_mapping(SHIPPED)
    assert "- table: payment" in draft
    assert '{from: "Paid Date", format: "%d/%m/%Y"}' in draft
