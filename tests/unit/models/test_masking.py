from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xjk.models.masking import mask, mask_personal


@given(st.text())
def test_a_masked_value_is_as_long_as_before_and_shows_at_most_four_characters(value: str) -> None:
    masked = mask(value)
    assert len(value) == len(masked)
    assert len(value) - masked.count("*") <= 4
    if len(value) < 8:
        assert "*" * len(value) == masked


def test_citizen_card_and_mobile_numbers_are_hidden_wherever_they_stand() -> None:
    text = "张三440524188001010014，卡6222020000000007，电话13800138000，金额1234567890123"
    assert (
        mask_personal(text)
        == "张三44**************14，卡62************07，电话13*******00，金额1234567890123"
    )


def test_a_value_known_to_be_personal_is_hidden_whatever_it_looks_like() -> None:
    assert (
        mask_personal("付给acct-0001（1234567890）", {"acct-0001", "1234567890"})
        == "付给ac*****01（12******90）"
    )


def test_numbers_within_longer_numbers_or_words_stay() -> None:
    for text in ("A13800138000", "138001380001", "23440000000000100001", "440524188001010015", ""):
        assert text == mask_personal(text)
