from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from xjk.readers import load_mapping, open_source, suggest_mapping


def drafted(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    draft = suggest_mapping(path)
    (tmp_path / "draft.yaml").write_text(draft, "utf-8")
    load_mapping(tmp_path / "draft.yaml")
    return draft


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("凭证字号,制单日期,摘要,科目代码,借方金额,贷方金额", "voucher_line"),
        ("交易时间,交易流水号,借方发生额,贷方发生额,账户余额,对方账号", "bank_transaction"),
        ("支付单号,支付日期,收款人全称,收款人账号,支付金额,用途", "payment"),
        ("发票代码,发票号码,开票日期,销方名称,购方名称,价税合计", "invoice"),
    ],
)
def test_the_table_is_the_one_whose_columns_the_headers_name(tmp_path: Path, header: str, table: str) -> None:
    assert f"- table: {table}" in drafted(tmp_path, "导出.csv", f"{header}\n")


def test_columns_that_follow_from_two_others_are_not_called_missing(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "x.csv", "交易时间,交易流水号,借方发生额,贷方发生额\n2024-01-02,T1,1.00,\n")
    assert "# direction" not in draft
    assert "# amount" not in draft
    assert "# account_no" in draft


def test_dates_of_another_order_get_a_format(tmp_path: Path) -> None:
    draft = drafted(
        tmp_path, "x.csv", "Trans No,Paid Date,Amount,Supplier Name\n1,25/03/2024,1,a\n2,01/02/2024,2,b\n"
    )
    assert 'paid_on: {from: "Paid Date", format: "%d/%m/%Y"}' in draft


def test_dates_that_fit_both_orders_are_pointed_out(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "x.csv", "Trans No,Paid Date,Amount,Supplier Name\n1,05/03/2024,1,a\n")
    assert "check the order of day and month" in draft


def test_a_required_column_only_one_header_can_be_is_guessed_from_the_content(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "x.csv", "支付单号,收款人全称,什么时候,支付金额\n1,甲,2024-03-05,5.00\n")
    assert "paid_on: 什么时候  # 按内容推断" in draft


def test_what_is_missing_or_unused_is_said_without_showing_values(tmp_path: Path) -> None:
    draft = drafted(tmp_path, "x.csv", "支付单号,支付金额,收款人全称,神秘列\n1,5.00,甲,11010519491231002X\n")
    assert "# unit_code: 单位编码，必填" in draft
    assert '"神秘列"' in draft
    assert "11010519491231002X" not in draft


def test_hostile_headers_cannot_break_out_of_the_draft(tmp_path: Path) -> None:
    draft = drafted(
        tmp_path, "x.csv", '金额,"a: b\n- x",#c,"{d}",\'e,"""f",yes,*g,支付单号\n1,2,3,4,5,6,7,8,9\n'
    )
    assert "sources:" in draft


def test_the_draft_reads_the_file_it_was_drafted_for(tmp_path: Path) -> None:
    drafted(tmp_path, "x.csv", "支付单号,支付日期,支付金额（万元）,收款人全称\n1,25/03/2024,1.5,甲\n")
    (raw,) = open_source(tmp_path / "x.csv", tmp_path / "draft.yaml")
    (batch,) = raw.batches()
    row = dict(zip(raw.columns, batch.rows[0], strict=True))
    assert (row["amount"], row["paid_on"]) == ("15000.00", "2024-03-25")


def test_each_sheet_of_a_workbook_gets_a_source(tmp_path: Path) -> None:
    book = Workbook()
    for title, header in (("一月", ["支付单号", "支付金额"]), ("二月", ["支付单号", "支付金额"])):
        book.create_sheet(title).append(header)
    book.save(tmp_path / "x.xlsx")
    draft = suggest_mapping(tmp_path / "x.xlsx")
    assert "sheet: 一月" in draft
    assert "sheet: 二月" in draft


def test_a_file_no_table_fits_still_gets_a_draft_that_loads(tmp_path: Path) -> None:
    drafted(tmp_path, "x.csv", "q,w\n1,2\n")
