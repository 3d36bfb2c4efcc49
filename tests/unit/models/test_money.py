from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xjk.models.columns import INT, MONEY, NUMBER
from xjk.models.money import (
    MAX_FEN,
    MAX_MICRO,
    fen,
    micro,
    money_text,
    number_text,
    read_integer,
    read_money,
    read_number,
    yuan,
)
from xjk.models.problem import BadValue

AMOUNTS = st.integers(-MAX_FEN, MAX_FEN) | st.sampled_from([0, 1, -1, 99, -100, MAX_FEN, -MAX_FEN])
MICROS = st.integers(-MAX_MICRO, MAX_MICRO) | st.sampled_from([0, 1, -1, 999_999, MAX_MICRO, -MAX_MICRO])
WIDE = str.maketrans("0123456789.,()-+ ", "０１２３４５６７８９．，（）－＋\u3000")


def grouped(text: str) -> str:
    """Put thousands separators into plain digits, independently of the code under test."""
    whole, dot, decimals = text.partition(".")
    return f"{int(whole):,}{dot}{decimals}"


@given(AMOUNTS)
def test_every_amount_in_range_survives_the_way_through_text_and_decimal(amount: int) -> None:
    text = money_text(amount)
    assert amount == read_money(text) == fen(yuan(amount)) == fen(Decimal(text))
    assert Decimal(amount) == Decimal(text) * 100
    assert str(yuan(amount)) == text


@given(AMOUNTS)
def test_every_accepted_spelling_of_an_amount_means_the_same(amount: int) -> None:
    bare = money_text(abs(amount))
    for plain in (bare, grouped(bare), bare.rstrip("0"), "0" + bare, f" {bare}\t", f"\ufeff{bare}\u200b"):
        for shown in (plain, f"¥{plain}", f"￥ {plain}", f"{plain}元", f"人民币{plain}元整", f"CNY {plain}"):
            assert abs(amount) == read_money(shown) == read_money(f"+{shown}")
            negatives = (
                f"-{shown}",
                f"({shown})",
                f"{shown.strip()}-",
                f"\u2212{shown.strip()}",
                f"¥-{plain}",
            )
            for negative in negatives:
                for spelling in (negative, negative.translate(WIDE)):
                    assert -abs(amount) == read_money(spelling), spelling


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("１，２３４．５６", 123456),
        ("(1,234.50)", -123450),
        ("1,234.50-", -123450),
        ("¥1,234.50", 123450),
        ("-¥5", -500),
        ("+5", 500),
        ("\u22125.10", -510),
        (".5", 50),
        ("5.", 500),
        ("-0.00", 0),
        ("0.0000", 0),
        ("1.1000", 110),
        ("9999999999999.99", MAX_FEN),
        ("-9999999999999.99", -MAX_FEN),
        ("0000000000000000000000012.00", 1200),
    ],
)
def test_spellings_found_in_exports_are_read(text: str, amount: int) -> None:
    assert amount == read_money(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "money_exponent") for text in ("1e400", "1E+5", "-1E-5", "１Ｅ＋５", "1.5e3", "1,000e3", "(1e5)")),
        *((text, "money_precision") for text in ("1.234", "0.001", "-1,234.567", "0.005元")),
        *((text, "money_range") for text in ("10000000000000", "-12345678901234.00", "1" + "0" * 39)),
        *(
            (text, "not_money")
            for text in (
                "", " ", ".", "-.", "(.)", "-", "--", "+", "()", "¥", "元", ",", "NaN", "Infinity", "-inf", "nan元",
                "--5", "+-5", "-+5", "((5))", "(-5)", "-(5)", "5--", "-5-", "(5", "5)", "1,23.45", "1234,567.00", "12,34",
                ",123", "1,,234", "1, 234", "１.２.３", "1.2.3", "1 234", "5万元", "5万", "$5", "USD5", "0x10", "1_000",
                "٣", "五", "一百元", "1/2", "5%", "1.00\n2.00", "1.0\x000", "=1+1",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_not_exactly_an_amount_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_money(text)
    assert kind == caught.value.kind


@pytest.mark.parametrize(
    "value", [1.0, 0.1, float("nan"), float("inf"), 1, 0, True, False, None, b"1", [1], {}]
)
def test_money_from_python_is_decimal_or_text(value: object) -> None:
    with pytest.raises(BadValue) as caught:
        MONEY.coerce(value)
    assert caught.value.kind == "money_type"


@given(AMOUNTS, st.integers(0, 5000))
@example(100, 4998)
def test_a_decimal_is_worth_the_same_with_any_number_of_trailing_zeros(amount: int, zeros: int) -> None:
    padded = Decimal(f"{money_text(amount)}{'0' * zeros}")
    assert amount == fen(padded)


@given(st.integers(0, 15), st.integers(1, 9))
def test_a_decimal_with_a_positive_exponent_is_worth_what_it_says(exponent: int, digit: int) -> None:
    value = Decimal((0, (digit,), exponent))
    if exponent <= 12:
        assert digit * 10**exponent * 100 == fen(value)
    else:
        with pytest.raises(BadValue, match="out of range"):
            fen(value)


@given(st.integers(-1_000_000, 1_000_000))
def test_nothing_is_nothing_at_any_exponent(exponent: int) -> None:
    for sign in (0, 1):
        nothing = Decimal((sign, (0,), exponent))
        assert 0 == fen(nothing) == micro(nothing)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("NaN", "not_money"),
        ("sNaN", "not_money"),
        ("Infinity", "not_money"),
        ("-Infinity", "not_money"),
        ("1E+400", "money_range"),
        ("1E+999999", "money_range"),
        ("1E+13", "money_range"),
        ("10000000000000.00", "money_range"),
        ("0.001", "money_precision"),
        ("1E-999999", "money_precision"),
        ("1.005", "money_precision"),
        ("1." + "0" * 5000 + "1", "money_precision"),
    ],
)
def test_a_decimal_that_is_not_whole_fen_in_range_is_refused(value: str, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        fen(Decimal(value))
    assert kind == caught.value.kind


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_decimal_is_taken_exactly_or_not_at_all(value: Decimal) -> None:
    try:
        amount = fen(value)
    except BadValue as bad:
        assert bad.kind in ("money_range", "money_precision")
        return
    assert Decimal(amount).scaleb(-2) == value


@given(MICROS)
def test_every_number_in_range_survives_the_way_through_text_and_decimal(value: int) -> None:
    text = number_text(value)
    assert value == read_number(text) == micro(Decimal(text))
    assert Decimal(value) == Decimal(text).scaleb(6)
    assert text == number_text(read_number(text))


@given(st.integers(-(10**11), 10**11))
def test_a_per_cent_sign_divides_by_one_hundred(hundredths: int) -> None:
    text = str(Decimal(hundredths).scaleb(-2))
    assert hundredths * 100 == read_number(f"{text}%") == read_number(f"{text} ％")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.0000001", "number_precision"),
        ("1.00001%", "number_precision"),
        ("1000000000000", "number_range"),
        ("1e5", "not_number"),
        ("NaN", "not_number"),
        (".", "not_number"),
        ("5%%", "not_number"),
        ("%", "not_number"),
    ],
)
def test_what_is_not_exactly_a_number_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_number(text)
    assert kind == caught.value.kind


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_whole_number_in_range_is_read_and_written(value: int) -> None:
    for text in (str(value), f"{value}.0", f"{value:,}", str(value).translate(WIDE)):
        assert value == read_integer(text)
    assert value == INT.coerce(value) == INT.read(INT.render(value))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.5", "not_integer"),
        (".", "not_integer"),
        ("1e3", "not_integer"),
        ("x", "not_integer"),
        ("9" * 19, "number_range"),
    ],
)
def test_what_is_not_a_whole_number_is_refused(text: str, kind: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_integer(text)
    assert kind == caught.value.kind


@pytest.mark.parametrize(
    "value", [True, False, 1.5, float("nan"), float("inf"), Decimal("1.5"), None, 10**18, -(10**18)]
)
def test_a_python_value_that_is_no_whole_number_in_range_is_refused(value: object) -> None:
    with pytest.raises(BadValue):
        INT.coerce(value)


@given(st.integers(-(10**30), 10**30))
def test_a_python_integer_is_a_number_when_it_is_in_range(value: int) -> None:
    if abs(value) * 10**6 <= MAX_MICRO:
        assert value * 10**6 == NUMBER.coerce(value)
    else:
        with pytest.raises(BadValue, match="out of range"):
            NUMBER.coerce(value)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789.,-+()¥元eE% \u3000０９．，（）－\u2212\n", max_size=20))
def test_whatever_is_read_as_money_is_the_number_written_in_it(text: str) -> None:
    try:
        amount = read_money(text)
    except BadValue:
        return
    narrow = text.translate(str.maketrans("０９．", "09."))
    written = "".join(char for char in narrow if char in "0123456789.")
    assert Decimal(abs(amount)).scaleb(-2) == Decimal(written)
    assert "%" not in text
    assert "e" not in text.lower()
