from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.models.columns import DATE
from xjk.models.dates import day_date, day_number, day_text, read_day
from xjk.models.problem import BadValue

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
WIDE = str.maketrans("0123456789-/. :", "０１２３４５６７８９－／．\u3000：")


def test_every_day_from_1900_to_2099_has_its_number_and_comes_back() -> None:
    day, end, number = date(1900, 1, 1), date(2100, 1, 1), -25567
    while day < end:
        assert number == day_number(day) == read_day(day.isoformat())
        assert day == day_date(number)
        assert day.isoformat() == day_text(number)
        day += timedelta(days=1)
        number += 1


@given(
    DAYS,
    st.sampled_from(
        ["", " 00:00", " 9:05", " 23:59:59", "T08:30:00Z", "T08:30:00.000+08:00", "  12:00:00.5"]
    ),
)
def test_every_spelling_of_a_date_means_the_same_with_or_without_a_time(day: date, time: str) -> None:
    year, month, number = day.year, day.month, day.day
    spellings = (
        f"{day:%Y-%m-%d}", f"{year}-{month}-{number}", f"{year}/{month}/{number}", f"{day:%Y/%m/%d}",
        f"{year}.{month}.{number}", f"{day:%Y%m%d}", f"{year}年{month}月{number}日", f"{year} 年 {month} 月 {number} 日",
    )  # fmt: skip
    for spelling in spellings:
        for text in (spelling + time, f"\ufeff {spelling}{time}\u3000", (spelling + time).translate(WIDE)):
            assert (day - date(1970, 1, 1)).days == read_day(text), text


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["", ".0", ".5", ".999988425926"]))
def test_a_spreadsheet_serial_counts_days_from_1899_12_30(day: date, time: str) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert day == day_date(read_day(f"{serial}{time}"))


def test_known_serials_are_read() -> None:
    assert {text: day_text(read_day(text)) for text in ("45356", "43831", "18264", "73050")} == {
        "45356": "2024-03-05",
        "43831": "2020-01-01",
        "18264": "1950-01-01",
        "73050": "2099-12-31",
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "no_such_day")
            for text in ("2024-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "20240431", "2024年2月30日")
        ),
        *(
            (text, "date_range")
            for text in ("1899-12-31", "2100-01-01", "0000-01-01", "9999-12-31", "1899/1/1", "21000101", "00000000")
        ),
        *(
            (text, "not_date")
            for text in (
                "", "00:00:00", "24-01-05", "05/01/2024", "5.1.2024", "2024", "2024-01", "2024/01-05", "2024年1月", "今天",
                "Jan 5, 2024", "18263", "73051", "99999", "00001", "1704412800", "2024-1-5 下午",
                "2024-01-05x", "2024-01-05\n2024-01-06", "２０２４", "-45356", "45356.", "1e4",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_not_a_day_in_range_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_day(text)
    assert kind == caught.value.kind


@given(st.dates())
def test_a_python_date_is_taken_when_its_year_is_in_range(day: date) -> None:
    if 1900 <= day.year <= 2099:
        assert day == day_date(day_number(day))
    else:
        with pytest.raises(BadValue, match="outside 1900 to 2099"):
            day_number(day)


def test_a_moment_counts_as_its_day_whatever_the_time_zone() -> None:
    for zone in (None, UTC, timezone(timedelta(hours=8))):
        assert day_number(date(2024, 3, 5)) == DATE.coerce(datetime(2024, 3, 5, 23, 59, tzinfo=zone))


@pytest.mark.parametrize("value", [45356, 45356.0, True, None, b"2024-01-05", (2024, 1, 5)])
def test_other_python_values_are_not_dates(value: object) -> None:
    with pytest.raises(BadValue) as caught:
        DATE.coerce(value)
    assert caught.value.kind == "wrong_type"
