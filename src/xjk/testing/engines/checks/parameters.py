"""Parameters are values, never text of the query."""

from __future__ import annotations

from xjk.errors import RuleForbiddenError, RuleTimeoutError
from xjk.ledger.store import Value
from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.checks.values import INTEGERS, TEXTS
from xjk.testing.engines.comparison import expect, expect_error

_ONE = texts_and_numbers(("a", 1))
_HOSTILE = (
    "'",
    "''",
    "' or 1 = 1 --",
    "'; drop table payment; --",
    "\\'; select 1; --",
    ":p",
    ":n",
    "$1",
    "$p",
    "%s",
    "%(p)s",
    "?",
    "{p}",
    "/*",
    "--",
    ";",
    "甲'乙",
)


@promise("参数值绝不会被当作 SQL。")
def a_bound_text_is_never_read_as_sql(make: MakeStore) -> None:
    """A bound text is never read as SQL, whatever it holds."""
    with asked(make, _ONE) as session:
        for text in (*_HOSTILE, *TEXTS):
            expect(
                session,
                pairs("select :p, length(:p), :p || t, n from v where :p = :q"),
                [(text, len(text), text + "a", 1)],
                p=text,
                q=text,
            )
        expect(session, "select count(*) from payment where purpose = :p", [(0,)], p="' or 'a' = 'a")


@promise("参数为整数时原样取回，直至正负 2^63-1。")
def a_bound_number_comes_back(make: MakeStore) -> None:
    """A bound number comes back as it was, up to plus and minus 2^63-1."""
    with asked(make, _ONE) as session:
        for number in INTEGERS:
            expect(session, "select :p, :p = :q from payment", [(number, 1)], p=number, q=number)


@promise("参数可以为空值。")
def a_parameter_may_be_null(make: MakeStore) -> None:
    """A parameter may be NULL, wherever it stands."""
    with asked(make, _ONE) as session:
        query = (
            "select coalesce(:t, t), coalesce(:n, n), :t is null, n + :n, t || :t, "
            "case when :n = 1 then 'x' else 'y' end from v"
        )
        expect(session, pairs(query), [("a", 1, 1, None, None, "y")], t=None, n=None)
        expect(session, pairs("select count(*) from v where t = :t or n > :n"), [(0,)], t=None, n=None)


@promise("同一参数可用多次，多余的参数不碍事。")
def a_parameter_is_used_as_often_as_the_query_likes(make: MakeStore) -> None:
    """A parameter may be used twice, and one that the query does not use is no trouble."""
    with asked(make, _ONE) as session:
        expect(
            session,
            pairs("select n + :a + :a, :b from v where :a = 2"),
            [(5, "x")],
            a=2,
            b="x",
            unused="y",
            another=None,
        )
        expect(session, pairs("select n from v"), [(1,)], unused=1)


@promise("名称相近的参数不混淆。")
def similar_names_are_told_apart(make: MakeStore) -> None:
    """Parameters whose names begin alike or differ in case are told apart."""
    with asked(make, _ONE) as session:
        expect(
            session,
            "select :a, :ab, :a_b, :A, :a1 from payment",
            [(1, 2, 3, 4, 5)],
            a=1,
            ab=2,
            a_b=3,
            A=4,
            a1=5,
        )


@promise("缺少参数是规则的错误。")
def a_missing_parameter_is_an_error_of_the_rule(make: MakeStore) -> None:
    """A parameter that is not given is an error of the rule, which names it; the session goes on."""
    with asked(make, _ONE) as session:
        nothing, another = dict[str, Value](), dict[str, Value](other=1)
        for missing in (nothing, another):
            error = expect_error(
                lambda missing=missing: list(session.query("select :wanted from payment", missing)),  # type: ignore[misc]
                ":wanted",
                but=RuleForbiddenError,
            )
            if "wanted" not in str(error):
                raise AssertionError(f"the message does not name the parameter: {error} 消息没有写出参数名")
        expect(session, "select 1 from payment", [(1,)])


@promise("无法绑定的值是规则的错误。")
def a_value_that_cannot_be_bound_is_an_error_of_the_rule(make: MakeStore) -> None:
    """A number beyond 64 bits or half a character is an error of the rule, and nothing else breaks."""
    with asked(make, _ONE) as session:
        for value in (2**200, -(2**200), "\ud800"):
            expect_error(
                lambda value=value: list(session.query("select :p from payment where :p = :p", {"p": value})),  # type: ignore[misc]
                repr(value)[:20],
                but=RuleTimeoutError,
            )
            expect(session, "select 1 from payment", [(1,)])


@promise("参数可用于查询的任何值所在。")
def parameters_stand_wherever_a_value_may(make: MakeStore) -> None:
    """Parameters stand wherever a value may: lists, CASE, BETWEEN, HAVING, window frames, functions."""
    with asked(make, texts_and_numbers(("a", 1), ("b", 2), ("c", 3))) as session:
        expect(
            session,
            pairs("select t, case when n between :low and :high then :yes else :no end, substr(t || :tail, :start, 1), "
            "sum(n) over (order by n range between :low preceding and current row) from v where t in (:first, :second) order by n"),
            [("a", "in", "z", 1), ("b", "in", "z", 3)],
            low=1, high=2, yes="in", no="out", tail="z", start=2, first="a", second="b",
        )  # fmt: skip
        expect(session, pairs("select sum(n) from v having sum(n) >= :least"), [(6,)], least=6)
