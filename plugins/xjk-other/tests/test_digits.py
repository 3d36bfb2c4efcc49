"""The digit test reproduces published figures: Nigrini's bounds, and two sets of numbers recomputed by others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk_other.digits import (
    CHANCE,
    FIRST,
    FIRST_TWO,
    chi_square,
    excess,
    expected,
    first_two,
    firsts,
    mean_absolute_deviation,
    spike,
)

COUNTS = st.dictionaries(st.sampled_from(FIRST_TWO), st.integers(1, 1000), min_size=1)

AMLSIM = (
    [4783, 4346, 4671, 4735, 4649, 4462, 4356, 4615, 4803, 4523]
    + [2789, 2453, 2422, 2299, 1995, 2534, 2784, 2295, 2397, 2099]
    + [2448, 2775, 2713, 2475, 2674, 3038, 2541, 2688, 2432, 2409]
    + [1111, 1197, 1208, 1502, 1318, 1171, 1180, 1251, 956, 1170]
    + [1321, 1164, 1398, 1259, 1277, 1193, 1165, 1084, 1189, 1241]
    + [0] * 40
)
"""How many of the 120,558 amounts of the AMLSim sample (IBM, synthetic transactions) begin with 10, 11 … 99."""


def fibonacci(number: int) -> Counter[int]:
    counts, smaller, larger = Counter[int](), 1, 1
    for _ in range(number):
        counts[first_two(smaller)] += 1
        smaller, larger = larger, smaller + larger
    return counts


@pytest.mark.parametrize(
    ("counts", "first", "first_pair", "chi"),
    [
        pytest.param(fibonacci(500), "0.001267901", "0.000872599", "0.174", id="fibonacci"),
        pytest.param(
            dict(zip(FIRST_TWO, AMLSIM, strict=True)), "0.049299722", "0.005105710", "38718.688", id="amlsim"
        ),
    ],
)
def test_published_deviations_come_out_to_the_last_place(
    counts: Mapping[int, int], first: str, first_pair: str, chi: str
) -> None:
    assert round(mean_absolute_deviation(firsts(counts), FIRST), 9) == Decimal(first)
    assert round(mean_absolute_deviation(counts, FIRST_TWO), 9) == Decimal(first_pair)
    assert round(chi_square(firsts(counts), FIRST), 3) == Decimal(chi)


@pytest.mark.parametrize(("amount", "digits"), [(213, 21), (65468, 65), (878942, 87), (5, 50), (-1205, 12)])
def test_first_two_digits_are_those_of_the_figures(amount: int, digits: int) -> None:
    assert first_two(amount) == digits


@pytest.mark.parametrize("digits", [FIRST, FIRST_TWO])
def test_expected_shares_make_one_whole(digits: range) -> None:
    assert abs(sum((expected(each) for each in digits), Decimal(-1))) < Decimal("1e-20")


def test_chance_alone_reaches_nonconformity_at_about_245_amounts() -> None:
    assert CHANCE / Decimal(245).sqrt() > Decimal("0.015") > CHANCE / Decimal(246).sqrt()


@given(COUNTS, st.integers(2, 50))
def test_more_of_the_same_is_further_beyond_chance(counts: dict[int, int], times: int) -> None:
    assert excess({digits: count * times for digits, count in counts.items()}) > excess(counts)


@given(COUNTS)
def test_the_spike_is_among_what_there_is(counts: dict[int, int]) -> None:
    assert spike(counts) in counts
