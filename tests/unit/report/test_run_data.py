"""A run for programs: what is written reads back."""

from __future__ import annotations

import csv
import io

import pytest
from tests.unit.report.samples import finding, result

from xjk.models.finding import Finding
from xjk.models.run import RunResult
from xjk.report.run_data import write_csv, write_json, write_jsonl

HOSTILE = "甲\x9b2J\u202e\u2028乙"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_json_reads_back_as_the_same_result() -> None:
    run = result(finding(message=HOSTILE))
    assert RunResult.model_validate_json(write_json(run, "zh")) == run


def test_each_json_line_reads_back_as_a_finding() -> None:
    run = result(finding(message=HOSTILE), finding(subject="M2"))
    lines = "".join(write_jsonl(run, "zh")).splitlines()
    assert tuple(map(Finding.model_validate_json, lines)) == run.findings


def test_json_has_no_character_a_terminal_obeys() -> None:
    assert not {"\x9b", "\u202e"} & set(write_json(result(finding(message=HOSTILE)), "zh"))


def test_csv_begins_with_a_mark_and_has_every_field() -> None:
    text = write_csv(result(finding()), "zh")
    assert text.startswith("\ufefffinding_id,")
    assert list(rows(text)[0]) == list(Finding.model_fields)


def test_csv_cells_hold_what_the_finding_says() -> None:
    (row,) = rows(write_csv(result(finding()), "zh"))
    assert (row["evidence"], row["verify"], row["amount"], row["date_from"]) == (
        "event:M1 (event.csv:2)",
        "签到表; 结算单",
        "32400.00",
        "2024-11-14",
    )
    assert row["facts"] == '{"people": 120, "cap": "66000.00"}'


@pytest.mark.parametrize("start", ["=1+2", "+1-2", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_csv_cells_that_a_spreadsheet_would_run_are_disarmed(start: str) -> None:
    (row,) = rows(write_csv(result(finding(subject=start, message=start, unit_name=start)), "zh"))
    assert (row["subject"], row["message"], row["unit_name"]) == (f"'{start}",) * 3


def test_a_formula_behind_a_line_break_is_disarmed_too() -> None:
    (row,) = rows(write_csv(result(finding(message="\x00=1+2", title="\n=1+2")), "zh"))
    assert row["message"] == "'=1+2"
    assert not row["title"].startswith("=")


def test_negative_amounts_stay_numbers() -> None:
    (row,) = rows(write_csv(result(finding(amount="-12.00")), "zh"))
    assert row["amount"] == "-12.00"
