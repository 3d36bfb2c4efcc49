from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.models.samples import TEXTS

from xjk.models.problem import BadValue
from xjk.models.text import MAX_CODE, MAX_TEXT, half_width, is_blank, read_code, read_text, tidy


@given(TEXTS)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(text) == tidy(tidy(text))
    assert is_blank(text) == (not tidy(text))


@given(TEXTS)
def test_half_width_changes_only_full_width_characters(text: str) -> None:
    assert half_width(text) == "".join(
        " " if char == "\u3000" else chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char
        for char in text
    )


@pytest.mark.parametrize("char", [*map(chr, [*range(32), *range(0x7F, 0xA0)]), "\ud800", "\udfff"])
def test_control_characters_and_lone_surrogates_are_refused_inside_a_text(char: str) -> None:
    text = f"a{char}b"
    if char in "\t\n\r":
        assert text == read_text(text)
    else:
        with pytest.raises(BadValue) as caught:
            read_text(text)
        assert caught.value.kind == "control_character"
    with pytest.raises(BadValue):
        read_code(text)


@given(st.text(alphabet="甲a", min_size=1))
def test_a_text_that_is_too_long_is_refused_and_never_cut(text: str) -> None:
    for read, limit in ((read_text, MAX_TEXT), (read_code, MAX_CODE)):
        assert "x" * (limit - len(text)) + text == read(" " + "x" * (limit - len(text)) + text)
        with pytest.raises(BadValue) as caught:
            read("x" * limit + text)
        assert caught.value.kind == "too_long"
