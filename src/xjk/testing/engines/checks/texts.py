"""Order, comparison and literals of texts."""

from __future__ import annotations

from xjk.testing.engines.books import Books, asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_set

IN_ORDER = (
    "", " ", "!", "'", "-", "0", "10", "9", "A", "B", "Z", "_", "a", "a b", "a-b", "ab", "b", "e\u0301", "é", "龥", "\ue000", "\uffe5", "😀", "\U00020000",
)  # fmt: skip
"""Texts by code point: no alphabet of a country, no capitals beside small letters, planes in their order."""

_IDS = (
    "a'b",
    "a''b",
    'a"b',
    "a|b",
    "a%b",
    "a\\b",
    "a\\'b",
    "a;b",
    "a--b",
    "a b",
    " a",
    "a:b",
    "甲'乙",
    "a\nb",
)


@promise("文字按码点排序，与地区设置无关。")
def texts_are_ordered_by_code_point(make: MakeStore) -> None:
    """Texts are ordered by code point, in ORDER BY, windows, minimum and maximum; no locale counts."""
    with asked(make, texts_and_numbers(*((text, None) for text in reversed(IN_ORDER)))) as session:
        expect(session, pairs("select t from v order by t"), [(text,) for text in IN_ORDER])
        expect(session, pairs("select t from v order by t desc limit 1"), [(IN_ORDER[-1],)])
        expect(
            session,
            pairs("select row_number() over (order by t) from v order by id"),
            [(number,) for number in range(len(IN_ORDER), 0, -1)],
        )
        expect(session, pairs("select min(t), max(t) from v where t >= 'A'"), [("A", IN_ORDER[-1])])
        expect(session, pairs("select count(*) from v where t between 'a' and 'b'"), [(5,)])


@promise("大小写不同即不相等。")
def case_counts(make: MakeStore) -> None:
    """Letters that differ in case are different in comparisons, groups and joins."""
    with asked(make, texts_and_numbers(("Ab", 1), ("AB", 2), ("ab", 3))) as session:
        expect(session, pairs("select n from v where t = 'ab'"), [(3,)])
        expect(session, pairs("select count(distinct t) from v"), [(3,)])
        expect(session, pairs("select count(*) from v a join v b on b.t = a.t"), [(3,)])


@promise("首尾空格、全角空格、组合与合成的写法都算不同。")
def nothing_is_folded(make: MakeStore) -> None:
    """Blanks at the end, wide blanks and composed letters are told apart; nothing is normalised."""
    texts = ("a", "a ", " a", "a\u3000", "é", "e\u0301", "ａ", "ß", "ss")
    with asked(make, texts_and_numbers(*((text, 1) for text in texts))) as session:
        expect(
            session,
            pairs("select count(*), sum(n) from (select t, count(*) as n from v group by t) g"),
            [(9, 9)],
        )
        for text in texts:
            expect(session, pairs("select t from v where t = :t"), [(text,)], t=text)


@promise("含引号、竖线、百分号、换行的编号照样连接和分组。")
def odd_identifiers_join_and_group(make: MakeStore) -> None:
    """Identifiers with quotes, bars, percent signs and line breaks join and group like any other."""
    books: Books = {
        "payment": [
            {"payment_id": text, "unit_code": text, "voucher_date_day": number}
            for number, text in enumerate(_IDS)
        ],
        "unit": [{"unit_code": text, "name": text} for text in _IDS],
    }
    with asked(make, books) as session:
        expect_set(
            session,
            "select u.unit_key, p.payment_key, count(*) from payment p join unit u on u.unit_code = p.unit_code "
            "group by u.unit_key, p.payment_key",
            [(text, text, 1) for text in _IDS],
        )
        expect(
            session,
            "select count(*) from payment p join unit u on u.unit_code = p.unit_code || ''",
            [(len(_IDS),)],
        )


@promise("长度按码点计。")
def length_counts_code_points(make: MakeStore) -> None:
    """Length and substr count code points: an emoji of the second plane is one, a combining mark is one of its own."""
    with asked(
        make, texts_and_numbers(("甲乙", 2), ("😀", 1), ("e\u0301", 2), ("", 0), ("👩‍👧", 3), ("a\nb", 3))
    ) as session:
        expect(
            session, pairs("select length(t) = n, length(t || t) = 2 * n from v order by id"), [(1, 1)] * 6
        )
        expect(
            session,
            pairs("select substr(t, 2, 1) from v order by id"),
            [("乙",), ("",), ("\u0301",), ("",), ("\u200d",), ("\n",)],
        )


@promise("查询中的文字按标准书写：单引号写两次，反斜杠和百分号没有特殊含义。")
def literals_mean_what_they_say(make: MakeStore) -> None:
    """In a literal a quote is doubled; backslashes, percent signs, colons and signs of comments mean themselves."""
    with asked(make, texts_and_numbers(("a", 1))) as session:
        expect(
            session,
            r"""select 'O''Brien', '''', '\', '\n', 'a\\b', '%', '%s', '%%', ':a', '::', '$1', '?', '--', '/*', ';', '"', '甲😀', '' from payment""",
            [
                (
                    "O'Brien",
                    "'",
                    "\\",
                    "\\n",
                    "a\\\\b",
                    "%",
                    "%s",
                    "%%",
                    ":a",
                    "::",
                    "$1",
                    "?",
                    "--",
                    "/*",
                    ";",
                    '"',
                    "甲😀",
                    "",
                )
            ],
        )
        expect(
            session,
            "select 'insert into unit', 'drop table payment; select 1', 'random()' from payment",
            [("insert into unit", "drop table payment; select 1", "random()")],
        )


@promise("注释不影响查询，其中写什么都行。")
def comments_are_left_out(make: MakeStore) -> None:
    """Comments are left out, whatever stands in them: quotes, colons, semicolons, statements."""
    with asked(make, texts_and_numbers(("a", 1))) as session:
        expect(
            session,
            "-- isn't :it; drop table payment\nselect /* 'x' :y ; */ 1 as one -- it's :z %s\nfrom payment -- ends here",
            [(1,)],
        )


@promise("文字与数字以 || 拼接。")
def texts_and_numbers_are_joined(make: MakeStore) -> None:
    """Texts and numbers are joined with ||, as keys are."""
    with asked(make, texts_and_numbers(("甲", -7), ("|", 2**62))) as session:
        expect(
            session,
            pairs("select t || '|' || n || '|' || t from v order by id"),
            [("甲|-7|甲",), (f"||{2**62}||",)],
        )
