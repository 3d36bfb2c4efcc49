from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from xjk.errors import FormatError, SourceError
from xjk.readers import open_source
from xjk.readers.files.sqlite_file import open_sqlite


def database(tmp_path: Path, *statements: str) -> Path:
    path = tmp_path / "账 套?#%.db"
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return path


def test_tables_and_views_with_english_or_chinese_names_are_opened(tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "create table pay (no text, day text, yuan numeric, who text, blob_ blob)",
        "insert into pay values ('P1', '2024-03-05', 1234.5, '甲', null), ('P2', '2024-03-06', 7, null, null)",
        "create view 国库集中支付 as select no as 支付凭证号, day as 支付日期, yuan as 金额, who as 收款人 from pay",
        "create table unit (unit_code, name, kind)",
    )
    raw = open_source(path)
    assert {"payment", "unit"} == {each.table for each in raw}
    payment = next(each for each in raw if each.table == "payment")
    (batch,) = payment.batches()
    assert list(batch.rows) == [["P1", "2024-03-05", "1234.5", "甲"], ["P2", "2024-03-06", "7", ""]]
    assert list(batch.numbers) == [1, 2]
    assert [problem.code for each in raw for problem in each.problems] == ["P302"]


def test_bytes_are_left_for_validation_to_refuse(tmp_path: Path) -> None:
    path = database(tmp_path, "create table unit (name)", "insert into unit values (x'ff00')")
    (grid,) = open_sqlite(path, "f.db")
    (batch,) = grid.batches()
    assert "\x00" in str(batch.rows[0][0])


def test_a_database_with_changes_beside_it_is_refused(tmp_path: Path) -> None:
    path = database(tmp_path, "create table unit (name)")
    path.with_name(path.name + "-wal").write_bytes(b"log")
    with pytest.raises(FormatError, match="-wal"):
        open_sqlite(path, "f.db")


def test_a_database_without_a_known_table_says_how_to_help(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="create view"):
        open_sqlite(database(tmp_path, "create table x (a)"), "f.db")


def test_a_view_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xjk.readers.files.sqlite_file._STEP_LIMIT", 3)
    path = database(
        tmp_path,
        "create view unit as with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) as name from n",
    )
    (grid,) = open_sqlite(path, "f.db")
    with pytest.raises(FormatError, match="interrupted"):
        list(grid.batches())


def test_damaged_databases_are_format_errors(tmp_path: Path) -> None:
    path = database(tmp_path, "create table unit (name)", "insert into unit values ('甲')")
    raw = path.read_bytes()
    for damaged in (b"text", b"", raw[:100], raw[:100] + b"\xff" * (len(raw) - 100)):
        path.write_bytes(damaged)
        with pytest.raises((FormatError, SourceError)):
            for grid in open_sqlite(path, "f.db"):
                list(grid.batches())


def test_nothing_is_written_to_the_database(tmp_path: Path) -> None:
    path = database(tmp_path, "create table unit (name)")
    before = path.read_bytes()
    for grid in open_sqlite(path, "f.db"):
        list(grid.batches())
    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())
