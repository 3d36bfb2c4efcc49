"""First digits of amounts against Benford's law, in exact decimal arithmetic.

The first two digits of an amount are those of its figures without sign, point and leading zeros; a missing second digit
is 0. The mean absolute deviation and its bounds are those of M. Nigrini, Benford's Law (2012); that a perfect sample of
n amounts deviates by about 0.234847 / √n on its own is from the expectation of the mean absolute deviation.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

FIRST = range(1, 10)
FIRST_TWO = range(10, 100)

NONCONFORMITY = Decimal("0.015")
"""Mean absolute deviation of first digits above which Nigrini speaks of nonconformity."""

CHANCE = Decimal("0.234847")
"""Times one over the root of n: the mean absolute deviation of first digits that chance alone gives."""


def first_two(figures: int) -> int:
    """Return the first two digits of an amount in its smallest unit: 213 → 21, 5 → 50."""
    return int(f"{abs(figures)}0"[:2])


def expected(digits: int) -> Decimal:
    """Return the share of amounts that begin with these digits by Benford's law."""
    return (1 + 1 / Decimal(digits)).log10()


def firsts(counts: Mapping[int, int]) -> dict[int, int]:
    """Turn counts of first two digits into counts of first digits."""
    return {digit: sum(counts.get(digit * 10 + second, 0) for second in range(10)) for digit in FIRST}


def mean_absolute_deviation(counts: Mapping[int, int], digits: range) -> Decimal:
    """Return how far the shares of `digits` lie from Benford's law on average; `counts` hold one amount at least."""
    total = sum(counts.values())
    deviations = (abs(Decimal(counts.get(each, 0)) / total - expected(each)) for each in digits)
    return sum(deviations, Decimal(0)) / len(digits)


def chi_square(counts: Mapping[int, int], digits: range) -> Decimal:
    """Return the statistic of Pearson's test of the counts against Benford's law."""
    total = sum(counts.values())
    terms = (
        (counts.get(each, 0) - total * expected(each)) ** 2 / (total * expected(each)) for each in digits
    )
    return sum(terms, Decimal(0))


def excess(counts: Mapping[int, int]) -> Decimal:
    """Return the mean absolute deviation of first digits beyond what chance gives; `counts` are of first two digits."""
    deviation = mean_absolute_deviation(firsts(counts), FIRST)
    return deviation - CHANCE / Decimal(sum(counts.values())).sqrt()


def spike(counts: Mapping[int, int]) -> int:
    """Return the first two digits that are most above their expected number; the smaller of equals."""
    total = sum(counts.values())
    return max(FIRST_TWO, key=lambda digits: (counts.get(digits, 0) - total * expected(digits), -digits))
