"""What goes into a relation comes out as it was."""

from __future__ import annotations

from xjk.ledger.relations import Relation, relations
from xjk.ledger.store import Row
from xjk.testing.engines.books import (
    asked,
    fill,
    frozen_store,
    new_store,
    open_session,
    pairs,
    texts_and_numbers,
)
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_rows, expect_set, ordered

TEXTS = (
    "甲乙丙丁有限公司", "😀👩‍👩‍👧", "e\u0301 é", "O'Brien", "''", 'say "so"', "a|b||c", "100% %s %(a)s %%", "\\ \\n \\' \\\\", "a\nb\r\nc\td", "",
    " a ", "\u3000宽\u00a0", "-- x", "; drop", ":name $1 ?", "{0}", "NULL", "null", "\\N", "ÀÉÑ", "\ufeffx", "x" * 4_000, "龥\U00020000", "`", "$$", "0012",
)  # fmt: skip
"""Texts that a store must not change."""

INTEGERS = (
    0, 1, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 - 1, 2**53 + 1, -(2**53) - 1, 2**63 - 2, 2**63 - 1, -(2**63 - 1),
)  # fmt: skip
"""Whole numbers that a store must not change."""

_ROWS = 6


def _rows_of(relation: Relation) -> list[Row]:
    """Return rows with every text and number by turns, the first with NULL wherever it may be; keys differ."""
    return [
        tuple(
            None
            if number == 0 and column.nullable
            else TEXTS[(7 * place + number) % len(TEXTS)]
            if column.type == "TEXT"
            else INTEGERS[(5 * place + number) % len(INTEGERS)]
            for place, column in enumerate(relation.columns)
        )
        for number in range(_ROWS)
    ]


@promise("每张关系的每一列原样取回，含空值和最大最小的整数。")
def every_column_of_every_relation_comes_back(make: MakeStore) -> None:
    """Every column of every relation comes back as it was, NULL and the largest integers included."""
    with new_store(make) as store:
        fill(store, {})
        for relation in relations():
            store.append(relation, _rows_of(relation))
        store.freeze()
        for relation in relations():
            names = ", ".join(column.name for column in relation.columns)
            rows = store.query(f"SELECT {names} FROM {relation.name}")  # noqa: S608
            expect_rows(ordered(rows), ordered(_rows_of(relation)), relation.name)


@promise("文字原样取回：中文、表情、组合字符、引号、竖线、百分号、反斜杠、换行。")
def texts_come_back(make: MakeStore) -> None:
    """Texts come back as they were: Chinese, emoji, combining marks, quotes, bars, percent signs, line breaks."""
    with asked(make, texts_and_numbers(*((text, None) for text in TEXTS))) as session:
        expect(session, pairs("select t from v order by id"), [(text,) for text in TEXTS])
        for text in TEXTS:
            expect(session, pairs("select t from v where t = :t"), [(text,)], t=text)


@promise("整数原样取回，直至正负 2^63-1。")
def whole_numbers_come_back(make: MakeStore) -> None:
    """Whole numbers come back as they were, up to plus and minus 2^63-1."""
    with asked(make, texts_and_numbers(*((None, number) for number in INTEGERS))) as session:
        expect(session, pairs("select n from v order by id"), [(number,) for number in INTEGERS])
        for number in INTEGERS:
            expect(session, pairs("select n from v where n = :n"), [(number,)], n=number)


@promise("按行插入和按列插入得到同样的内容。")
def rows_and_columns_are_the_same(make: MakeStore) -> None:
    """Rows inserted one by one and columns inserted at once hold the same."""
    relation = next(relation for relation in relations() if relation.name == "payment")
    rows = _rows_of(relation)
    names = [column.name for column in relation.columns]
    with new_store(make) as store:
        fill(store, {})
        store.extend(relation, {name: [row[place] for row in rows] for place, name in enumerate(names)})
        store.freeze()
        with open_session(store) as session:
            expect_set(session, f"select {', '.join(names)} from payment", rows)  # noqa: S608


@promise("空文字不是空值。")
def an_empty_text_is_not_null(make: MakeStore) -> None:
    """An empty text is not NULL."""
    with asked(make, texts_and_numbers(("", 1), (None, 2))) as session:
        expect(session, pairs("select n from v where t = ''"), [(1,)])
        expect(session, pairs("select n from v where t is null"), [(2,)])
        expect(session, pairs("select count(t), count(*) from v"), [(1, 2)])


@promise("真假值取回为 1 和 0。")
def truth_values_are_one_and_zero(make: MakeStore) -> None:
    """Truth values come back as 1 and 0."""
    with asked(make, texts_and_numbers(("a", 1), (None, None))) as session:
        expect(
            session,
            pairs("select n = 1, n = 2, t is null, not (t is null) from v order by id"),
            [(1, 0, 0, 1), (None, None, 1, 0)],
        )


@promise("合计、计数、最小值等一律取回为整数或文字，不是小数。")
def results_are_whole_numbers_and_texts(make: MakeStore) -> None:
    """Sums, counts and choices come back as whole numbers and texts, never as decimals or floats."""
    with asked(make, texts_and_numbers(("a", 3), ("b", 4))) as session:
        expect(
            session,
            pairs(
                "select sum(n), count(*), min(t), max(n), sum(n) * 100, count(distinct t), abs(min(-n)), "
                "coalesce(max(n), 0), sum(n) - 2 * count(*), sum(case when n = 3 then 1 else 0 end) from v"
            ),
            [(7, 2, "a", 4, 700, 2, 4, 4, 3, 1)],
        )
        expect(
            session,
            pairs("select sum(n) over (order by id), lag(n) over (order by id) from v order by id"),
            [(3, None), (7, 3)],
        )


@promise("列名就是查询所写的名称。")
def columns_have_the_names_of_the_query(make: MakeStore) -> None:
    """Columns have the names that the query gives them."""
    with asked(make, texts_and_numbers(("a", 3))) as session:
        rows = session.query(
            "select purpose as subject, voucher_date_day, sum(amount_fen) as total_fen from payment group by purpose, voucher_date_day"
        )
        if rows.columns != ("subject", "voucher_date_day", "total_fen"):
            raise AssertionError(f"columns: {rows.columns}")
        expect_rows([tuple(row.values()) for row in rows.dicts()], [("a", 3, 0)], "dicts()")


@promise("每张表都有键列：键的各列以竖线相连。")
def every_table_has_its_key_column(make: MakeStore) -> None:
    """Every table has a column with its key: the parts of the key joined with bars, numbers as they are written."""
    with new_store(make) as store:
        keyed = [relation for relation in relations() if relation.key_column]
        fill(store, {})
        for relation in keyed:
            store.append(relation, _rows_of(relation))
        store.freeze()
        with open_session(store) as session:
            for relation in keyed:
                names = [column.name for column in relation.columns]
                places = [names.index(name) for name in relation.key]
                keys = ["|".join(str(row[place]) for place in places) for row in _rows_of(relation)]
                expect_set(
                    session,
                    f"select {relation.key_column} from {relation.name}",  # noqa: S608
                    [(key,) for key in keys],
                )


@promise("两个存储互不相干。")
def two_stores_share_nothing(make: MakeStore) -> None:
    """Two stores at once share nothing."""
    with (
        frozen_store(make, texts_and_numbers(("a", 1))) as first,
        frozen_store(make, texts_and_numbers(("b", 2))) as second,
        open_session(first) as one,
        open_session(second) as other,
    ):
        expect(one, pairs("select t, n from v"), [("a", 1)])
        expect(other, pairs("select t, n from v"), [("b", 2)])
