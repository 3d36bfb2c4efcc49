"""Arithmetic with whole numbers."""

from __future__ import annotations

from xjk.errors import RuleError
from xjk.ledger.store import Session
from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect

LARGE = 2**62
_SIGNED = ((7, 2), (-7, 2), (7, -2), (-7, -2), (6, 3), (0, 5))


def _exact_or_refused(session: Session, sql: str, exact: int) -> None:
    """Ask what lies beyond 64 bits: the exact number or an error of the rule will do, anything else is wrong."""
    try:
        rows = list(session.query(sql))
    except RuleError:
        return
    if len(rows) != 1 or type(rows[0][0]) is not int or rows[0][0] != exact:
        raise AssertionError(f"{sql}: {rows}, expected {exact} or an error 应为 {exact} 或报错")


@promise("合计超过 2^53 仍然精确。")
def sums_are_exact_beyond_53_bits(make: MakeStore) -> None:
    """Sums beyond 2^53 are exact, also in windows."""
    numbers = (2**53, 1, 1, 1, -3)
    with asked(make, texts_and_numbers(*(("a", number) for number in numbers))) as session:
        expect(session, pairs("select sum(n), sum(n) + 1 from v where n > 0"), [(2**53 + 3, 2**53 + 4)])
        expect(
            session,
            pairs("select sum(n) over (order by id) from v order by id"),
            [(2**53,), (2**53 + 1,), (2**53 + 2,), (2**53 + 3,), (2**53,)],
        )


@promise("合计超过 2^63 时，或者精确，或者报错，绝不回绕。")
def sums_beyond_64_bits_are_exact_or_refused(make: MakeStore) -> None:
    """A sum beyond 2^63 is exact or an error, never wrapped or rounded."""
    with asked(make, texts_and_numbers(*(("a", LARGE),) * 3)) as session:
        _exact_or_refused(session, pairs("select sum(n) from v"), 3 * LARGE)
        _exact_or_refused(session, pairs("select -sum(n) from v"), -3 * LARGE)
        _exact_or_refused(
            session, pairs("select max(s) from (select sum(n) over (order by id) as s from v) w"), 3 * LARGE
        )


@promise("乘积和差超过 2^63 时，或者精确，或者报错，绝不回绕或舍入。")
def products_beyond_64_bits_are_exact_or_refused(make: MakeStore) -> None:
    """A product, sum of two or difference beyond 2^63 is exact or an error, never wrapped or rounded."""
    with asked(make, texts_and_numbers(("a", LARGE))) as session:
        _exact_or_refused(session, pairs("select n * 4 from v"), 4 * LARGE)
        _exact_or_refused(session, pairs("select n + n + 1 from v"), 2 * LARGE + 1)
        _exact_or_refused(session, pairs("select -n - n - n from v"), -3 * LARGE)


@promise("比例以交叉相乘比较，精确。")
def ratios_compare_by_cross_multiplication(make: MakeStore) -> None:
    """Ratios compared by multiplying both sides are exact, sums and counts included."""
    rows = (("a", 10**15), ("a", 10**15 + 1), ("b", 3))
    with asked(make, texts_and_numbers(*rows)) as session:
        expect(
            session,
            pairs("select t from v group by t having sum(n) * 100 >= count(*) * :pct * :unit order by t"),
            [("a",)],
            pct=100,
            unit=10**15,
        )
        expect(session, pairs("select count(*) from v where n * 100 > 99 * :n"), [(2,)], n=10**15)


@promise("参数之间的乘法按 64 位计算。")
def parameters_multiply_in_64_bits(make: MakeStore) -> None:
    """Two parameters multiply and add in 64 bits, however small they are themselves."""
    with asked(make, texts_and_numbers(("a", 1))) as session:
        expect(
            session,
            pairs("select :a * :b, n * :a * :b, :a + :c from v"),
            [(10**10, 10**10, 2**31 + 99_999)],
            a=10**5,
            b=10**5,
            c=2**31 - 1,
        )


@promise("整数相除得整数，向零取整。")
def division_truncates_towards_zero(make: MakeStore) -> None:
    """A whole number divided by a whole number is a whole number, truncated towards zero."""
    with asked(make, texts_and_numbers(*((str(right), left) for left, right in _SIGNED))) as session:
        for left, right in _SIGNED:
            quotient = abs(left) // abs(right) * (1 if left * right >= 0 else -1)
            query = pairs("select n / :d from v where n = :n and t = :t")
            expect(session, query, [(quotient,)], d=right, n=left, t=str(right))


@promise("取余的符号随被除数。")
def a_remainder_has_the_sign_of_the_dividend(make: MakeStore) -> None:
    """A remainder has the sign of what is divided."""
    with asked(make, texts_and_numbers(*(("a", left) for left, _ in _SIGNED))) as session:
        for number, (left, right) in enumerate(_SIGNED):
            rest = abs(left) % abs(right) * (1 if left >= 0 else -1)
            rows = list(session.query(pairs("select n % :d from v order by id"), {"d": right}))
            if rows[number] != (rest,):
                raise AssertionError(f"{left} % {right}: {rows[number]}, expected {rest} 应为 {rest}")


@promise("除以零、对零取余得空值或报错，绝不得出数字。")
def nothing_comes_of_a_division_by_zero(make: MakeStore) -> None:
    """A division by zero and a remainder of zero are NULL or an error, never a number."""
    with asked(make, texts_and_numbers(("a", 0))) as session:
        for sign in ("/", "%"):
            try:
                rows = list(session.query(pairs(f"select 7 {sign} n from v")))  # noqa: S608
            except RuleError:
                continue
            if rows != [(None,)]:
                raise AssertionError(f"7 {sign} 0: {rows}, expected NULL or an error 应为空值或报错")


@promise("CAST 到 BIGINT 容得下 64 位；数字转文字即其写法。")
def casts_keep_every_digit(make: MakeStore) -> None:
    """CAST to bigint holds 64 bits, CAST to text gives the digits, and back again."""
    with asked(make, texts_and_numbers(("-42", 2**63 - 1), ("0012", -5), (None, None))) as session:
        expect(
            session,
            pairs("select cast(n as bigint), cast(n as text), cast(t as bigint) from v order by id"),
            [(2**63 - 1, str(2**63 - 1), -42), (-5, "-5", 12), (None, None, None)],
        )


@promise("CAST 到 INTEGER 容不下时报错，绝不截断。")
def cast_to_integer_is_exact_or_refused(make: MakeStore) -> None:
    """CAST to integer keeps 64 bits or is an error, never cut short; bigint is what rules write."""
    with asked(make, texts_and_numbers(("9000000000", 9_000_000_000))) as session:
        _exact_or_refused(session, pairs("select cast(n as integer) from v"), 9_000_000_000)
        _exact_or_refused(session, pairs("select cast(t as integer) from v"), 9_000_000_000)


@promise("写明的整数相乘，容不下时报错，绝不回绕。")
def literals_are_exact_or_refused(make: MakeStore) -> None:
    """Whole numbers written in the query multiply exactly or are an error, never wrapped."""
    with asked(make, texts_and_numbers(("a", 1))) as session:
        _exact_or_refused(session, pairs("select 100000 * 100000 from v"), 10**10)
        _exact_or_refused(session, pairs("select n * 100000 * 100000 from v"), 10**10)
