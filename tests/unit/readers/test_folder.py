from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from xjk.errors import DataError, FormatError, SourceError
from xjk.models.pack import ReaderInfo
from xjk.models.tables import TABLES
from xjk.readers import READERS, Grid, ReadOptions, open_source
from xjk.readers.names import table_named

UNIT = "单位编码,单位名称,单位性质\nU1,甲局,行政单位\n"
PAYMENT = "payment_id,unit_code,paid_on,amount,payee_name\nP1,U1,2024-03-05,1.00,甲\n"


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("voucher_line", "voucher_line"),
        ("记账凭证分录", "voucher_line"),
        ("voucher_line-2024-01", "voucher_line"),
        ("Voucher Line", "voucher_line"),
        ("银行流水（工行）", "bank_transaction"),
        ("银行流水_工行", "bank_transaction"),
        ("银行流水2024", "bank_transaction"),
        ("payment_2", "payment"),
        ("payment_terms", None),
        ("notes", None),
        ("2024", None),
        ("", None),
    ],
)
def test_tables_are_recognised_by_the_names_of_files(name: str, table: str | None) -> None:
    assert table == table_named(name)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_recognised_by_both_its_names(table: str) -> None:
    assert table == table_named(table)
    assert table == table_named(TABLES[table].zh)


def test_files_parts_and_folders_of_a_dataset_are_opened(tmp_path: Path) -> None:
    write(
        tmp_path,
        **{
            "单位.csv": UNIT,
            "payment-2023.csv": PAYMENT,
            "payment__2024-01.tsv": PAYMENT.replace(",", "\t"),
            "invoice.jsonl": '{"发票号码": "1"}\n',
            "_quarantine.csv": "a",
            ".hidden.csv": "a",
            "README.md": "a",
            "LICENSE": "a",
            "mapping.yaml": "a",
        },
    )
    raw = open_source(tmp_path)
    assert sorted((each.table, each.file) for each in raw)[:3] == [
        ("invoice", "invoice.jsonl"),
        ("payment", "payment-2023.csv"),
        ("payment", "payment/2024-01.tsv"),
    ]
    assert "unit" in {each.table for each in raw}
    assert [problem for each in raw for problem in each.problems] == []


def test_a_file_of_no_table_is_a_notice_with_the_closest_name(tmp_path: Path) -> None:
    raw = open_source(write(tmp_path, **{"unit.csv": UNIT, "paymant.csv": PAYMENT, "photo.png": "x"}))
    problems = raw[0].problems
    assert {"P302", "P308"} == {problem.code for problem in problems}
    assert any("payment" in problem.reason.en for problem in problems)


def test_a_file_of_a_table_in_no_known_format_is_an_error(tmp_path: Path) -> None:
    raw = open_source(write(tmp_path, **{"unit.csv": UNIT, "payment.xls": "x"}))
    (failed,) = [each for each in raw if each.table == "payment"]
    assert isinstance(failed.failure, FormatError)
    assert ".xls" in str(failed.failure)


def test_all_files_that_cannot_be_opened_are_reported_together(tmp_path: Path) -> None:
    write(tmp_path, **{"unit.csv": "", "payment.json": "[", "invoice.csv": "a\x00b"})
    (tmp_path / "asset.csv").write_bytes(b"a,\xff\xfe\n")
    with pytest.raises(DataError) as caught:
        open_source(tmp_path)
    assert {"unit.csv", "payment.json:1", "asset.csv:1"} <= {error.where for error in caught.value.errors}


def test_a_folder_without_data_is_an_error_that_says_what_was_seen(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="paymant"):
        open_source(write(tmp_path, **{"paymant.csv": PAYMENT}))
    with pytest.raises(SourceError):
        open_source(tmp_path / "nowhere")


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "other", **{"payment.csv": PAYMENT}) / "payment.csv"
    folder = write(tmp_path / "data", **{"unit.csv": UNIT})
    (folder / "payment.csv").symlink_to(secret)
    (folder / "invoice").symlink_to(secret.parent)
    raw = open_source(folder)
    assert [each.table for each in raw] == ["unit"]
    assert [problem.code for problem in raw[0].problems] == ["P308", "P308"]


def test_sheets_named_like_tables_are_tables_and_others_are_notices(tmp_path: Path) -> None:
    book = Workbook()
    for title, header in (("单位", ["单位编码"]), ("payment", ["支付凭证号"]), ("说明", ["随便"])):
        book.create_sheet(title).append(header)
    book.save(tmp_path / "2024年账套.xlsx")
    raw = open_source(tmp_path)
    assert {("unit", "2024年账套.xlsx#单位"), ("payment", "2024年账套.xlsx#payment")} == {
        (each.table, each.file) for each in raw
    }
    assert any("说明" in (problem.file or "") for problem in raw[0].problems)


def test_a_workbook_named_like_a_table_needs_no_sheet_names(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["支付凭证号", "金额"])
    book.save(tmp_path / "payment.xlsx")
    (raw,) = open_source(tmp_path)
    assert (raw.table, raw.columns) == ("payment", ("payment_id", "amount"))


def test_rows_of_a_quarantine_file_keep_saying_where_they_came_from(tmp_path: Path) -> None:
    text = "_file,_row,_problem,payment_id\n原始.csv,17,金额不对,P1\n"
    (raw,) = open_source(write(tmp_path, **{"payment.csv": text}))
    assert raw.columns == ("_file", "_row", None, "payment_id")
    assert raw.problems == ()


def read_lines(path: Path, shown: str, options: ReadOptions) -> list[Grid]:
    """Read nothing but the header; stands for a reader of a pack."""
    return [Grid(shown, tuple(path.read_text("utf-8").split()), lambda: iter(()))]


def test_readers_of_packs_take_their_suffixes(tmp_path: Path) -> None:
    info = ReaderInfo(name="words", suffixes=(".words",), target=f"{__name__}:read_lines")
    (raw,) = open_source(write(tmp_path, **{"unit.words": "单位编码 单位名称"}), readers=(*READERS, info))
    assert raw.columns == ("unit_code", "name")
