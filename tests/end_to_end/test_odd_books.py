"""All rules on books that lack codes, change their chart, hold nothing, point in a circle or lie outside every standard."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from xjk import RunResult, check, load
from xjk.models.tables import TABLES
from xjk.testing import simulate

Row = dict[str, str]
Tables = dict[str, list[Row]]

DISTRICT = Path(__file__).parents[2] / "examples" / "district" / "data"
IDENTIFIERS = {"uscc", "idno", "acct"}
ROLES = "select fiscal_year, role from account_role where unit_code = :unit and account_code = '1501' order by fiscal_year"


def books(folder: Path) -> Tables:
    """Return the tables of a folder, without what no row fills in."""
    return {path.stem: list(rows(path)) for path in sorted(folder.glob("*.csv"))}


def rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def each(tables: Tables, change: Callable[[str, Row], Row]) -> Tables:
    return {table: [change(table, row) for row in found] for table, found in tables.items()}


def judged(tables: Tables) -> RunResult:
    """Check books with every rule; whatever they are like, no rule may fail."""
    with load(tables) as ledger:
        result = check(ledger, preview=True)
    assert [run.rule_id for run in result.coverage.rules if run.status == "failed"] == []
    return result


@pytest.fixture(scope="module")
def planted() -> Tables:
    return books(DISTRICT)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder: Path = tmp_path_factory.mktemp("honest") / "data"
    simulate(folder, units=8, schemes=())
    return books(folder)


def names_only(table: str, row: Row) -> Row:
    """Leave out identity numbers, credit codes and account numbers, but those that are keys."""
    columns, needed = TABLES[table].columns(), TABLES[table].required()
    return {
        name: cell for name, cell in row.items() if name in needed or columns[name].name not in IDENTIFIERS
    }


def test_with_names_only_rules_run_or_say_what_they_lack(planted: Tables) -> None:
    result = judged(each(planted, names_only))
    skipped = {run.rule_id: run.missing for run in result.coverage.rules if run.status == "skipped"}
    assert all(skipped.values())
    assert result.findings


def test_with_names_only_honest_books_stay_silent(honest: Tables) -> None:
    assert [(found.rule_id, found.message) for found in judged(each(honest, names_only)).findings] == []


def test_two_charts_in_one_data_set_are_told_apart_by_year(honest: Tables) -> None:
    unit = next(row for row in honest["unit"] if row["kind"] == "public_institution")["unit_code"]
    bought = [
        {
            "line_id": f"odd-{year}-{number}",
            "unit_code": unit,
            "fiscal_year": year,
            "voucher_no": "V1",
            "line_no": number,
            "voucher_date": f"{year}-05-20",
            "summary": "购台账柜",
            "account_code": code,
            "debit": debit,
            "credit": credit,
        }
        for year in ("2018", "2024")
        for number, code, debit, credit in (("1", "1501", "300.00", ""), ("2", "2302", "", "300.00"))
    ]
    with load(honest | {"voucher_line": honest["voucher_line"] + bought}) as ledger:
        with closing(ledger.session()) as session:
            roles = list(session.query(ROLES, {"unit": unit}))
        result = check(ledger, preview=True)
    assert roles == [(2018, "fixed_asset"), (2024, "long_term_equity")]
    assert [run.rule_id for run in result.coverage.rules if run.status == "failed"] == []
    assert [(found.rule_id, found.message) for found in result.findings] == []


def without_money(table: str, row: Row) -> Row:
    columns = TABLES[table].columns()
    return {name: "0.00" if cell and columns[name].name == "money" else cell for name, cell in row.items()}


def test_amounts_of_zero_give_no_amounts(planted: Tables) -> None:
    """XJK315 prices the days of a meeting by its standard, whatever was paid."""
    result = judged(each(planted, without_money))
    assert {found.rule_id for found in result.findings if found.amount != "0.00"} <= {"XJK315"}


def test_units_without_parents_run_as_they_are(planted: Tables) -> None:
    tables = planted | {"unit": [row | {"parent_code": ""} for row in planted["unit"]]}
    assert judged(tables).findings


def test_units_that_are_each_others_parents_end_the_run_all_the_same(planted: Tables) -> None:
    codes = [row["unit_code"] for row in planted["unit"]]
    circle = dict(zip(codes, [*codes[1:], codes[0]], strict=True))
    tables = planted | {"unit": [row | {"parent_code": circle[row["unit_code"]]} for row in planted["unit"]]}
    assert judged(tables).findings


def long_ago(_: str, row: Row) -> Row:
    """Move every date, month and year forty-one years back, before any standard and calendar."""
    return {
        name: re.sub(r"\b20[0-9][0-9]", lambda year: str(int(year[0]) - 41), cell)
        if name.endswith(("_on", "_date", "_to", "_from", "day", "month", "year"))
        else cell
        for name, cell in row.items()
    }


def test_dates_outside_every_standard_give_no_findings_by_a_standard(planted: Tables) -> None:
    result = judged(each(planted, long_ago))
    assert {"XJK301", "XJK303", "XJK312"}.isdisjoint(found.rule_id for found in result.findings)
