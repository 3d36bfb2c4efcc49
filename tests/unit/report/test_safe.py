"""Text from data cannot command a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.report.safe import escape_json, one_line

HOSTILE = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x202A, 0x202E, 0x2066, 0x2069]))


@given(st.text(alphabet=st.one_of(st.sampled_from(HOSTILE), st.characters()), max_size=30))
def test_one_line_has_no_character_a_terminal_obeys(text: str) -> None:
    assert not set(one_line(text)) & set(HOSTILE)


@pytest.mark.parametrize("text", ["", "甲局 2024-01-01", "“引号”…—", "全角　空格", "😀"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


def test_line_breaks_become_spaces() -> None:
    assert one_line("甲\r\n乙\t丙") == "甲 乙 丙"


@given(st.text(alphabet=st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"]))))
def test_escaped_json_means_the_same_and_has_no_such_character(text: str) -> None:
    document = escape_json(json.dumps({"k": text}, ensure_ascii=False))
    assert json.loads(document) == {"k": text}
    assert not set(document) & set(HOSTILE)
