"""Identifiers, compared with python-stdnum and with published examples."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from xjk.models import identifiers as ids

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = "0123456789"
ORGANISATION_BODIES = st.text(alphabet=ALPHABET, min_size=8, max_size=8)
DAY_TEXTS = st.dates(min_value=date(1850, 1, 1)).map(lambda day: f"{day:%Y%m%d}".rjust(8, "0"))


def organisation_check(body: str) -> str:
    """Compute GB 11714 anew: 11 minus the weighted sum modulo 11, 10 written X, 11 written 0."""
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    values = [ord(char) - 48 if char.isdigit() else ord(char) - 55 for char in body]
    found = 11 - sum(weight * value for weight, value in zip(weights, values, strict=True)) % 11
    return {10: "X", 11: "0"}.get(found, str(found))


@st.composite
def codes(draw: st.DrawFn, first: str = "159") -> str:
    """Draw a unified social credit code that is right, by the arithmetic of python-stdnum."""
    head = draw(st.sampled_from(first)) + draw(st.sampled_from("134569" if first == "159" else DIGITS))
    assume(head != "92")
    region = draw(st.text(alphabet=DIGITS, min_size=6, max_size=6))
    body = draw(ORGANISATION_BODIES)
    bare = head + region + body + organisation_check(body)
    return bare + str(uscc.calc_check_digit(bare))


@given(codes())
def test_a_social_credit_code_is_right_when_stdnum_says_so(code: str) -> None:
    assert uscc.is_valid(code)
    assert ids.is_uscc(code)
    assert code[17] == ids.uscc_check_character(code[:17])


@given(codes(), st.integers(0, 17), st.sampled_from(ALPHABET + "IOSVZ"))
def test_one_wrong_character_of_a_social_credit_code_is_noticed(code: str, place: int, char: str) -> None:
    wrong = code[:place] + char + code[place + 1 :]
    assert (wrong == code) == ids.is_uscc(wrong)


@given(codes("AN"))
def test_codes_of_the_army_and_of_farm_bodies_are_right_though_stdnum_refuses_them_by_their_letter(
    code: str,
) -> None:
    assert code[17] == uscc.calc_check_digit(code[:17])
    assert not uscc.is_valid("A" + code[1:])
    assert ids.is_uscc(code)


@given(st.text(alphabet=DIGITS, min_size=15, max_size=15))
def test_the_inner_code_of_a_sole_trader_is_not_checked(rest: str) -> None:
    bare = "92" + rest
    assert ids.is_uscc(bare + str(uscc.calc_check_digit(bare)))


@settings(max_examples=300)
@given(st.text(alphabet=ALPHABET, min_size=18, max_size=18) | codes())
def test_what_stdnum_refuses_is_refused_and_what_only_we_refuse_has_a_wrong_inner_code(code: str) -> None:
    if code[:8].isdigit() and not uscc.is_valid(code):
        assert not ids.is_uscc(code)
    if uscc.is_valid(code) and not ids.is_uscc(code):
        assert organisation_check(code[8:16]) != code[16]


@pytest.mark.parametrize(
    "code", ["91110000600037341L", "91310000775785552L", "914403001922038216", "91440300708461136T"]
)
def test_registered_codes_are_right(code: str) -> None:
    assert ids.is_uscc(code)
    assert ids.is_organisation_code(code[8:17])
    assert organisation_check(code[8:16]) == code[16] == ids.organisation_check_character(code[8:16])


@pytest.mark.parametrize(
    "code",
    [
        "",
        "91110000600037341l",
        "91110000600037341",
        "91110000600037341L\n",
        "９１110000600037341L",
        "91110000600037341I",
        "x" * 18,
    ],
)
def test_a_code_of_another_shape_is_wrong(code: str) -> None:
    assert not ids.is_uscc(code)


@given(
    st.text(alphabet=DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8),
    st.sampled_from(DIGITS + "X"),
)
def test_an_organisation_code_is_right_when_the_standard_computed_anew_says_so(body: str, check: str) -> None:
    assert (check == organisation_check(body)) == ids.is_organisation_code(body + check)


BIRTHPLACES = st.sampled_from(["110105", "310101", "440524", "410102", "510104", "650102", "152301"])


@given(BIRTHPLACES, DAY_TEXTS, st.integers(0, 999))
def test_a_citizen_number_has_the_check_character_stdnum_computes(place: str, born: str, order: int) -> None:
    body = f"{place}{born}{order:03d}"
    check = str(ric.calc_check_digit(body + "0"))
    assert check == ids.citizen_check_character(body)
    assert ids.is_citizen_number(body + check)


@given(BIRTHPLACES, DAY_TEXTS, st.integers(0, 999), st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_digit_of_a_citizen_number_is_noticed(
    place: str, born: str, order: int, position: int, digit: str
) -> None:
    body = f"{place}{born}{order:03d}"
    number = body + str(ric.calc_check_digit(body + "0"))
    wrong = number[:position] + digit + number[position + 1 :]
    assert (wrong == number) == ids.is_citizen_number(wrong)


@settings(max_examples=300)
@given(st.text(alphabet=DIGITS, min_size=17, max_size=17), st.sampled_from(DIGITS + "X"))
def test_a_number_stdnum_takes_is_taken(body: str, check: str) -> None:
    if ric.is_valid(body + check) and body[6:10] >= "1850":
        assert ids.is_citizen_number(body + check)


def test_the_examples_of_the_standard_are_right() -> None:
    assert ids.is_citizen_number("440524188001010014")
    assert ids.is_citizen_number("11010519491231002X")


@pytest.mark.parametrize(
    "body",
    ["44052418800230001", "44052418801301001", "44052418000101001", "44052400000101001", "04052418800101001"],
)
def test_a_birth_date_that_never_was_is_wrong_even_with_the_right_check_character(body: str) -> None:
    assert not ids.is_citizen_number(body + str(ric.calc_check_digit(body + "0")))


@given(st.text(alphabet=DIGITS, min_size=12, max_size=18))
def test_the_check_digit_of_a_card_is_the_one_stdnum_computes(body: str) -> None:
    digit = str(luhn.calc_check_digit(body))
    assert digit == ids.luhn_check_digit(body)
    assert [char == digit for char in DIGITS] == [ids.is_bank_card(body + char) for char in DIGITS]


@given(st.text(alphabet=DIGITS, min_size=1, max_size=30))
def test_a_card_has_13_to_19_digits(number: str) -> None:
    assert ids.is_bank_card(number) == (13 <= len(number) <= 19 and luhn.is_valid(number))


@given(st.text(alphabet=DIGITS, min_size=11, max_size=11))
def test_the_check_digit_of_a_payment_system_number_is_the_one_stdnum_computes(body: str) -> None:
    digit = str(mod_11_10.calc_check_digit(body))
    assert [char == digit for char in DIGITS] == [ids.is_cnaps(body + char) for char in DIGITS]


@pytest.mark.parametrize(
    "number", ["102100099996", "103100000026", "104100000004", "105100000017", "308584000013"]
)
def test_payment_system_numbers_of_real_banks_are_right(number: str) -> None:
    assert ids.is_cnaps(number)
    assert not ids.is_cnaps(number[:-1])
    assert not ids.is_cnaps(number + "0")


@pytest.mark.parametrize(
    ("number", "answer"),
    [("6222020000000000", True), ("6222020000000000000", True), ("622202000000000", False), ("4222020000000000", False),
     ("62220200000000000000", False), ("622202000000000x", False), ("６２22020000000000", False)],
)  # fmt: skip
def test_a_card_looks_like_62_and_16_to_19_digits(number: str, answer: bool) -> None:
    assert answer == ids.looks_like_bank_card(number)


@pytest.mark.parametrize(
    ("code", "answer"),
    [("4400143130", True), ("044001400111", True), ("144001400111", True), ("244001400111", False), ("440014313", False),
     ("44001431301", False), ("44001431３0", False), ("", False), ("440014313X", False)],
)  # fmt: skip
def test_an_invoice_code_has_10_digits_or_12_beginning_with_0_or_1(code: str, answer: bool) -> None:
    assert answer == ids.is_invoice_code(code)


@pytest.mark.parametrize(
    ("number", "answer"),
    [("12345678", True), ("23440000000000100001", True), ("21440000000000100001", True), ("20440000000000100001", False),
     ("1234567", False), ("123456789", False), ("2344000000000010000", False), ("１2345678", False), ("1234567a", False)],
)  # fmt: skip
def test_an_invoice_number_has_8_digits_or_20_from_the_year_21_on(number: str, answer: bool) -> None:
    assert answer == ids.is_invoice_number(number)


def test_a_fiscal_bill_has_a_code_of_8_and_a_number_of_10_digits() -> None:
    assert [ids.is_fiscal_bill_code("4" * length) for length in (7, 8, 9)] == [False, True, False]
    assert [ids.is_fiscal_bill_number("0" * length) for length in (9, 10, 11)] == [False, True, False]
    assert not ids.is_fiscal_bill_code("1234567x")
    assert not ids.is_fiscal_bill_number("１234567890")
