"""``xjk validate``: every row accounted for, every problem told."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.unit.cli.conftest import Run, meeting

from xjk.models.problem import Problem
from xjk.models.run import Validation

CITIZEN = "110101199003077758"


def test_clean_data_makes_the_exit_code_0(xjk: Run, data: Path) -> None:
    ended = xjk("validate", data)
    assert (ended.code, ended.err) == (0, "")
    assert "没有发现数据问题。" in ended.out


def test_warnings_alone_make_it_0(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "100.00")
    event = data / "event.csv"
    event.write_text(event.read_text("utf-8").replace("U1,", "U9,"), "utf-8")
    ended = xjk("validate", data)
    assert ended.code == 0
    assert "P221 警告" in ended.out


def test_refused_rows_make_it_2(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "lots")
    ended = xjk("validate", data)
    assert ended.code == 2
    assert "event.csv:2  event.cost  “lots”" in ended.out


def test_refused_tables_make_it_2(xjk: Run, data: Path) -> None:
    (data / "payment.csv").write_text("payment_id,amount\np1,1.00\n", "utf-8")
    ended = xjk("validate", data)
    assert ended.code == 2
    assert "P310" in ended.out


def test_every_format_reads_back(xjk: Run, data: Path) -> None:
    meeting(data, "M1", "推进会", "lots")
    document = Validation.model_validate_json(xjk("validate", data, "--format", "json").out)
    lines = xjk("validate", data, "--format", "jsonl").out.splitlines()
    table = xjk("validate", data, "--format", "csv").out.removeprefix("\ufeff")
    assert tuple(map(Problem.model_validate_json, lines)) == document.problems
    assert [row["code"] for row in csv.DictReader(table.splitlines())] == ["P110"]


def test_a_limit_shortens_the_list_and_not_the_count(xjk: Run, data: Path) -> None:
    rows = "".join(f"p{row},U1,2024-01-01,x,甲公司\n" for row in range(9))
    (data / "payment.csv").write_text(f"payment_id,unit_code,paid_on,amount,payee_name\n{rows}", "utf-8")
    told = Validation.model_validate_json(xjk("validate", data, "--format", "json", "--limit", "2").out)
    assert (len(told.problems), told.errors, told.not_shown) == (2, 9, 7)
    assert "P110 错误 9 处" in xjk("validate", data).out
    assert xjk("validate", data, "--limit", "-1").code == 2


def test_refused_rows_are_written_into_a_new_folder(xjk: Run, data: Path, tmp_path: Path) -> None:
    meeting(data, "M1", "推进会", "lots")
    ended = xjk("validate", data, "--quarantine", "refused")
    assert "refused" in ended.err
    (row,) = csv.DictReader((tmp_path / "refused" / "event.csv").read_text("utf-8-sig").splitlines())
    assert (row["event_id"], row["cost"]) == ("M1", "lots")
    again = xjk("validate", data, "--quarantine", "refused")
    assert again.code == 2
    assert "XJK-E100" in again.err


def test_no_folder_is_written_when_no_row_is_refused(xjk: Run, data: Path, tmp_path: Path) -> None:
    assert xjk("validate", data, "--quarantine", "refused").code == 0
    assert not (tmp_path / "refused").exists()


def test_a_table_can_be_repaired_and_loaded_with_the_rest(xjk: Run, data: Path, tmp_path: Path) -> None:
    meeting(data, "M1", "推进会", "lots")
    xjk("validate", data, "--quarantine", "refused")
    (data / "event.csv").unlink()
    repaired = tmp_path / "refused" / "event.csv"
    repaired.write_text(repaired.read_text("utf-8").replace("lots", "98400.00"), "utf-8")
    assert xjk("validate", data, repaired).code == 0
    assert xjk("check", data, repaired, "--select", "XJK301").code == 1


def test_identity_numbers_are_never_shown(xjk: Run, data: Path) -> None:
    (data / "person.csv").write_text(
        f"person_id,unit_code,name,id_number\nP1,U9,张三,{CITIZEN}\nP1,U1,张三,{CITIZEN}\n", "utf-8"
    )
    for form in ("text", "json", "jsonl", "csv"):
        assert CITIZEN not in "".join(map(str, xjk("validate", data, "--format", form)))


def test_hostile_headers_and_cells_cannot_command_the_terminal(xjk: Run, data: Path) -> None:
    (data / "payment.csv").write_text(
        "payment_id,unit_code,paid_on,amount,payee_name,x\x1b]0;pwned\x07\np1,U1,\x1b[2J,\x9b1m,甲\u202e,\x1b\n",
        "utf-8",
    )
    for form in ("text", "json", "jsonl", "csv"):
        ended = xjk("validate", data, "--format", form)
        assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(ended.out + ended.err)


def test_a_lone_surrogate_in_json_is_refused_and_told(xjk: Run, data: Path) -> None:
    (data / "payment.jsonl").write_text(
        '{"payment_id": "p1", "unit_code": "U1", "paid_on": "2024-01-01", "amount": "x\\ud800", "payee_name": "y"}\n',
        "utf-8",
    )
    ended = xjk("validate", data)
    assert ended.code == 2
    assert "XJK-E900" not in ended.err
