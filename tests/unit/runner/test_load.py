"""Sources become a ledger: the same facts whatever the form, and a bad table costs only itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.runner.books import UNITS, payment, payments

from xjk import load, validate
from xjk.errors import DataError, EngineMissingError, SourceError, TableError
from xjk.ledger.raw import Batch, RawTable
from xjk.models.tables import TABLES
from xjk.models.tables.treasury import Payment

ROWS = [payment("p1", "1000.00"), payment("p2", "2000.50", unit="U2")]


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_records_models_csv_and_jsonl_give_the_same_ledger(tmp_path: Path) -> None:
    write_csv(tmp_path / "payment.csv", ROWS)
    (tmp_path / "payment.jsonl").write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8"
    )
    sources: list[Any] = [
        {"payment": ROWS},
        {"payment": [Payment.model_validate(row) for row in ROWS]},
        tmp_path / "payment.csv",
        tmp_path / "payment.jsonl",
    ]
    hashes = set()
    for source in sources:
        with load(source) as ledger:
            session = ledger.session()
            hashes.add(
                tuple(
                    session.query(
                        "SELECT payment_id, amount_fen, paid_on_day, payee_name FROM payment ORDER BY payment_id"
                    )
                )
            )
            session.close()
    assert len(hashes) == 1


def test_several_sources_make_one_ledger(tmp_path: Path) -> None:
    write_csv(tmp_path / "payment.csv", ROWS)
    with load(tmp_path, {"unit": UNITS}) as ledger:
        assert set(ledger.supplied) == {"payment", "unit"}
        assert ledger.validation().warnings == 0


def test_an_empty_folder_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=tmp_path.name):
        load(tmp_path)
    with pytest.raises(SourceError):
        load()


def test_a_table_without_a_key_column_names_every_missing_column(tmp_path: Path) -> None:
    write_csv(tmp_path / "payment.csv", [{"unit_code": "U1", "amount": "1"}])
    with pytest.raises(TableError) as caught:
        load(tmp_path / "payment.csv")
    for column in ("payment_id", "paid_on", "payee_name", "支付凭证号"):
        assert column in caught.value.text("zh")


def test_a_table_that_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    write_csv(tmp_path / "payment.csv", ROWS)
    write_csv(tmp_path / "unit.csv", [{"name": "甲局"}])
    with load(tmp_path) as ledger:
        assert ledger.unreadable == ("unit",)
        assert set(ledger.supplied) == {"payment"}
        assert [p.code for p in ledger.problems() if p.severity == "error"] == ["P310"]


def test_a_file_of_a_folder_that_cannot_be_opened_costs_only_itself(tmp_path: Path) -> None:
    write_csv(tmp_path / "payment.csv", ROWS)
    (tmp_path / "unit.csv").write_bytes(b"unit_code,name,kind\nU1,\x81\xff\xfe,other\n")
    (tmp_path / "invoice.xlsx").write_bytes(b"not a workbook")
    with load(tmp_path) as ledger:
        assert ledger.unreadable == ("invoice", "unit")
        assert set(ledger.supplied) == {"payment"}
        told = {p.file: p for p in ledger.problems()}
        assert "UTF-8" in told["unit.csv"].reason.en
        assert told["invoice.xlsx"].severity == "error"
    (tmp_path / "payment.csv").unlink()
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert len(caught.value.errors) == 2


def test_a_source_that_breaks_off_leaves_nothing_of_itself() -> None:
    def broken() -> Iterator[Batch]:
        yield Batch([["U1", "甲局", "other"], ["", "无编码", "other"]], range(2, 4))
        raise SourceError(zh="断了", en="It broke off.", where="unit.csv")

    raw = RawTable("unit", "unit.csv", ("unit_code", "name", "kind"), broken)
    with load([raw], {"payment": ROWS}) as ledger:
        session = ledger.session()
        assert list(session.query("SELECT count(*) FROM unit")) == [(0,)]
        session.close()
        assert ledger.unreadable == ("unit",)
        assert [count.table for count in ledger.validation().files] == ["payment"]


def test_an_unknown_engine_names_those_there_are() -> None:
    with pytest.raises(EngineMissingError, match="sqlite"):
        load({"unit": UNITS}, engine="oracle")


def test_validation_counts_every_row_and_names_every_refusal() -> None:
    wrong = [payment("p1", amount) for amount in ("1e400", "NaN", "12.345", "")]
    wrong += [payment("p6", "1.00", paid_on="2024-02-30"), payment("", "1.00")]
    right = [payment("p7", "１，２３４．５６"), payment("p8", "(1,234.50)")]
    told = validate(payments(*wrong, *right))
    (payments_count,) = [count for count in told.files if count.table == "payment"]
    assert (payments_count.rows, payments_count.accepted, payments_count.quarantined) == (8, 2, 6)
    assert [(p.row, p.column, p.code) for p in told.problems if p.severity == "error"] == [
        (1, "amount", "P111"),
        (2, "amount", "P110"),
        (3, "amount", "P112"),
        (4, "amount", "P101"),
        (5, "paid_on", "P121"),
        (6, "payment_id", "P101"),
    ]


def test_quarantined_rows_are_written_repaired_and_loaded_again(tmp_path: Path) -> None:
    rows = [payment("p1", "1.00"), payment("p2", "oops", purpose="=cmd()")]
    with load({"payment": rows}) as ledger:
        (path,) = ledger.write_quarantine(tmp_path / "quarantine")
    text = path.read_text(encoding="utf-8-sig")
    assert "'=cmd()" in text
    path.write_text(text.replace("oops", "2.00"), encoding="utf-8-sig")
    with load({"payment": rows}, tmp_path / "quarantine") as ledger:
        told = ledger.validation()
        assert (told.quarantined, told.errors, told.problems) == (0, 0, ())
        assert [(count.rows, count.accepted, count.ignored) for count in told.files] == [(1, 1, 1), (1, 1, 0)]
        session = ledger.session()
        assert list(
            session.query(
                "SELECT payment_id, amount_fen, purpose, source_row FROM payment ORDER BY payment_id"
            )
        ) == [
            ("p1", 100, None, 1),
            ("p2", 200, "=cmd()", 2),
        ]
        session.close()


def test_a_repair_that_is_refused_again_is_still_there_though_the_files_share_a_name(tmp_path: Path) -> None:
    for folder in ("books", "repaired"):
        (tmp_path / folder).mkdir()
    write_csv(tmp_path / "books" / "payment.csv", [payment("p1", "x"), payment("p2", "y")])
    origin = {"_file": "payment.csv"}
    again = [
        payment("p1", "1.00") | origin | {"_row": "2"},
        payment("p2", "still wrong") | origin | {"_row": "3"},
    ]
    write_csv(tmp_path / "repaired" / "payment.csv", again)
    with load(tmp_path / "books", tmp_path / "repaired") as ledger:
        told = ledger.validation()
        assert [(count.rows, count.accepted, count.quarantined, count.ignored) for count in told.files] == [
            (0, 0, 0, 2),
            (2, 1, 1, 0),
        ]
        assert [(p.row, p.value) for p in told.problems] == [(3, "still wrong")]
        (path,) = ledger.write_quarantine(tmp_path / "again")
        assert "still wrong" in path.read_text(encoding="utf-8-sig")


def test_every_table_can_be_loaded_empty_of_rows(tmp_path: Path) -> None:
    for table, model in TABLES.items():
        (tmp_path / f"{table}.csv").write_text(",".join(model.model_fields) + "\n", encoding="utf-8")
    told = validate(tmp_path)
    assert (told.rows, told.errors) == (0, 0)
    assert len(told.files) == len(TABLES)
