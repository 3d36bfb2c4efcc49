"""What the reports of a validation tell."""

from __future__ import annotations

import csv
import io

from tests.unit.report.samples import validation

from xjk.models.problem import Problem
from xjk.models.run import Validation
from xjk.report.validation_data import write_csv, write_json, write_jsonl
from xjk.report.validation_text import write_text


def missing(row: int, value: str = "") -> Problem:
    return Problem.of("missing", table="event", file="event.csv", row=row, column="name", value=value)


def test_text_accounts_for_every_row() -> None:
    told = "".join(write_text(validation(missing(7)), "zh"))
    assert "  1,201  1,200     1     1  event  event.csv\n" in told
    assert "  1,201  1,200     1     1  合计\n" in told


def test_problems_of_one_code_stand_together_and_the_rest_is_counted() -> None:
    told = "".join(write_text(validation(*map(missing, range(2, 12))), "zh"))
    assert "P101 错误 10 处：必填项为空。" in told
    assert told.count("event.csv:") == 5
    assert "另有 5 处，见 --format jsonl" in told


def test_reasons_that_differ_are_told_one_by_one() -> None:
    gaps = [Problem.of("period_gap", table="voucher_line", unit="U1", year=2024, period=n) for n in (3, 4)]
    told = "".join(write_text(validation(*gaps), "en"))
    assert "P223 warning × 2\n" in told
    assert "U1 has no voucher for month 3 of 2024." in told
    assert "U1 has no voucher for month 4 of 2024." in told


def test_codes_beyond_the_limit_are_counted_all_the_same() -> None:
    cut = validation(missing(2), missing(3)).model_copy(update={"problems": (), "not_shown": 2})
    told = "".join(write_text(cut, "zh"))
    assert "P101 2 处" in told
    assert "另有 2 处" in told


def test_clean_data_is_said_to_be_clean() -> None:
    assert "没有发现数据问题。" in "".join(write_text(validation(), "zh"))


def test_values_cannot_command_the_terminal() -> None:
    assert "\x1b" not in "".join(write_text(validation(missing(2, "\x1b[2J")), "zh"))


def test_json_reads_back_as_the_same_validation() -> None:
    data = validation(missing(2), missing(3))
    assert Validation.model_validate_json(write_json(data, "zh")) == data


def test_each_json_line_reads_back_as_a_problem() -> None:
    data = validation(missing(2), missing(3))
    lines = "".join(write_jsonl(data, "zh")).splitlines()
    assert tuple(map(Problem.model_validate_json, lines)) == data.problems


def test_csv_is_in_the_language_asked_for_and_disarmed() -> None:
    text = write_csv(validation(missing(2, "=1+2")), "en").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["code"], row["row"], row["value"]) == ("P101", "2", "'=1+2")
    assert row["reason"] == "A required value is empty."
