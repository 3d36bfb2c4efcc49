"""Checks that need more than one row."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ledger.books import (
    LINE,
    PAYMENT,
    TRANSACTION,
    UNIT,
    ledger_of,
    payment,
    raw,
    rows_told,
    select,
    told,
)
from tests.unit.models.samples import good_row

from xjk.ledger.references import references
from xjk.models.money import money_text
from xjk.models.tables import TABLES


def line(
    number: int,
    account: str,
    debit: str = "",
    credit: str = "",
    *,
    voucher: str = "记-1",
    day: str = "2024-03-05",
) -> list[str]:
    return ["U1", voucher, str(number), day, account, debit, credit]


def test_of_rows_with_one_key_the_first_stays_and_the_rest_are_quarantined() -> None:
    first = raw("payment", PAYMENT, payment(1), payment(2), payment(1, amount="20.00"), file="a.csv")
    second = raw("payment", PAYMENT, payment(2, amount="30.00"), payment(3), payment(1), file="b.csv")
    with ledger_of(first, second) as ledger:
        assert select(ledger, "select payment_id, amount_fen from payment order by payment_id") == [
            ("p1", 1000),
            ("p2", 1000),
            ("p3", 1000),
        ]
        assert [(problem.file, problem.row) for problem in told(ledger, "P210")] == [
            ("a.csv", 4),
            ("b.csv", 2),
            ("b.csv", 4),
        ]
        assert "a.csv" in told(ledger, "P210")[1].reason.zh
        assert "3" in told(ledger, "P210")[1].reason.zh
        assert [(count.rows, count.accepted, count.quarantined) for count in ledger.validation().files] == [
            (3, 2, 1),
            (3, 1, 2),
        ]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3), st.sampled_from(["2024-01-05", "2024-01-06"]), st.sampled_from(["1", "2"])
        ),
        max_size=12,
    )
)
def test_as_many_rows_stay_as_there_are_keys_and_they_come_first(rows: list[tuple[int, str, str]]) -> None:
    cells = [
        ["U1", str(number), day, invoice, f"{place}.00"] for place, (number, day, invoice) in enumerate(rows)
    ]
    columns = ("unit_code", "voucher_no", "voucher_date", "invoice_id", "claimed_amount")
    first = {row: place for place, row in reversed(list(enumerate(rows)))}
    with ledger_of(raw("invoice_use", columns, *cells)) as ledger:
        assert sorted(
            (f"U1|{number}|{day}|{invoice}", place * 100) for (number, day, invoice), place in first.items()
        ) == select(
            ledger, "select invoice_use_key, claimed_amount_fen from invoice_use order by invoice_use_key"
        )
        (count,) = ledger.validation().files
        assert (len(rows), len(first)) == (count.rows, count.accepted)
        assert count.quarantined == len(told(ledger, "P210"))


def test_duplicates_of_many_tables_at_once_are_all_found() -> None:
    rows = {table: list(good_row(table).values()) for table in TABLES}
    tables = [raw(table, tuple(good_row(table)), row, row) for table, row in rows.items()]
    with ledger_of(*tables) as ledger:
        assert [(table, 1, 1) for table in TABLES] == [
            (count.table, count.accepted, count.quarantined) for count in ledger.validation().files
        ]
        for problem in told(ledger, "P210"):
            assert "440524188001010014" not in problem.model_dump_json()
            assert "6222020000000000" not in problem.model_dump_json()


def test_each_book_of_a_voucher_balances_by_itself() -> None:
    balanced = [
        line(1, "5001", "100.00"),
        line(2, "1002", credit="100.00"),
        line(3, "7101", "100.00"),
        line(4, "8001", credit="100.00"),
    ]
    with ledger_of(raw("voucher_line", LINE, *balanced)) as ledger:
        assert told(ledger, "P220") == []
    crossed = [
        line(1, "5001", "100.00"),
        line(2, "1002", credit="60.00"),
        line(3, "7101", "60.00"),
        line(4, "8001", credit="100.00"),
    ]
    with ledger_of(raw("voucher_line", LINE, *crossed)) as ledger:
        first, second = told(ledger, "P220")
        assert [first.row, second.row] == [2, 4]
        assert "100.00" in first.reason.zh
        assert "60.00" in first.reason.zh
        assert "financial" in first.reason.en
        assert "budget" in second.reason.en


def test_red_letter_lines_count_with_their_sign_and_voided_lines_not_at_all() -> None:
    rows = [
        [*line(1, "5001", "100.00"), ""], [*line(2, "5001", "-40.00"), "0"], [*line(3, "1002", credit="60.00"), "否"],
        [*line(4, "1002", credit="999.00"), "是"],
    ]  # fmt: skip
    with ledger_of(raw("voucher_line", (*LINE, "voided"), *rows)) as ledger:
        assert told(ledger, "P220") == []


def test_vouchers_of_one_number_on_two_days_are_two_vouchers() -> None:
    rows = [line(1, "5001", "1.00"), line(2, "1002", credit="1.00", day="2024-04-05")]
    with ledger_of(raw("voucher_line", LINE, *rows)) as ledger:
        assert rows_told(ledger, "P220") == [
            ("voucher_line.csv", 2, "debit,credit"),
            ("voucher_line.csv", 3, "debit,credit"),
        ]


def test_a_reference_to_a_row_that_is_not_there_is_told_once_per_file_at_its_first_row() -> None:
    units = raw("unit", UNIT, ["U1", "甲局", "other"])
    first = raw(
        "payment", PAYMENT, payment(1), payment(2, unit_code="U9"), payment(3, unit_code="U9"), file="a.csv"
    )
    second = raw("payment", PAYMENT, payment(4, unit_code="U9"), payment(5, unit_code="U8"), file="b.csv")
    with ledger_of(units, first, second) as ledger:
        assert {("a.csv", 3, "unit_code"), ("b.csv", 2, "unit_code"), ("b.csv", 3, "unit_code")} == set(
            rows_told(ledger, "P221")
        )
        assert [problem.reason.en.split("(")[1].split()[0] for problem in told(ledger, "P221")] == [
            "2",
            "1",
            "1",
        ]
        assert (ledger.validation().accepted - 1, ledger.validation().quarantined) == (5, 0)
    with ledger_of(first, second) as ledger:
        assert told(ledger, "P221") == []


def test_a_reference_of_several_columns_must_match_in_all_of_them() -> None:
    lines = raw("voucher_line", LINE, line(1, "5001", "1.00"), line(2, "1002", credit="1.00"))
    columns = (*PAYMENT, "voucher_no", "voucher_date")
    rows = [
        [*payment(1), "记-1", "2024-03-05"],
        [*payment(2), "记-1", "2024-03-06"],
        [*payment(3), "", "2024-03-06"],
    ]
    with ledger_of(lines, raw("payment", columns, *rows)) as ledger:
        assert rows_told(ledger, "P221") == [("payment.csv", 3, "unit_code,voucher_no,voucher_date")]


def test_personal_references_are_masked() -> None:
    account = raw(
        "bank_account", ("account_no", "unit_code", "holder_name"), ["6222020000000007", "U1", "张三"]
    )
    row = ["t1", "6222021111111111", "U1", "2024-03-05", "in", "1.00", ""]
    with ledger_of(account, raw("bank_transaction", TRANSACTION, row)) as ledger:
        (problem,) = [problem for problem in told(ledger, "P221") if problem.column == "account_no"]
        assert problem.value == "62************11"


def test_every_reference_joins_columns_that_exist_and_are_of_one_type() -> None:
    for reference in references():
        here, there = TABLES[reference.table].columns(), TABLES[reference.target].columns()
        assert len(reference.columns) == len(reference.target_columns)
        for column, target in zip(reference.columns, reference.target_columns, strict=True):
            assert here[column].name == there[target].name, reference


def statement(*steps: tuple[str, str, str]) -> list[list[str]]:
    return [
        [f"t{place}", "6222020000000007", "U1", "2024-03-05", direction, amount, balance]
        for place, (direction, amount, balance) in enumerate(steps)
    ]


OLDEST_FIRST = [
    ("in", "100.00", "100.00"),
    ("out", "30.00", "70.00"),
    ("in", "5.00", "75.00"),
    ("out", "75.00", "0.00"),
]


def test_a_statement_may_be_printed_in_either_order() -> None:
    for steps in (OLDEST_FIRST, OLDEST_FIRST[::-1]):
        with ledger_of(raw("bank_transaction", TRANSACTION, *statement(*steps))) as ledger:
            assert told(ledger, "P222") == []


def test_a_missing_line_of_a_statement_breaks_its_balance_there_in_either_order() -> None:
    for steps, row in ((OLDEST_FIRST, 3), (OLDEST_FIRST[::-1], 4)):
        left = [step for step in steps if step != ("out", "30.00", "70.00")]
        with ledger_of(raw("bank_transaction", TRANSACTION, *statement(*left))) as ledger:
            (problem,) = told(ledger, "P222")
            assert row == problem.row or row - 1 == problem.row
            assert problem.column == "balance"
            assert ledger.validation().quarantined == 0


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**9)), min_size=1, max_size=12), st.booleans())
def test_a_statement_that_follows_from_its_movements_is_never_doubted(
    moves: list[tuple[bool, int]], newest_first: bool
) -> None:
    steps, balance = [], 0
    for comes_in, amount in moves:
        balance += amount if comes_in else -amount
        steps.append(("in" if comes_in else "out", money_text(amount), money_text(balance)))
    rows = statement(*(reversed(steps) if newest_first else steps))
    with ledger_of(raw("bank_transaction", TRANSACTION, *rows)) as ledger:
        assert told(ledger, "P222") == []


def test_a_line_without_a_balance_is_bridged_in_either_order() -> None:
    steps = [
        (direction, amount, "" if amount == "30.00" else balance)
        for direction, amount, balance in OLDEST_FIRST
    ]
    for order in (steps, steps[::-1]):
        with ledger_of(raw("bank_transaction", TRANSACTION, *statement(*order))) as ledger:
            assert told(ledger, "P222") == []


def test_accounts_do_not_mix_and_one_line_alone_is_never_doubted() -> None:
    rows = statement(*OLDEST_FIRST)
    other = [[f"x{row[0]}", "6222020000000015", *row[2:]] for row in rows]
    mixed = [row for pair in zip(rows, other, strict=True) for row in pair]
    with ledger_of(
        raw("bank_transaction", TRANSACTION, *mixed, ["z", "1", "U1", "2024-03-05", "in", "1.00", "99.00"])
    ) as ledger:
        assert told(ledger, "P222") == []


def test_months_without_a_voucher_are_told_for_each_unit_at_the_row_after_the_gap() -> None:
    rows = [
        line(1, "5001", day="2023-11-05"), line(2, "5001", day="2024-02-05"), line(3, "5001", day="2024-03-05"),
        ["U2", "1", "1", "2024-06-01", "5001", "", ""],
    ]  # fmt: skip
    with ledger_of(raw("voucher_line", LINE, *rows)) as ledger:
        gaps = told(ledger, "P223")
        assert [(problem.value, problem.row) for problem in gaps] == [("U1 2023-12", 3), ("U1 2024-01", 3)]
        assert "2023" in gaps[0].reason.zh
        assert "12" in gaps[0].reason.zh


@pytest.mark.parametrize(
    ("table", "first", "last"),
    [
        (table, first, last)
        for table, model in TABLES.items()
        for first, last in (
            ("starts_on", "ends_on"),
            ("eligible_from", "eligible_to"),
            ("valid_from", "valid_to"),
        )
        if {first, last} <= set(model.model_fields)
    ],
)
def test_an_end_before_the_start_is_told_at_its_row(table: str, first: str, last: str) -> None:
    model = TABLES[table]
    names = [name for name in model.key if model.columns()[name].name in ("code", "text")]

    def row(number: int, **dates: str) -> dict[str, str]:
        good = good_row(table)
        return {**good, **{name: f"{good[name]}{number}" for name in names}, first: "2024-03-05", **dates}

    rows = [row(1, **{last: "2024-03-05"}), row(2, **{last: "2024-03-04"})]
    if last not in model.required():
        rows.append(row(3, **{last: ""}))
    with ledger_of(raw(table, tuple(rows[0]), *(list(cells.values()) for cells in rows))) as ledger:
        assert rows_told(ledger, "P224") == [(f"{table}.csv", 3, last)]
        assert "2024-03-05" in told(ledger, "P224")[0].reason.en


def test_warnings_never_keep_a_row_out() -> None:
    rows = [line(1, "5001", "1.00"), line(2, "5001", "1.00", day="2024-06-05")]
    units = raw("unit", UNIT, ["U7", "乙局", "other"])
    with ledger_of(units, raw("voucher_line", LINE, *rows)) as ledger:
        validation = ledger.validation()
        assert dict(validation.counts) == {"P220": 2, "P221": 1, "P223": 2}
        assert (validation.accepted, validation.quarantined, validation.errors, validation.warnings) == (
            3,
            0,
            0,
            5,
        )
