from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.ledger.raw import RawTable
from xjk.models.money import MICRO, money_text, number_text, read_money
from xjk.models.problem import BadValue
from xjk.readers import open_source
from xjk.readers.shaping.units import UNITS, to_yuan


def table(tmp_path: Path, name: str, text: str) -> RawTable:
    path = tmp_path / f"{name}.csv"
    path.write_text(text, "utf-8")
    (raw,) = open_source(path)
    return raw


def records(raw: RawTable) -> list[dict[str, object]]:
    return [
        {name: cell for name, cell in zip(raw.columns, row, strict=False) if name}
        for batch in raw.batches()
        for row in batch.rows
        if row
    ]


def test_one_amount_with_a_side_becomes_debit_and_credit(tmp_path: Path) -> None:
    raw = table(
        tmp_path,
        "voucher_line",
        "凭证号,分录号,日期,科目编码,方向,金额\n1,1,2024-01-02,5001,借,10.00\n1,2,2024-01-02,1002,贷,10.00\n1,3,2024-01-02,1002,平,5\n",
    )
    found = records(raw)
    assert [(row["debit"], row["credit"]) for row in found] == [("10.00", ""), ("", "10.00"), ("平 5", "")]


def test_a_voucher_word_is_set_before_the_number_once(tmp_path: Path) -> None:
    raw = table(tmp_path, "voucher_line", "凭证类型,凭证号\n记,12\n记,记-13\n,14\n")
    assert [row["voucher_no"] for row in records(raw)] == ["记-12", "记-13", "14"]


def test_entry_numbers_of_the_audit_office_identify_lines(tmp_path: Path) -> None:
    raw = table(tmp_path, "voucher_line", "DWDM,FLXH,KJTX,JZPZBH\n101,2019-08-记账-7-952-01,01,7\n")
    (row,) = records(raw)
    assert (row["line_id"], row["book"]) == ("101/2019-08-记账-7-952-01", "01")


def test_money_in_and_out_in_two_columns_becomes_direction_and_amount(tmp_path: Path) -> None:
    raw = table(
        tmp_path,
        "bank_transaction",
        '交易流水号,转入金额,转出金额\n1,5.00,\n2,0.00,"1,200.00"\n3,1,2\n4,,\n5,0.00,\n',
    )
    assert [(row["direction"], row["amount"]) for row in records(raw)] == [
        ("in", "5.00"),
        ("out", "1,200.00"),
        ("in", "1 / 2"),
        ("", ""),
        ("in", "0.00"),
    ]


def test_the_bank_s_debit_is_money_going_out(tmp_path: Path) -> None:
    raw = table(
        tmp_path, "bank_transaction", "交易流水号,借贷标志,交易金额\n1,借,5.00\n2,贷,6.00\n3,冲,7.00\n"
    )
    assert [(row["direction"], row["amount"]) for row in records(raw)] == [
        ("out", "5.00"),
        ("in", "6.00"),
        ("冲", "7.00"),
    ]


def test_the_sign_tells_the_direction_when_nothing_else_does(tmp_path: Path) -> None:
    raw = table(tmp_path, "bank_transaction", "交易流水号,交易金额[ Trade Amount ]\n1,-5.00\n2,6.00\n")
    assert [(row["direction"], row["amount"]) for row in records(raw)] == [("out", "5.00"), ("in", "6.00")]
    assert "P306" in [problem.code for problem in raw.problems]


def test_payer_and_payee_become_own_account_and_other_side(tmp_path: Path) -> None:
    raw = table(
        tmp_path,
        "bank_transaction",
        "交易流水号,付款人账号[ Debit Account No. ],付款人名称,收款人账号,收款人名称,交易金额\n1,11,我局,22,甲,-5.00\n2,33,乙,11,我局,6.00\n",
    )
    assert [
        (row["account_no"], row["counterparty_account"], row["counterparty_name"]) for row in records(raw)
    ] == [("11", "22", "甲"), ("11", "33", "乙")]


def test_amounts_without_any_sign_get_no_direction_made_up(tmp_path: Path) -> None:
    raw = table(tmp_path, "bank_transaction", "交易流水号,交易金额\n1,5.00\n2,6.00\n")
    assert "direction" not in raw.columns


def test_debit_and_credit_balances_are_netted(tmp_path: Path) -> None:
    raw = table(
        tmp_path,
        "account_balance",
        "科目编码,期初余额,期初余额方向,期末借方余额,期末贷方余额\n1002,5.00,借,7.00,\n2001,5.00,贷,,8.00\n1,0.00,平,,\n",
    )
    assert [(row["opening"], row["closing"]) for row in records(raw)] == [
        ("5.00", "7.00"),
        ("-5.00", "-8.00"),
        ("0.00", ""),
    ]


def test_a_unit_in_the_header_scales_amounts(tmp_path: Path) -> None:
    raw = table(tmp_path, "payment", "支付凭证号,金额（万元）\n1,1.2345\n2,0.00001\n3,\n4,0.0000001\n")
    assert [row["amount"] for row in records(raw)] == ["12345.00", "0.10", "", "0.0000001"]


def test_a_percentage_in_the_header_makes_rates_fractions(tmp_path: Path) -> None:
    raw = table(tmp_path, "invoice", "发票号码,税率(%)\n1,6\n2,6%\n")
    assert [row["tax_rate"] for row in records(raw)] == ["6%", "6%"]


@given(micro=st.integers(-(10**16), 10**16), unit=st.sampled_from(sorted(UNITS)))
def test_amounts_in_any_unit_are_scaled_exactly_or_refused(micro: int, unit: str) -> None:
    fen, rest = divmod(micro * UNITS[unit] * 100, MICRO)
    found = to_yuan(unit, number_text(micro))
    if rest:
        with pytest.raises(BadValue):
            read_money(found)
    else:
        assert money_text(fen) == found


@given(text=st.text(alphabet="0123456789.,-()元万% e", max_size=12), unit=st.sampled_from(["万元", "亿元"]))
def test_what_cannot_be_scaled_never_passes_for_yuan(text: str, unit: str) -> None:
    found = to_yuan(unit, text)
    try:
        before = read_money(text)
    except BadValue:
        return
    try:
        after = read_money(found)
    except BadValue:
        return
    assert before * UNITS[unit] == after


@given(
    rows=st.lists(
        st.lists(st.sampled_from(["", " ", "借", "贷", "5.00", "-3", "x", "1,000"]), max_size=6), max_size=12
    )
)
def test_no_row_is_lost_or_changed_in_length_class_by_a_form(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["凭证号", "方向", "金额"])
    writer.writerows(rows)
    raw = table(tmp_path_factory.getbasetemp(), "voucher_line", out.getvalue())
    shaped = [row for batch in raw.batches() for row in batch.rows]
    assert len(shaped) == len(list(csv.reader(io.StringIO(out.getvalue(), newline="")))) - 1
    for before, after in zip(rows, shaped, strict=True):
        filled = any(cell.strip() for cell in before)
        fits = len(before) == 3 or (len(before) > 3 and not any(before[3:]))
        assert (len(after) == len(raw.columns)) == (filled and fits) or not filled
