"""Refused rows go out as CSV, are repaired, and come in again with the rest."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.ledger.books import PAYMENT, ledger_of, payment, raw, rows_told, select, told

from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import RawTable
from xjk.ledger.store import Value
from xjk.models.tables import TABLES

ORIGIN = ("_file", "_row", "_problem")


def read_back(path: Path, **repairs: dict[str, str]) -> RawTable:
    """Read a quarantine file as a reader would, with cells of some rows (by ``_row``) replaced."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row | repairs.get("row" + row["_row"], {}) for row in csv.DictReader(file)]
    return raw(path.stem, tuple(rows[0]), *(list(row.values()) for row in rows), file=f"repaired/{path.name}")


def provenance(ledger: Ledger) -> list[tuple[Value, ...]]:
    return select(
        ledger,
        "select p.payment_id, s.file, p.source_row from payment p join source s on s.source_id = p.source_id order by p.payment_id",
    )


def test_repaired_rows_are_accepted_with_the_rest_and_know_where_they_came_from(tmp_path: Path) -> None:
    rows = [
        payment(0),
        payment(1, amount="1e5"),
        payment(2, paid_on="2024-02-30", payee_name="=1+1"),
        payment(0, amount="7.00"),
        payment(4),
    ]
    source = raw("payment", PAYMENT, *rows, file="2024/payment.csv")
    with ledger_of(source) as ledger:
        (path,) = ledger.write_quarantine(tmp_path / "quarantine")
        assert (ledger.validation().rows, ledger.validation().accepted, ledger.validation().quarantined) == (
            5,
            2,
            3,
        )
    good = raw("payment", PAYMENT, rows[0], rows[4], file="2024/payment.csv")
    repairs = {"row3": {"amount": "100000"}, "row4": {"paid_on": "2024-02-29"}, "row5": {"payment_id": "p3"}}
    with ledger_of(good, read_back(path, **repairs)) as ledger:
        validation = ledger.validation()
        assert (validation.rows, validation.accepted, validation.quarantined) == (5, 5, 0)
        assert list(ledger.problems()) == []
        found = provenance(ledger)
        assert {
            ("p1", "2024/payment.csv", 3),
            ("p2", "2024/payment.csv", 4),
            ("p3", "2024/payment.csv", 5),
        } <= set(found)
        assert select(ledger, "select payee_name from payment where payment_id = 'p2'") == [("=1+1",)]
        assert select(ledger, "select amount_fen from payment where payment_id = 'p3'") == [(700,)]


def test_rows_that_are_not_repaired_come_back_with_their_first_origin(tmp_path: Path) -> None:
    with ledger_of(raw("payment", PAYMENT, payment(0), payment(1, amount="x"), file="a.csv")) as ledger:
        (path,) = ledger.write_quarantine(tmp_path / "one")
    with ledger_of(read_back(path)) as ledger:
        assert rows_told(ledger, "P110") == [("repaired/payment.csv", 2, "amount")]
        (again,) = ledger.write_quarantine(tmp_path / "two")
    with again.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["_file"], row["_row"], row["amount"]) == ("a.csv", "3", "x")


def test_a_quarantine_file_has_the_columns_of_the_contract_and_the_reasons(tmp_path: Path) -> None:
    with ledger_of(raw("payment", PAYMENT, payment(1, amount="x", payee_name=""))) as ledger:
        (path,) = ledger.write_quarantine(tmp_path / "q")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert [*TABLES["payment"].model_fields, *ORIGIN] == header
    assert "不是金额" in row[-1]
    assert "必填项为空" in row[-1]
    assert row[-3:-1] == ["payment.csv", "2"]


@settings(max_examples=40)
@given(st.text(alphabet="'=+-@\t\r\n\",|;.1a甲\ufeff \x00", max_size=8))
def test_what_a_refused_row_said_is_not_changed_by_going_out_and_in(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder = tmp_path_factory.mktemp("q")
    with ledger_of(
        raw("payment", (*PAYMENT, "purpose"), [*payment(1, amount="?"), text], file="=a.csv")
    ) as ledger:
        (path,) = ledger.write_quarantine(folder / "q")
        ((before,),) = select(ledger, "select cells from quarantine")
    with path.open(encoding="utf-8-sig", newline="") as written:
        for cell in (cell for row in csv.reader(written) for cell in row):
            assert not cell.startswith(("=", "@", "\t", "\r"))
    with ledger_of(read_back(path, row2={"amount": "1.00"})) as ledger:
        if "\x00" in text.strip():
            assert rows_told(ledger, "P102") == [("repaired/payment.csv", 2, "purpose")]
        else:
            expected = TABLES["payment"].columns()["purpose"].read(text) or None
            assert [(expected, "=a.csv")] == select(
                ledger, "select p.purpose, s.file from payment p join source s on s.source_id = p.source_id"
            )
    assert before is not None


def test_rows_that_share_an_origin_do_not_take_each_other_away() -> None:
    columns = (*PAYMENT, *ORIGIN)
    rows = [
        [*payment(1), "a.csv", "7", ""], [*payment(1, amount="2.00"), "a.csv", "7", ""], [*payment(2), "a.csv", "7", ""],
        [*payment(3), "a.csv", "7", ""], [*payment(3), "a.csv", "8", ""],
    ]  # fmt: skip
    with ledger_of(raw("payment", columns, *rows)) as ledger:
        assert provenance(ledger) == [("p1", "a.csv", 7), ("p2", "a.csv", 7), ("p3", "a.csv", 7)]
        (count,) = ledger.validation().files
        assert (count.rows, count.accepted, count.quarantined) == (5, 3, 2)
        assert select(ledger, "select count(*) from quarantine") == [(2,)]


def test_a_duplicate_is_counted_in_the_file_it_was_read_from() -> None:
    first = raw("payment", PAYMENT, payment(1), payment(2), file="a.csv")
    again = raw("payment", (*PAYMENT, *ORIGIN), [*payment(1), "a.csv", "9", ""], file="repaired/payment.csv")
    with ledger_of(first, again) as ledger:
        assert [(count.file, count.accepted, count.quarantined) for count in ledger.validation().files] == [
            ("a.csv", 2, 0),
            ("repaired/payment.csv", 0, 1),
        ]
        assert [(problem.file, problem.row) for problem in told(ledger, "P210")] == [("a.csv", 9)]


@pytest.mark.parametrize("row", ["", "0", "-1", "²", "x", "1.0", "99999999999", "9" * 30, " 3 ", None, 3])
@pytest.mark.parametrize("file", ["", None, "a.csv", "\ud800"])
def test_an_origin_that_makes_no_sense_is_replaced_by_the_place_in_the_quarantine_file(
    file: str | None, row: object
) -> None:
    cells = [*payment(1), file, row, ""]
    with ledger_of(raw("payment", (*PAYMENT, *ORIGIN), cells, cells, typed=True)) as ledger:
        ((_, found_file, found_row),) = provenance(ledger)
        assert ({"": "payment.csv", None: "payment.csv", "\ud800": "\\ud800"}.get(file, file)) == found_file
        assert found_row == (3 if str(row).strip() == "3" else 2)
        assert len(told(ledger, "P210")) == 1


def test_a_clean_ledger_leaves_an_empty_folder(tmp_path: Path) -> None:
    with ledger_of(raw("payment", PAYMENT, payment(1))) as ledger:
        assert ledger.write_quarantine(tmp_path / "new" / "q") == ()
    assert list((tmp_path / "new" / "q").iterdir()) == []
    assert [tmp_path / "new" / "q"] == list((tmp_path / "new").iterdir())


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "mine.txt").write_text("x", encoding="utf-8")
    with (
        ledger_of(raw("payment", PAYMENT, payment(1, amount="x"))) as ledger,
        pytest.raises(OSError, match="q"),
    ):
        ledger.write_quarantine(tmp_path / "q")
    assert [path.name for path in (tmp_path / "q").iterdir()] == ["mine.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["q"]
