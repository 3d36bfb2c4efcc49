"""Every function that rules may call, with what it gives for some values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from xjk.errors import RuleError
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.store import Value
from xjk.models.words import Words
from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import EngineCheck, MakeStore, promise
from xjk.testing.engines.comparison import expect

VALUES = (("abcAB", 7), ("  甲乙 b ", -7), (None, None), ("", 0), ("abcAB", 2**62))
"""Texts and numbers the functions are tried on: t and n of the expressions below."""

_T = tuple(text for text, _ in VALUES)
_N = tuple(number for _, number in VALUES)

SAMPLES: Mapping[str, Mapping[str, tuple[Value, ...]]] = {
    "count": {"count(*)": (5,), "count(n)": (4,), "count(distinct t)": (3,), "count(distinct n)": (4,)},
    "sum": {"sum(n)": (2**62,), "sum(distinct length(t))": (12,), "sum(case when n > 0 then 1 else 0 end)": (2,)},
    "min": {"min(n)": (-7,), "min(t)": ("",)},
    "max": {"max(n)": (2**62,), "max(t)": ("abcAB",)},
    "coalesce": {"coalesce(t, 'x')": ("abcAB", "  甲乙 b ", "x", "", "abcAB"), "coalesce(null, n, 5)": (7, -7, 5, 0, 2**62)},
    "nullif": {"nullif(t, '')": ("abcAB", "  甲乙 b ", None, None, "abcAB"), "nullif(n, 7)": (None, -7, None, 0, 2**62)},
    "abs": {"abs(n)": (7, 7, None, 0, 2**62), "abs(-n)": (7, 7, None, 0, 2**62)},
    "length": {"length(t)": (5, 7, None, 0, 5), "length('甲😀' || t)": (7, 9, None, 2, 7)},
    "lower": {"lower(t)": ("abcab", "  甲乙 b ", None, "", "abcab")},
    "upper": {"upper(t)": ("ABCAB", "  甲乙 B ", None, "", "ABCAB")},
    "trim": {"trim(t)": ("abcAB", "甲乙 b", None, "", "abcAB"), "length(trim(t || '  '))": (5, 4, None, 0, 5)},
    "substr": {
        "substr(t, 2)": ("bcAB", " 甲乙 b ", None, "", "bcAB"),
        "substr(t, 1, 3)": ("abc", "  甲", None, "", "abc"),
        "substr(t, 4, 1)": ("A", "乙", None, "", "A"),
        "substr(t, 9, 2)": ("", "", None, "", ""),
        "substr(t, 2, 0)": ("", "", None, "", ""),
    },
    "replace": {
        "replace(t, 'b', 'xy')": ("axycAB", "  甲乙 xy ", None, "", "axycAB"),
        "replace(t, ' ', '')": ("abcAB", "甲乙b", None, "", "abcAB"),
        "replace(t, 'B', '')": ("abcA", "  甲乙 b ", None, "", "abcA"),
    },
    "cast": {
        "cast(n as text)": ("7", "-7", None, "0", str(2**62)),
        "cast(n as bigint)": _N,
        "cast(cast(n as text) as bigint)": _N,
    },
    "row_number": {"row_number() over (order by n, id)": (4, 2, 1, 3, 5)},
    "rank": {"rank() over (order by t)": (4, 3, 1, 2, 4)},
    "dense_rank": {"dense_rank() over (order by t desc)": (1, 2, 4, 3, 1)},
    "lag": {"lag(n) over (order by id)": (None, 7, -7, None, 0), "lag(n, 2, 1) over (order by id)": (1, 1, 7, -7, None)},
    "lead": {"lead(n) over (order by id)": (-7, None, 0, 2**62, None), "lead(t, 2, 'z') over (order by id)": (None, "", "abcAB", "z", "z")},
    "first_value": {"first_value(n) over (order by n, id)": (None,) * 5, "first_value(n) over (partition by t order by n)": (7, -7, None, 0, 7)},
    "last_value": {
        "last_value(n) over (order by id)": _N,
        "last_value(t) over (order by id rows between unbounded preceding and unbounded following)": ("abcAB",) * 5,
    },
    "ntile": {"ntile(2) over (order by id)": (1, 1, 1, 2, 2), "ntile(3) over (order by id desc)": (3, 2, 2, 1, 1)},
}  # fmt: skip
"""Per function, expressions with what SQLite gives: one value of an aggregate, else one for each of the values."""

_ZH = "函数 {name} 与 SQLite 的结果相同：{expressions}。"
_EN = "The function {name} gives what SQLite gives: {expressions}."


def function_checks() -> Iterator[EngineCheck]:
    """Yield one check for each function that rules may call.

    Raises:
        KeyError: when a function has no samples.
    """
    for name in sorted(FUNCTIONS):
        samples = SAMPLES[name]
        words = Words(zh=_ZH, en=_EN).format(name=name, expressions=", ".join(samples))
        yield EngineCheck(f"functions.{name}", words, lambda make, samples=samples: _try(make, samples))  # type: ignore[misc]


def _try(make: MakeStore, samples: Mapping[str, tuple[Value, ...]]) -> None:
    with asked(make, texts_and_numbers(*VALUES)) as session:
        for expression, values in samples.items():
            order = "" if len(values) == 1 else " order by id"
            query = pairs(f"select {expression} from v{order}")  # noqa: S608
            expect(session, query, [(value,) for value in values])


@promise("lower 与 upper 只改 ASCII 字母。")
def only_ascii_letters_change_case(make: MakeStore) -> None:
    """Lower and upper change ASCII letters only, as SQLite does."""
    with asked(make, texts_and_numbers(("ÀéΔａＡßI", None))) as session:
        expect(session, pairs("select lower(t), upper(t) from v"), [("ÀéΔａＡßi", "ÀéΔａＡßI")])


@promise("trim 只去半角空格。")
def trim_takes_blanks_only(make: MakeStore) -> None:
    """Trim takes away blanks only: no tabs, line breaks or wide blanks."""
    with asked(make, texts_and_numbers((" \ta\n ", None), (" \u3000a\u00a0 ", None))) as session:
        expect(session, pairs("select trim(t) from v order by id"), [("\ta\n",), ("\u3000a\u00a0",)])


@promise("substr 的起点为零或负数时与 SQLite 相同。")
def substr_starts_before_the_text(make: MakeStore) -> None:
    """Substr counts from the end for a negative start and one place before the text for 0, as SQLite does."""
    with asked(make, texts_and_numbers(("abcdef", None))) as session:
        expect(
            session,
            pairs("select substr(t, -2), substr(t, -3, 2), substr(t, 0, 2) from v"),
            [("ef", "de", "a")],
        )


@promise("replace 找空文字时不作改动。")
def replacing_nothing_changes_nothing(make: MakeStore) -> None:
    """Replacing an empty text changes nothing."""
    with asked(make, texts_and_numbers(("abc", None))) as session:
        expect(session, pairs("select replace(t, '', 'x') from v"), [("abc",)])


@promise("数字作文字函数的参数时按其写法，或者报错。")
def numbers_are_texts_to_text_functions_or_refused(make: MakeStore) -> None:
    """A number given to a function of texts counts as its digits or is an error; rules write a CAST."""
    with asked(make, texts_and_numbers((None, 12345))) as session:
        for expression, value in (
            ("length(n)", 5),
            ("substr(n, 2, 2)", "23"),
            ("replace(n, '3', 'x')", "12x45"),
        ):
            with suppress(RuleError):
                expect(session, pairs(f"select {expression} from v"), [(value,)])  # noqa: S608
