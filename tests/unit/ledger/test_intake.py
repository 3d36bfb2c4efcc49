"""Every row is accepted or quarantined, and nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ledger.books import (
    LINE,
    PAYMENT,
    UNIT,
    ledger_of,
    new_intake,
    payment,
    raw,
    rows_told,
    select,
    told,
)
from tests.unit.models.samples import TEXTS, good_row

from xjk.errors import FormatError, TableError
from xjk.ledger.raw import Batch, RawTable
from xjk.ledger.relations import SUFFIXES
from xjk.models.columns import Stored
from xjk.models.tables import TABLES

BAD = st.sampled_from(
    [{"amount": "x"}, {"amount": "1e5"}, {"paid_on": "2024-02-30"}, {"payee_name": ""}, {"unit_code": "a\x00b"},
     {"payment_id": " "}, {"amount": "1.005", "paid_on": "?"}, {"payee_name": "\ud800"}]
)  # fmt: skip
KINDS = st.sampled_from(
    ["good", "good", "good", "bad", "blank", "short blank", "total", "long", "short", "trailing"]
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[str]], dict[str, int]]:
    """Draw the rows of a payment file, and how many of each kind there are."""
    rows: list[list[str]] = []
    counts = dict.fromkeys(["good", "bad", "blank", "short blank", "total", "long", "short", "trailing"], 0)
    for number, kind in enumerate(draw(st.lists(KINDS, max_size=25))):
        good = payment(number)
        counts[kind] += 1
        rows.append(
            {
                "good": good,
                "bad": payment(number, **(draw(BAD) if kind == "bad" else {})),
                "blank": ["", " ", "\u3000", "\ufeff", ""],
                "short blank": [""] * draw(st.integers(0, 4)),
                "total": ["合 计：", "", "", "1,000.00", ""],
                "long": [*good, "x"],
                "short": good[: draw(st.integers(1, 4))],
                "trailing": [*good, "", ""],
            }[kind]
        )
    return rows, counts


@settings(max_examples=40)
@given(sheets(), st.integers(1, 7))
def test_the_counts_add_up_and_every_refused_row_says_why(
    sheet: tuple[list[list[str]], dict[str, int]], batch: int
) -> None:
    rows, kinds = sheet
    with ledger_of(raw("payment", PAYMENT, *rows, batch=batch)) as ledger:
        validation = ledger.validation()
        (count,) = validation.files
        accepted = kinds["good"] + kinds["trailing"]
        quarantined = kinds["bad"] + kinds["long"] + kinds["short"]
        assert (accepted, quarantined) == (count.accepted, count.quarantined)
        assert count.rows == count.accepted + count.quarantined
        assert len(rows) + 1 == count.rows + count.ignored
        assert [(accepted,)] == select(ledger, "select count(*) from payment")
        assert kinds["total"] == validation.counts.get("P203", 0)
        refused = {p.row: p for p in validation.problems if p.severity == "error"}
        kept = select(ledger, "select file, source_row from quarantine order by source_row")
        assert [("payment.csv", row) for row in sorted(refused, key=lambda row: row or 0)] == kept
        assert quarantined == len(refused)
        for problem in refused.values():
            assert problem.table == "payment"
            assert problem.column in PAYMENT or problem.code in ("P201", "P202")
        order = "select source_row, payment_id from payment order by source_row"
        assert all(f"p{int(row or 0) - 2}" == name for row, name in select(ledger, order))


def test_everything_that_is_wrong_with_a_row_is_told_at_once() -> None:
    row = ["", "U1", "2024-02-30", "1e5", "甲\x00"]
    with ledger_of(raw("payment", PAYMENT, row, payment(1))) as ledger:
        assert {("payment_id", "P101"), ("paid_on", "P121"), ("amount", "P111"), ("payee_name", "P102")} == {
            (problem.column, problem.code) for problem in ledger.problems()
        }
        assert {2} == {problem.row for problem in ledger.problems()}
        ((reason, cells),) = select(ledger, "select reason, cells from quarantine")
        assert dict(zip(PAYMENT, row, strict=True)) == json.loads(str(cells))
        assert str(reason).count("。") == 4


def test_a_line_break_in_an_amount_refuses_its_row_and_moves_no_other() -> None:
    rows = [payment(number, amount=f"{number}.00") for number in range(1, 30)]
    rows[20] = payment(21, amount="1.00\n2.00")
    with ledger_of(raw("payment", PAYMENT, *rows, batch=10)) as ledger:
        assert rows_told(ledger, "P110") == [("payment.csv", 22, "amount")]
        wrong = "select count(*) from payment where payment_id <> 'p' || (amount_fen / 100)"
        assert select(ledger, wrong) == [(0,)]
        assert select(ledger, "select count(*) from payment") == [(28,)]


@settings(max_examples=60)
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_what_lies_in_the_ledger_is_what_the_model_says(table: str, data: st.DataObject) -> None:
    model = TABLES[table]
    row = good_row(table)
    free = [name for name in row if name not in model.required()]
    for name in data.draw(st.lists(st.sampled_from(free), unique=True)) if free else ():
        row[name] = data.draw(st.just("") | TEXTS)
    with ledger_of(raw(table, tuple(row), list(row.values()))) as ledger:
        try:
            expected = model.model_validate(row)
        except ValueError:
            assert select(ledger, f"select count(*) from {table}") == [(0,)]
            assert ledger.validation().errors >= 1
            return
        ((_, *found),) = [
            (None, *line)
            for line in select(ledger, "select " + ", ".join(_physical(table)) + f" from {table}")
        ]
        values = [getattr(expected, name) for name in row]
        stored: list[Stored | None] = [
            None if value is None else kind.coerce(value)
            for value, kind in zip(values, model.columns().values(), strict=True)
        ]
        assert stored == found


def _physical(table: str) -> list[str]:
    """Return the physical column of each column, the number for dates."""
    return [
        name + ("_day" if kind.name == "date" else SUFFIXES.get(kind.name, ""))
        for name, kind in TABLES[table].columns().items()
    ]


@settings(max_examples=60)
@given(
    st.sampled_from(["1001", "2001.01", "6001", "7901", "9", "x", "８001"]),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["", " ", "2023"]),
    st.sampled_from(["", "financial", "预算会计"]),
    st.sampled_from(["", "\u3000", "L7"]),
    st.booleans(),
)
def test_derived_columns_are_the_same_in_the_model_and_in_the_ledger(
    account: str, day: date, year: str, book: str, line: str, typed: bool
) -> None:
    cells: dict[str, object] = {
        "unit_code": "U1", "voucher_no": "记－1", "line_no": 3 if typed else "3", "voucher_date": day if typed else f"{day:%Y年%m月%d日}",
        "account_code": account, "fiscal_year": year or None if typed else year, "book": book, "line_id": line,
    }  # fmt: skip
    expected = TABLES["voucher_line"].model_validate(cells)
    names = ("line_id", "fiscal_year", "book")
    with ledger_of(raw("voucher_line", tuple(cells), list(cells.values()), typed=typed)) as ledger:
        assert [tuple(getattr(expected, name) for name in names)] == select(
            ledger, "select line_id, fiscal_year, book from voucher_line"
        )
        assert {"line_id", "fiscal_year", "book"} <= ledger.supplied["voucher_line"]


def test_an_invoice_gets_its_identifier_from_code_and_number() -> None:
    columns = ("invoice_code", "invoice_number", "issued_on", "seller_name", "total_amount")
    rows = [
        ["4400143130", "12345678", "2024-03-05", "甲", "1.00"],
        ["", "24440000000000100001", "2024-03-05", "甲", "1.00"],
    ]
    with ledger_of(raw("invoice", columns, *rows)) as ledger:
        assert select(ledger, "select invoice_key from invoice order by source_row") == [
            ("440014313012345678",),
            ("24440000000000100001",),
        ]


def test_python_values_are_taken_exactly_or_refused() -> None:
    rows: list[list[object]] = [
        ["p1", "U1", date(2024, 3, 5), Decimal("12.5"), "甲"],
        ["p2", "U1", "2024/3/5", "1,234.50", "甲"],
        [3, 1, date(2024, 3, 5), Decimal(7), "甲"],
        ["p4", "U1", date(2024, 3, 5), 12.5, "甲"],
        ["p5", "U1", date(2024, 3, 5), 12, "甲"],
        ["p6", None, None, None, None],
        [10**5000, "U1", date(2024, 3, 5), 10**5000, "甲"],
        [None, "", " ", None, None],
    ]
    with ledger_of(raw("payment", PAYMENT, *rows, typed=True)) as ledger:
        assert select(ledger, "select payment_id, amount_fen from payment order by payment_id") == [
            ("3", 700),
            ("p1", 1250),
            ("p2", 123450),
        ]
        (count,) = ledger.validation().files
        assert (count.rows, count.accepted, count.quarantined, count.ignored) == (7, 3, 4, 2)
        assert {5, 6, 8} == {problem.row for problem in told(ledger, "P114")}


def test_a_missing_required_column_is_an_error_that_names_all_of_them() -> None:
    with pytest.raises(TableError) as caught, ledger_of(raw("payment", ("amount", None), ["1.00", "x"])):
        pass
    text = caught.value.text("zh") + caught.value.text("en")
    for name in ("payment_id", "unit_code", "paid_on", "payee_name"):
        assert name in text
        assert str(TABLES["payment"].model_fields[name].title) in text
    assert caught.value.where == "payment.csv"
    assert "amount" not in caught.value.en


def test_a_constant_stands_in_for_a_column_and_a_bad_one_refuses_every_row() -> None:
    columns = tuple(name for name in PAYMENT if name != "unit_code")
    rows = [
        [cell for name, cell in zip(PAYMENT, payment(number), strict=True) if name != "unit_code"]
        for number in range(3)
    ]
    with ledger_of(raw("payment", columns, *rows, constants={"unit_code": "Ｕ９"})) as ledger:
        assert select(ledger, "select unit_code, count(*) from payment group by unit_code") == [("U9", 3)]
        assert "unit_code" in ledger.supplied["payment"]
    with ledger_of(raw("payment", columns, *rows, constants={"unit_code": "a\x00"})) as ledger:
        assert [("payment.csv", row, "unit_code") for row in (2, 3, 4)] == rows_told(ledger, "P102")


def test_a_table_of_constants_alone_with_a_bad_one_refuses_its_rows_and_ends() -> None:
    constants = {"unit_code": "U1", "name": "甲局", "kind": "nothing"}
    with ledger_of(raw("unit", (None,), ["x"], ["y"], constants=constants)) as ledger:
        assert rows_told(ledger, "P141") == [("unit.csv", 2, "kind"), ("unit.csv", 3, "kind")]


def test_total_rows_are_no_data_unless_nothing_required_is_missing() -> None:
    rows = [
        ["小计", "", "", "10.00", ""],
        ["", "", "", "10.00", "Grand Total:"],
        payment(1, payee_name="合计"),
        ["x", "", "", "1.00", ""],
    ]
    with ledger_of(raw("payment", PAYMENT, *rows)) as ledger:
        (count,) = ledger.validation().files
        assert (count.rows, count.accepted, count.quarantined, count.ignored) == (2, 1, 1, 3)
        assert rows_told(ledger, "P203") == [("payment.csv", 2, None), ("payment.csv", 3, None)]


def test_personal_values_are_masked_in_problems_and_whole_in_quarantine() -> None:
    row = good_row("person")
    personal = [name for name, kind in TABLES["person"].columns().items() if kind.personal]
    assert personal
    row |= dict.fromkeys(personal, "6222020000000001\x00")
    with ledger_of(raw("person", tuple(row), list(row.values()))) as ledger:
        problems = list(ledger.problems())
        assert set(personal) == {problem.column for problem in problems}
        for problem in problems:
            assert "6222020000000001" not in problem.model_dump_json()
            assert problem.value is not None
            assert problem.value.startswith("62***")
        ((cells,),) = select(ledger, "select cells from quarantine")
        assert json.loads(str(cells))[personal[0]] == "6222020000000001\x00"


def test_a_failing_identifier_is_a_warning_on_every_row_that_has_it_however_many_there_are() -> None:
    rows = [["U" + str(number), "甲", "other", f"91110000{number:09d}?"] for number in range(60_000)]
    with ledger_of(raw("unit", (*UNIT, "uscc"), *rows, batch=60_000)) as ledger:
        validation = ledger.validation(3)
        assert validation.counts == {"P150": 60_000}
        assert (validation.accepted, validation.quarantined, validation.not_shown) == (60_000, 0, 59_997)


def test_problems_of_the_reader_are_told_even_when_a_column_is_missing() -> None:
    intake = new_intake()
    good = raw("payment", PAYMENT, payment(1, amount="x"))
    with ledger_of(good) as ledger:
        problem = next(iter(ledger.problems()))
    source = RawTable("payment", "a.csv", ("amount",), lambda: iter(()), problems=(problem,))
    try:
        with pytest.raises(TableError):
            intake.take(source)
        assert list(intake.store.query("select code from problem")) == [("P110",)]
    finally:
        intake.store.close()


def test_a_source_that_breaks_off_leaves_nothing_behind_and_harms_no_other() -> None:
    def batches() -> Iterator[Batch]:
        yield Batch([payment(2), payment(3, amount="x")], range(2, 4))
        raise FormatError(zh="文件在此中断", en="The file ends here.", where="b.csv:4")

    intake = new_intake()
    try:
        intake.take(raw("payment", PAYMENT, payment(1), payment(9, amount="y"), file="a.csv"))
        with pytest.raises(FormatError):
            intake.take(RawTable("payment", "b.csv", PAYMENT, batches))
        intake.take(raw("payment", PAYMENT, payment(4), file="c.csv"))
        ids = [row[0] for row in intake.store.query("select payment_id from payment order by payment_id")]
        assert ids == ["p1", "p4"]
        assert list(intake.store.query("select file, source_row from quarantine")) == [("a.csv", 3)]
        assert [(count.file, count.rows, count.accepted, count.quarantined) for count in intake.counts] == [
            ("a.csv", 2, 1, 1),
            ("c.csv", 1, 1, 0),
        ]
        assert intake.unreadable == ["payment"]
    finally:
        intake.store.close()


def test_columns_that_are_not_used_do_not_matter() -> None:
    columns = (None, *PAYMENT, None)
    with ledger_of(raw("payment", columns, ["\ud800", *payment(1), "=x"])) as ledger:
        assert select(ledger, "select payment_id from payment") == [("p1",)]
        assert frozenset(PAYMENT) == ledger.supplied["payment"]


def test_a_lone_surrogate_is_told_and_kept_as_an_escape() -> None:
    with ledger_of(raw("payment", PAYMENT, payment(1, payee_name="甲\ud800"), file="账\udcd5.csv")) as ledger:
        (problem,) = ledger.problems()
        assert (problem.file, problem.value) == ("账\\udcd5.csv", "甲\\ud800")
        ((cells,),) = select(ledger, "select cells from quarantine")
        assert json.loads(str(cells))["payee_name"] == "甲\\ud800"


def test_progress_counts_up_to_the_rows_of_each_file() -> None:
    seen: list[tuple[str, int]] = []
    intake = new_intake(lambda file, done: seen.append((file, done)))
    try:
        intake.take(raw("payment", PAYMENT, *(payment(number) for number in range(5)), batch=2))
    finally:
        intake.store.close()
    assert seen == [("payment.csv", 2), ("payment.csv", 4), ("payment.csv", 5)]


def test_the_hash_of_the_data_depends_on_rows_alone() -> None:
    rows = [payment(number) for number in range(5)]
    hashes = []
    for order, file in (
        (rows, "a.csv"),
        (rows[::-1], "b.csv"),
        ([*rows[:4], payment(4, amount="10.01")], "a.csv"),
    ):
        with ledger_of(raw("payment", PAYMENT, *order, file=file)) as ledger:
            hashes.append(ledger.data_hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_lines_of_no_table_leave_every_relation_empty_and_there() -> None:
    with ledger_of(raw("voucher_line", LINE)) as ledger:
        for table in TABLES:
            assert select(ledger, f"select count(*) from {table}") == [(0,)]
        assert ledger.as_of is None
