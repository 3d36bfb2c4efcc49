from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from xjk.errors import FormatError, SourceError
from xjk.readers.files import workbook_guard
from xjk.readers.files.xlsx import open_sheet, sheet_names
from xjk.readers.grid import Grid
from xjk.readers.shaping.headers import is_any_header

HEADER = ["支付凭证号", "支付日期", "金额", "收款人", "收款账号"]


def workbook(tmp_path: Path, *rows: list[object], above: int = 0) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "国库集中支付"
    for _ in range(above):
        sheet.append(["说明"])
    sheet.append(HEADER)
    for row in rows:
        sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def opened(path: Path) -> Grid:
    names, _ = sheet_names(path, "book.xlsx")
    grid = open_sheet(path, "book.xlsx", names[0], is_any_header)
    assert grid is not None
    return grid


def rows(grid: Grid) -> list[list[object]]:
    return [list(row) for batch in grid.batches() for row in batch.rows]


def repacked(path: Path, name: str, change: object) -> Path:
    """Write the workbook again with one part changed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            data = source.read(entry)
            out.writestr(entry.filename, change(data) if entry.filename == name else data)  # type: ignore[operator]
    return target


def test_cells_become_the_text_a_person_would_type(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        ["P1", date(2024, 3, 5), 1234.56, "甲公司", "0012"],
        ["P2", datetime(2024, 3, 5, 8, 30), 0.1 + 0.2, True, None],  # noqa: DTZ001
        ["P3", time(0, 0), 100, " 乙 ", 6222],
    )
    assert rows(opened(path)) == [
        ["P1", "2024-03-05", "1234.56", "甲公司", "0012"],
        ["P2", "2024-03-05 08:30:00", "0.3", "true", ""],
        ["P3", "00:00:00", "100", " 乙 ", "6222"],
    ]


def test_rows_above_the_header_are_skipped_and_numbers_are_those_of_the_sheet(tmp_path: Path) -> None:
    grid = opened(workbook(tmp_path, ["P1"], above=3))
    assert tuple(HEADER) == grid.headers
    assert grid.furniture == 3
    assert [number for batch in grid.batches() for number in batch.numbers] == [5]


def test_a_number_too_long_for_a_spreadsheet_costs_its_row(tmp_path: Path) -> None:
    (row,) = rows(opened(workbook(tmp_path, ["P1", "2024-01-01", 1, "甲", 6222021234567890123])))
    assert len(row) == 1
    assert "15" in str(row[0])


def test_cells_beyond_the_header_make_the_row_too_long(tmp_path: Path) -> None:
    (row,) = rows(opened(workbook(tmp_path, ["P1", "", "", "", "", "", "多出"])))
    assert len(row) == 7


def test_a_sheet_that_states_too_small_an_extent_is_read_whole(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1", "2024-01-01", 1, "甲", "1"], ["P2", "2024-01-02", 2, "乙", "2"])
    changed = repacked(
        path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'ref="A1:E3"', b'ref="A1:B2"')
    )
    assert len(rows(opened(changed))) == 2
    assert len(opened(changed).headers) == 5


def test_error_values_are_counted_in_a_warning(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1", "2024-01-01", "#REF!", "甲", "1"])
    (problem,) = sheet_names(path, "book.xlsx")[1]
    assert (problem.code, problem.severity) == ("P307", "warning")
    assert [row[2] for row in rows(opened(path))] == ["#REF!"]


def test_formulas_that_were_never_calculated_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="never calculated"):
        opened(workbook(tmp_path, ["P1", "2024-01-01", "=1+1", "甲", "1"]))


def test_a_dtd_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1"])
    bomb = b'<!DOCTYPE lolz [<!ENTITY a "aaaa">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/styles.xml"):
        changed = repacked(
            path, part, lambda data: bomb + data[data.find(b"?>") + 2 if data.startswith(b"<?") else 0 :]
        )
        with pytest.raises(FormatError, match="DTD"):
            opened(changed)


def test_a_workbook_that_claims_too_much_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, ["P1"])
    monkeypatch.setattr(workbook_guard, "UNPACKED_LIMIT", 1_000)
    with pytest.raises(FormatError, match="too large"):
        opened(path)


def test_an_entry_packed_suspiciously_well_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1"])
    changed = repacked(path, "xl/worksheets/sheet1.xml", lambda data: data + b" " * 11 * 1024 * 1024)
    with pytest.raises(FormatError, match="suspicious"):
        opened(changed)


def test_rows_a_spreadsheet_cannot_have_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1"])
    changed = repacked(
        path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b'<row r="2"', b'<row r="999999999"')
    )
    with pytest.raises(FormatError, match="rows"):
        opened(changed)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04broken", b"not a workbook", b"\xd0\xcf\x11\xe0" * 200])
def test_files_that_are_no_workbook_are_format_errors(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(raw)
    with pytest.raises(FormatError):
        sheet_names(path, "book.xlsx")


def test_a_zip_that_is_no_workbook_is_a_format_error(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(FormatError):
        sheet_names(path, "book.xlsx")


def test_damaged_sheets_are_format_errors(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["P1", "2024-01-01", 1, "甲", "1"])
    for damage in (b"</row>", b"</sheetData>", b'r="A2"'):
        changed = repacked(
            path, "xl/worksheets/sheet1.xml", lambda data, gone=damage: data.replace(gone, b"<")
        )
        with pytest.raises(FormatError):
            rows(opened(changed))


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        sheet_names(tmp_path / "none.xlsx", "none.xlsx")


def test_a_blank_sheet_is_no_grid(tmp_path: Path) -> None:
    book = Workbook()
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert open_sheet(path, "book.xlsx", "Sheet", is_any_header) is None
