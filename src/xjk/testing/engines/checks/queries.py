"""The parts of a query that rules are written with."""

from __future__ import annotations

from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_set

_FEW = texts_and_numbers(("a", 1), ("a", 2), ("b", 3), ("c", 4))


@promise("WITH 可有多个，后者可用前者。")
def named_queries_build_on_one_another(make: MakeStore) -> None:
    """Named queries build on one another, may be used twice, and may carry their columns' names."""
    with asked(make, _FEW) as session:
        expect(
            session,
            "with v(t, n) as (select purpose, voucher_date_day from payment), s as (select t, sum(n) as total from v group by t) "
            "select one.t, other.t from s one join s other on other.total = one.total and other.t > one.t order by one.t",
            [("a", "b")],
        )


@promise("名称不分大小写，关键字也不分。")
def names_and_keywords_have_no_case(make: MakeStore) -> None:
    """Names of relations and columns may be written in any case, and so may keywords and functions."""
    with asked(make, _FEW) as session:
        expect(
            session,
            "SELECT P.Purpose, Sum(p.VOUCHER_DATE_DAY) AS Total FROM Payment p WHERE p.PURPOSE = 'a' Group By p.purpose",
            [("a", 3)],
        )


@promise("子查询：EXISTS、IN、标量、FROM 之中。")
def queries_stand_in_queries(make: MakeStore) -> None:
    """Queries stand in EXISTS, in IN, as a value, and in FROM; they may refer to the row outside."""
    with asked(make, _FEW) as session:
        expect(
            session,
            pairs("select n from v a where exists (select 1 from v b where b.t = a.t and b.n > a.n)"),
            [(1,)],
        )
        expect(
            session,
            pairs(
                "select n from v where t in (select t from v where n > 2) and t not in (select t from v where n = 4)"
            ),
            [(3,)],
        )
        expect(
            session,
            pairs("select a.n, (select sum(b.n) from v b where b.t = a.t) from v a order by a.n"),
            [(1, 3), (2, 3), (3, 3), (4, 4)],
        )
        expect(
            session, pairs("select max(total) from (select t, sum(n) as total from v group by t) g"), [(4,)]
        )


@promise("集合运算：UNION ALL 保留重复，UNION 去重，EXCEPT、INTERSECT。")
def sets_keep_or_drop_what_is_there_twice(make: MakeStore) -> None:
    """UNION ALL keeps what is there twice; UNION, EXCEPT and INTERSECT drop it."""
    with asked(make, _FEW) as session:
        expect_set(
            session,
            pairs("select t from v union all select 'a' from v where n = 1"),
            [("a",), ("a",), ("a",), ("b",), ("c",)],
        )
        expect_set(
            session, pairs("select t from v union select 'z' from v"), [("a",), ("b",), ("c",), ("z",)]
        )
        expect_set(session, pairs("select t from v except select t from v where n = 3"), [("a",), ("c",)])
        expect_set(session, pairs("select t from v intersect select t from v where n < 4"), [("a",), ("b",)])


@promise("分组与 HAVING、DISTINCT、FILTER。")
def groups_are_filtered(make: MakeStore) -> None:
    """HAVING filters groups, FILTER rows of an aggregate, DISTINCT what is counted."""
    with asked(make, _FEW) as session:
        expect(
            session,
            pairs("select t, count(*) as c from v group by t having count(*) > 1 and sum(n) = 3"),
            [("a", 2)],
        )
        expect(
            session,
            pairs(
                "select count(*) filter (where n > 1), sum(n) filter (where t = 'a'), count(distinct t) from v"
            ),
            [(3, 3, 3)],
        )
        expect(
            session,
            pairs(
                "select case when n > 2 then 'high' else 'low' end as level, count(*) from v group by case when n > 2 then 'high' else 'low' end order by 1"
            ),
            [("high", 2), ("low", 2)],
        )


@promise("排序可按列号、别名、表达式；LIMIT 在完整次序之后。")
def rows_are_ordered_and_cut(make: MakeStore) -> None:
    """Rows are ordered by place, alias or expression, and LIMIT cuts a full order."""
    with asked(make, _FEW) as session:
        expect(
            session, pairs("select t, n as k from v order by 1 desc, k desc limit 2"), [("c", 4), ("b", 3)]
        )
        expect(
            session,
            pairs("select n from v order by case when n = 3 then 0 else 1 end, -n"),
            [(3,), (4,), (2,), (1,)],
        )
        expect(session, pairs("select n from v order by n limit 2 offset 1"), [(2,), (3,)])


@promise("条件：BETWEEN、IN、CASE、AND/OR/NOT 的优先级。")
def conditions_bind_as_in_the_standard(make: MakeStore) -> None:
    """BETWEEN includes both ends, AND binds closer than OR, NOT closer than AND, and CASE takes the first that holds."""
    with asked(make, _FEW) as session:
        expect(session, pairs("select n from v where n between 2 and 3 order by n"), [(2,), (3,)])
        expect(
            session,
            pairs("select n from v where n = 1 or n = 2 and t = 'b' or not n < 4 and t = 'c' order by n"),
            [(1,), (4,)],
        )
        expect(
            session,
            pairs(
                "select case when n > 1 then 'x' when n > 0 then 'y' end, case t when 'a' then 1 when 'b' then 2 else 3 end from v order by n"
            ),
            [("y", 1), ("x", 1), ("x", 2), ("x", 3)],
        )
        expect(
            session, pairs("select n from v where n <> 1 and n != 2 and t not in ('b') and n >= 4"), [(4,)]
        )


@promise("连接条件可以不是相等。")
def joins_may_compare(make: MakeStore) -> None:
    """Joins may compare otherwise than by equality, and an outer join keeps what matches nothing."""
    with asked(make, _FEW) as session:
        expect(session, pairs("select count(*) from v a join v b on b.n > a.n and b.n - a.n <= 2"), [(5,)])
        expect(
            session,
            pairs(
                "select a.n, count(b.n) from v a left join v b on b.n between a.n + 1 and a.n + 2 group by a.n order by a.n"
            ),
            [(1, 2), (2, 2), (3, 1), (4, 0)],
        )
        expect(session, pairs("select count(*) from v a cross join v b"), [(16,)])
