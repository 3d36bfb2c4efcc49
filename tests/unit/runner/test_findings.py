"""The identity of a finding never changes by accident."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xjk.models.finding import fingerprint
from xjk.models.masking import mask, mask_personal


def test_fingerprints_are_what_they_were() -> None:
    assert fingerprint("XJK301", "U1", "HY0020") == "fp1:ec7a8a57baa9cf44600ad3313a5147e1"
    assert fingerprint("XJK701", "201001", "发票|甲") == "fp1:75e0d8227f9b170d8f4c641e531f6b69"


@given(st.tuples(st.text(), st.text(), st.text()), st.tuples(st.text(), st.text(), st.text()))
def test_different_identities_have_different_fingerprints(
    one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert (fingerprint(*one) == fingerprint(*other)) == (one == other)


def test_joining_parts_differently_gives_another_identity() -> None:
    assert fingerprint("A", "b|c", "d") != fingerprint("A", "b", "c|d")


def test_masks_keep_too_little_to_find_the_person() -> None:
    assert mask("11010519491231002X") == "11**************2X"
    assert mask("1234567") == "*******"


def test_personal_numbers_are_hidden_and_document_numbers_are_not() -> None:
    text = "身份证11010519491231002X 手机13800138000 卡6222021234567890128 发票310020113012345678 数电票24112000000026598589"
    shown = mask_personal(text)
    assert "11010519491231002X" not in shown
    assert "13800138000" not in shown
    assert "6222021234567890128" not in shown
    assert "310020113012345678" in shown
    assert "24112000000026598589" in shown


def test_known_personal_values_are_hidden_wherever_they_stand() -> None:
    assert mask_personal("付至3301040160000001234元", {"3301040160000001234"}) == "付至33***************34元"
