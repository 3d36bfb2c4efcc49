"""A planted case is found among the rows of others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, find, given, settings

import xjk
from xjk.errors import UserError, XjkError
from xjk.models.rule import Rule
from xjk.rules.cases import read_cases
from xjk.runner.cases import open_case
from xjk.testing.strategies import Planted, planted

FIRST = settings(phases=[Phase.generate])
"""Take the first example; the smallest is not needed."""

RULES = {rule.code: rule for rule in xjk.catalogue().rules}
ONE = RULES["XJK306"]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_planted_cases_are_found_among_other_rows(rule: Rule) -> None:
    @settings(max_examples=6)
    @given(planted(rule))
    def holds(drawn: Planted) -> None:
        with open_case(rule, drawn.case) as opened:
            assert [each for each in opened.ledger.problems() if each.severity == "error"] == []
            assert drawn.missing(opened.hits()) == ()

    holds()


def test_a_rule_that_mixes_units_up_loses_its_planted_findings() -> None:
    rule = RULES["XJK310"]
    sql = (Path(rule.folder) / "rule.sql").read_text(encoding="utf-8")
    mixed = sql.replace("y.unit_code,", "(select min(o.unit_code) from payment o) as unit_code,", 1)
    assert mixed != sql

    def lost(drawn: Planted) -> bool:
        with open_case(rule, drawn.case) as opened:
            return bool(drawn.missing(opened.hits(sql=mixed)))

    assert find(planted(rule), lost, settings=settings(FIRST, max_examples=20))


@settings(max_examples=20)
@given(planted(ONE, units=3, max_rows=5))
def test_other_rows_are_other_units_between_those_of_the_case(drawn: Planted) -> None:
    for table, own in drawn.own_rows.items():
        rows = drawn.case.tables[table].rows
        assert drawn.case.tables[table].columns == own.columns
        assert [row for row in rows if row in own.rows] == list(own.rows)
        assert 1 <= len(rows) - len(own.rows) <= 5
        cells = {cell for row in own.rows for cell in row}
        place = own.columns.index("unit_code")
        others = {row[place] for row in rows if row not in own.rows}
        assert not others & cells
    assert drawn.expected == drawn.case.findings
    assert drawn.tables.keys() == drawn.case.tables.keys()


def test_codes_of_others_sort_before_and_after_those_of_the_case() -> None:
    def codes(drawn: Planted) -> tuple[set[str], set[str]]:
        units = {row["unit_code"] for row in drawn.tables["service_fee"]}
        own = {row["unit_code"] for row in drawn.own_rows["service_fee"].records()}
        return units - own, own

    def surrounded(drawn: Planted) -> bool:
        others, own = codes(drawn)
        return bool(others) and min(others) < min(own) and max(others) > max(own)

    assert find(planted(ONE), surrounded, settings=settings(FIRST, max_examples=200))


@settings(max_examples=10)
@given(planted(ONE))
def test_the_newest_day_and_what_was_supplied_stay_as_they_were(drawn: Planted) -> None:
    alone = drawn.case.model_copy(update={"tables": drawn.own_rows})
    with open_case(ONE, alone) as before, open_case(ONE, drawn.case) as after:
        assert before.ledger.as_of == after.ledger.as_of
        assert before.ledger.supplied == after.ledger.supplied
    with xjk.load(drawn.sources) as ledger:
        assert ledger.supplied == after.ledger.supplied


def test_every_case_is_planted() -> None:
    names: set[str] = set()

    @settings(max_examples=80)
    @given(planted(ONE))
    def collect(drawn: Planted) -> None:
        names.add(drawn.case.name)

    collect()
    assert names == {case.name for case in read_cases(ONE).of("must_flag")}


def test_a_rule_without_a_case_that_must_flag_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(
        "must_flag:\n"
        "  nothing: {service_fee: 'fee_id', findings: []}\n"
        "must_not_flag:\n"
        "  one: {why: {zh: 无, en: none}, service_fee: 'fee_id'}\n"
        "  two: {why: {zh: 无, en: none}, service_fee: 'fee_id'}\n",
        encoding="utf-8",
    )
    with pytest.raises(XjkError) as raised:
        planted(ONE.model_copy(update={"folder": str(tmp_path)}))
    assert "cases.yaml" in str(raised.value)


def test_the_number_of_units_is_checked_at_once() -> None:
    with pytest.raises(UserError, match="units"):
        planted(ONE, units=0)
