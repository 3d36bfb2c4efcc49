from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.models.samples import TEXTS

from xjk.models.spreadsheet import disarm, rearm


@given(TEXTS | st.text(alphabet="'=+-@\t\r1.,", max_size=6))
def test_rearming_gives_back_what_was_disarmed(text: str) -> None:
    assert text == rearm(disarm(text))


@given(st.text(alphabet="'=+-@\t\r\n1.,a", max_size=6))
def test_nothing_a_spreadsheet_would_run_is_left(text: str) -> None:
    shown = disarm(text)
    if shown[:1] in tuple("=+-@\t\r"):
        assert shown[:1] in "+-"
        assert set(shown) <= set("+-1.,")


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "-", "+", "-5\n", "'=1"]
)
def test_formulas_are_disarmed(text: str) -> None:
    assert "'" + text == disarm(text)


@pytest.mark.parametrize("text", ["-5", "+5", "-1,234.50", "5-", "2024-03-05", "'quoted'", "甲", "", "'"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert text == disarm(text)
