"""Public holidays and worked weekends."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import YamlError
from xjk.reference.calendar import CalendarDay, calendar_days, holiday_years

YEARS = {entry.year: entry for entry in holiday_years()}


def _day(iso: str) -> CalendarDay:
    day = date.fromisoformat(iso)
    return next(calendar_days(day, day))


def test_years_2019_to_2026_are_arranged_each_by_a_notice() -> None:
    assert sorted(YEARS) == list(range(2019, 2027))
    for year, entry in YEARS.items():
        for notice in entry.notices:
            assert notice.number.startswith("国办发明电〔")
            assert year - 1 <= notice.published.year <= year
            assert notice.source


@pytest.mark.parametrize("year", sorted(YEARS))
def test_each_year_has_its_seven_holidays_and_fixed_statutory_days(year: int) -> None:
    names = "、".join(part.name for part in YEARS[year].holidays)
    for name in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"):
        assert name in names
    days = {day for part in YEARS[year].holidays for day in part.days}
    fixed = [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)] + ([(5, 2)] if year >= 2025 else [])
    assert {date(year, month, day) for month, day in fixed} <= days
    assert any(day.month == 4 and day.day in (4, 5) for day in days), "Qingming"


@pytest.mark.parametrize("year", sorted(YEARS))
def test_days_fall_in_their_year_and_worked_days_are_weekend_days(year: int) -> None:
    for part in YEARS[year].holidays + YEARS[year].makeup:
        assert all(day.year == year for day in part.days)
    for part in YEARS[year].makeup:
        assert all(day.weekday() >= 5 for day in part.days)


@pytest.mark.parametrize("year", sorted(YEARS))
def test_each_break_is_one_run_of_days_without_gaps(year: int) -> None:
    for part in YEARS[year].holidays:
        assert list(part.days) == [part.days[0] + timedelta(days=i) for i in range(len(part.days))]


# Days off and weekend days worked, from the notices; the two days of December 2018 do not count here.
@pytest.mark.parametrize(
    ("year", "off", "worked"),
    [
        (2019, 22, 6),
        (2020, 30, 6),
        (2021, 31, 7),
        (2022, 32, 7),
        (2023, 26, 7),
        (2024, 28, 8),
        (2025, 28, 5),
        (2026, 33, 6),
    ],
)
def test_counts_agree_with_the_notices(year: int, off: int, worked: int) -> None:
    assert sum(len(part.days) for part in YEARS[year].holidays) == off
    assert sum(len(part.days) for part in YEARS[year].makeup) == worked


def test_the_notices_that_changed_an_arrangement_are_followed() -> None:
    assert _day("2019-05-03").kind == "holiday"
    assert _day("2019-05-05").kind == "makeup"
    assert _day("2020-01-31").kind == "holiday"
    assert _day("2020-02-01").kind == "holiday"
    assert _day("2020-02-03").kind == "workday"


def test_a_year_without_a_notice_follows_the_week_and_is_not_verified() -> None:
    assert _day("2018-10-01") == CalendarDay(date(2018, 10, 1), "workday", "", False)
    assert _day("2018-10-06") == CalendarDay(date(2018, 10, 6), "weekend", "", False)
    assert _day("2024-10-01") == CalendarDay(date(2024, 10, 1), "holiday", "国庆节", True)
    assert _day("2024-03-01") == CalendarDay(date(2024, 3, 1), "workday", "", True)


@given(st.dates(date(2017, 1, 1), date(2028, 12, 31)), st.integers(0, 400))
def test_every_day_of_a_range_comes_once_and_in_order(first: date, length: int) -> None:
    days = list(calendar_days(first, first + timedelta(days=length)))
    assert [entry.day for entry in days] == [first + timedelta(days=i) for i in range(length + 1)]
    assert all((entry.kind == "weekend") <= (entry.day.weekday() >= 5) for entry in days)


def test_an_empty_range_has_no_days() -> None:
    assert list(calendar_days(date(2024, 1, 2), date(2024, 1, 1))) == []


YEAR = """
year: "{year}"
notices: [{{number: 号, published: 2026-11-01, subject: 放假, source: 测试, confidence: M}}]
holidays: [{{name: 元旦, days: [{holiday}]}}]
makeup: [{{name: 元旦, days: [{worked}]}}]
"""


def _pack(folder: Path, **values: str) -> Path:
    (folder / "calendar").mkdir(parents=True)
    (folder / "calendar" / "year.yaml").write_text(YEAR.format(**values), encoding="utf-8")
    return folder


def test_a_pack_adds_a_year(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack", year="2027", holiday="2027-01-01", worked="2027-01-03")
    days = {entry.day: entry.kind for entry in calendar_days(date(2027, 1, 1), date(2027, 1, 3), [folder])}
    assert list(days.values()) == ["holiday", "weekend", "makeup"]


def test_a_pack_may_not_rearrange_a_year(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack", year="2024", holiday="2024-01-01", worked="2024-01-07")
    with pytest.raises(YamlError) as caught:
        holiday_years([folder])
    assert "2024.yaml" in caught.value.en
    assert str(folder) in caught.value.en


@pytest.mark.parametrize(
    ("holiday", "worked", "said"),
    [
        ("2026-01-01", "2027-01-03", "not in 2027"),
        ("2027-01-01", "2027-01-04", "no weekend day"),
        ("2027-01-02", "2027-01-02", "given twice"),
        ("2027-1-1", "2027-01-03", "YYYY-MM-DD"),
        ("2027-02-30", "2027-01-03", "day"),
    ],
)
def test_an_impossible_arrangement_is_refused(tmp_path: Path, holiday: str, worked: str, said: str) -> None:
    folder = _pack(tmp_path / "pack", year="2027", holiday=holiday, worked=worked)
    with pytest.raises(YamlError, match=said):
        holiday_years([folder])
