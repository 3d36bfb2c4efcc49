"""Ledgers load without a word: every row is accepted, and rows refer to one another."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

import xjk
from xjk.models.tables import TABLES
from xjk.testing.strategies import ledgers
from xjk.testing.strategies.books import Tables

SETS = (
    ("voucher_line",),
    ("unit", "bank_account", "bank_transaction"),
    ("invoice", "invoice_use"),
    ("unit", "voucher_line", "payment", "service_fee", "event", "attendance"),
    tuple(TABLES),
)


def assert_clean(tables: Tables) -> None:
    with xjk.load(tables) as ledger:
        assert list(ledger.problems()) == []
        assert ledger.validation().accepted == sum(map(len, tables.values()))


@pytest.mark.parametrize("tables", SETS, ids=len)
def test_ledgers_load_without_a_problem(tables: tuple[str, ...]) -> None:
    @settings(max_examples=12)
    @given(ledgers(tables))
    def holds(drawn: Tables) -> None:
        assert tuple(drawn) == tuple(table for table in TABLES if table in tables)
        assert all(1 <= len(rows) <= 8 for rows in drawn.values())
        assert_clean(drawn)

    holds()


@settings(max_examples=8)
@given(ledgers(tuple(TABLES), units=1, max_rows=1))
def test_ledgers_of_one_row_load_without_a_problem(drawn: Tables) -> None:
    assert {len(rows) for rows in drawn.values()} == {1}
    assert_clean(drawn)


@settings(max_examples=3)
@given(ledgers(("unit", "voucher_line", "payment"), units=12, max_rows=60))
def test_larger_ledgers_load_without_a_problem(drawn: Tables) -> None:
    assert_clean(drawn)


@settings(max_examples=8)
@given(ledgers(("unit", "voucher_line", "payment", "person")))
def test_ledgers_are_the_same_as_files(drawn: Tables) -> None:
    with TemporaryDirectory() as folder:
        for table, rows in drawn.items():
            columns = [column for column in TABLES[table].model_fields if any(column in row for row in rows)]
            with (Path(folder) / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(rows)
        with xjk.load(folder) as from_files, xjk.load(drawn) as from_records:
            assert from_files.data_hash == from_records.data_hash


def test_joins_hit_and_values_repeat() -> None:
    shared: Counter[str] = Counter()

    @settings(max_examples=40)
    @given(ledgers(("unit", "voucher_line", "payment", "person")))
    def count(drawn: Tables) -> None:
        vouchers = {(line["unit_code"], line["voucher_no"]) for line in drawn["voucher_line"]}
        names = [row["name"] for row in drawn["person"]]
        payees = [row["payee_name"] for row in drawn["payment"]]
        amounts = [row["amount"] for row in drawn["payment"]]
        shared["voucher"] += any(
            (row["unit_code"], row.get("voucher_no")) in vouchers for row in drawn["payment"]
        )
        shared["payee on the roll"] += bool(set(names) & set(payees))
        shared["amount"] += len(set(amounts)) < len(amounts)
        shared["same name, other person"] += any(
            one["name"] == other["name"] and one.get("id_no") != other.get("id_no")
            for one in drawn["person"]
            for other in drawn["person"]
            if "id_no" in one and "id_no" in other
        )
        shared["two units"] += len(drawn["unit"]) == 2

    count()
    assert min(shared[what] for what in ("voucher", "payee on the roll", "amount", "two units")) >= 4
    assert shared["same name, other person"]


def test_codes_of_ledgers_hold_what_breaks_things() -> None:
    seen: set[str] = set()

    @settings(max_examples=60)
    @given(ledgers(("payment",), max_rows=20))
    def collect(drawn: Tables) -> None:
        seen.update(*(row["payment_id"] for row in drawn["payment"]))

    collect()
    assert set(",|'%_0单\u0301\U00020bb7") <= seen


def test_vouchers_have_several_lines_and_both_books() -> None:
    lines: set[str] = set()
    books: set[str | None] = set()

    @settings(max_examples=60)
    @given(ledgers())
    def collect(drawn: Tables) -> None:
        lines.update(row["line_no"] for row in drawn["voucher_line"])
        books.update(row.get("book") for row in drawn["voucher_line"])

    collect()
    assert {"1", "2", "3", "4"} <= lines
    assert books == {"financial", "budget", None}
