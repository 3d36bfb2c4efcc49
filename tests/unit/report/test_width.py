"""Layout by terminal columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xjk.report.width import columns, pad, table, wrap

TEXT = st.text(alphabet="ab 1,.甲乙，。（）“”…\u0301", max_size=80)


def test_a_chinese_character_takes_two_columns() -> None:
    assert columns("a甲b") == 4


def test_a_combining_mark_takes_none() -> None:
    assert columns("e\u0301") == 1


@given(TEXT, st.integers(0, 40))
def test_padding_fills_to_the_width_and_keeps_the_text(text: str, width: int) -> None:
    left, right = pad(text, width), pad(text, width, right=True)
    assert columns(left) == columns(right) == max(width, columns(text))
    assert left.startswith(text)
    assert right.endswith(text)


@given(TEXT)
def test_wrapping_loses_nothing_but_spaces(text: str) -> None:
    assert "".join("".join(wrap(text, width=20)).split()) == "".join(text.split())


@given(st.text(alphabet="甲乙丙 ", max_size=80))
def test_wrapped_chinese_keeps_within_the_width(text: str) -> None:
    assert all(columns(line) <= 21 for line in wrap(text, width=21, indent="- "))


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("甲乙丙，丁", width=6) == ["甲乙", "丙，丁"]


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert wrap("甲乙（丙）", width=6) == ["甲乙", "（丙）"]


def test_a_word_longer_than_the_line_is_not_cut() -> None:
    assert wrap("见 a-very-long-file-name.csv:12", width=10) == ["见", "a-very-long-file-name.csv:12"]


def test_lines_after_the_first_hang_below_the_text() -> None:
    assert wrap("aa bb", indent="甲 ", width=5) == ["甲 aa", "   bb"]


def test_columns_of_a_table_stand_below_one_another() -> None:
    lines = list(table([("甲", "1"), ("abc", "20")], header=("名", "数"), right=(1,), indent=""))
    assert lines == ["名   数", "甲    1", "abc  20"]


def test_a_table_without_rows_has_no_lines() -> None:
    assert list(table([])) == []


def test_what_is_laid_out_is_harmless() -> None:
    hostile = "甲\x1b[2J\n乙\u202e"
    assert wrap(hostile) == ["甲[2J 乙"]
    assert list(table([(hostile, "x")], indent="")) == ["甲[2J 乙  x"]
