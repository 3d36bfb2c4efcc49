"""NULL in order, joins, groups, sets and comparisons."""

from __future__ import annotations

from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_set

_MIXED = texts_and_numbers(("b", 2), (None, None), ("a", 1), (None, 3))


@promise("升序时空值在前，降序时空值在后。")
def nulls_are_first_going_up_and_last_going_down(make: MakeStore) -> None:
    """NULLs come first in ascending and last in descending order, of numbers and of texts."""
    with asked(make, _MIXED) as session:
        expect(session, pairs("select n from v order by n"), [(None,), (1,), (2,), (3,)])
        expect(session, pairs("select n from v order by n desc"), [(3,), (2,), (1,), (None,)])
        expect(
            session,
            pairs("select t, n from v order by t, n desc"),
            [(None, 3), (None, None), ("a", 1), ("b", 2)],
        )
        expect(
            session,
            pairs("select t, n from v order by t desc, n"),
            [("b", 2), ("a", 1), (None, None), (None, 3)],
        )
        expect(session, pairs("select n from v order by n limit 2"), [(None,), (1,)])


@promise("窗口之内的次序也是如此。")
def nulls_are_ordered_alike_in_windows(make: MakeStore) -> None:
    """NULLs are ordered alike inside windows, and where they count as peers."""
    with asked(make, _MIXED) as session:
        expect(
            session,
            pairs(
                "select id, row_number() over (order by n), row_number() over (order by n desc), rank() over (order by t), "
                "first_value(n) over (order by n), lag(n) over (order by n desc), count(*) over (order by t) from v order by id"
            ),
            [
                ("payment_id00000", 3, 2, 4, None, 3, 4),
                ("payment_id00001", 1, 4, 1, None, 1, 2),
                ("payment_id00002", 2, 3, 3, None, 2, 3),
                ("payment_id00003", 4, 1, 1, None, None, 2),
            ],
        )


@promise("连接时空值与空值不相等。")
def nulls_match_nothing_in_joins(make: MakeStore) -> None:
    """NULL keys match nothing in joins; an outer join keeps their rows."""
    with asked(make, _MIXED) as session:
        expect(session, pairs("select count(*) from v a join v b on b.t = a.t"), [(2,)])
        expect(
            session,
            pairs("select a.n, b.n from v a left join v b on b.t = a.t and b.n = a.n order by a.id"),
            [(2, 2), (None, None), (1, 1), (3, None)],
        )
        expect(
            session,
            pairs("select count(*) from v a where not exists (select 1 from v b where b.t = a.t)"),
            [(2,)],
        )


@promise("分组、去重和集合运算把空值当作同一个值。")
def nulls_are_one_group(make: MakeStore) -> None:
    """NULLs form one group, are one value to DISTINCT, UNION, EXCEPT and INTERSECT, and one partition."""
    with asked(make, _MIXED) as session:
        expect(
            session,
            pairs("select t, count(*), count(n), sum(n) from v group by t order by t"),
            [(None, 2, 1, 3), ("a", 1, 1, 1), ("b", 1, 1, 2)],
        )
        expect_set(session, pairs("select distinct t from v"), [(None,), ("a",), ("b",)])
        expect_set(session, pairs("select t from v union select t from v"), [(None,), ("a",), ("b",)])
        expect_set(session, pairs("select t from v except select t from v where t is null"), [("a",), ("b",)])
        expect_set(session, pairs("select t from v intersect select t from v where t is null"), [(None,)])
        expect(
            session,
            pairs("select count(*) over (partition by t) from v order by id"),
            [(1,), (2,), (1,), (2,)],
        )


@promise("聚合函数略过空值；全是空值时合计为空值、计数为零。")
def aggregates_leave_nulls_out(make: MakeStore) -> None:
    """Aggregates leave NULLs out; over nothing but NULLs a sum is NULL and a count 0."""
    with asked(make, _MIXED) as session:
        expect(
            session,
            pairs("select count(*), count(n), count(distinct t), sum(n), min(n), max(t) from v"),
            [(4, 3, 2, 6, 1, "b")],
        )
        expect(
            session,
            pairs("select sum(n), min(n), count(n), coalesce(sum(n), 0) from v where n is null"),
            [(None, None, 0, 0)],
        )
        expect(
            session,
            pairs(
                "select sum(n) filter (where t is null), count(*) filter (where n > 1), sum(n) filter (where n > 9) from v"
            ),
            [(3, 2, None)],
        )


@promise("与空值的比较、运算、拼接都是空值，条件中不成立。")
def comparisons_with_null_are_null(make: MakeStore) -> None:
    """Comparing, calculating or joining text with NULL gives NULL, and a condition that is NULL does not hold."""
    with asked(make, _MIXED) as session:
        expect(session, pairs("select count(*) from v where t = null or t <> null or not (t = null)"), [(0,)])
        expect(
            session,
            pairs("select n + 1, n * 0, n < 3, t || 'x' from v where id = 'payment_id00001'"),
            [(None, None, None, None)],
        )
        expect(session, pairs("select count(*) from v where t <> 'a'"), [(1,)])
        expect(
            session,
            pairs(
                "select case when t = 'a' then 1 else 0 end, case t when 'a' then 1 end from v order by id"
            ),
            [(0, None), (0, None), (1, 1), (0, None)],
        )


@promise("IN 与 NOT IN 遇到空值按三值逻辑。")
def in_and_not_in_know_three_values(make: MakeStore) -> None:
    """IN finds what is there; NOT IN a list with a NULL never holds."""
    with asked(make, _MIXED) as session:
        expect(session, pairs("select n from v where t in (select t from v) order by n"), [(1,), (2,)])
        expect(
            session,
            pairs("select count(*) from v where n not in (select n from v where n is null or n = 1)"),
            [(0,)],
        )
        expect(session, pairs("select count(*) from v where n not in (select n from v where n = 1)"), [(2,)])
        expect(session, pairs("select n in (1, null), n not in (1, null) from v where n = 2"), [(None, None)])
