"""Window functions: ties, frames, partitions."""

from __future__ import annotations

from xjk.testing.engines.books import asked, pairs, texts_and_numbers
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect

_TIED = texts_and_numbers(("a", 5), ("a", 5), ("a", 7), ("b", 5), ("b", 1), ("a", 9))


@promise("次序完整时，row_number 处处相同。")
def row_numbers_follow_a_full_order(make: MakeStore) -> None:
    """Row numbers follow an order that leaves no ties."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select row_number() over (order by n, id), row_number() over (partition by t order by n desc, id desc) from v order by id"
            ),
            [(2, 4), (3, 3), (5, 2), (4, 1), (1, 2), (6, 1)],
        )


@promise("并列者名次相同：rank 跳号，dense_rank 不跳号。")
def ties_share_their_rank(make: MakeStore) -> None:
    """Ties share their rank; rank leaves a gap after them and dense_rank does not."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select rank() over (order by n), dense_rank() over (order by n), rank() over (partition by t order by n desc) from v order by id"
            ),
            [(2, 2, 3), (2, 2, 3), (5, 3, 2), (2, 2, 1), (1, 1, 2), (6, 4, 1)],
        )


@promise("不写范围时，并列的行一起累计。")
def ties_add_up_together_by_default(make: MakeStore) -> None:
    """Without a frame a running sum includes all ties of its row; over no order it is the sum of the partition."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select sum(n) over (order by n), count(*) over (partition by t order by n), sum(n) over (partition by t), count(*) over () from v order by id"
            ),
            [(16, 2, 26, 6), (16, 2, 26, 6), (23, 3, 26, 6), (16, 2, 6, 6), (1, 1, 6, 6), (32, 4, 26, 6)],
        )


@promise("range between n preceding 按数值取范围，含并列的行。")
def a_range_counts_by_value(make: MakeStore) -> None:
    """RANGE BETWEEN n PRECEDING counts by value with ties, with a literal and with a parameter, in both directions."""
    with asked(make, _TIED) as session:
        for distance in ("2", ":d"):
            before = f"range between {distance} preceding and"
            query = (
                f"select sum(n) over (order by n {before} current row), "  # noqa: S608
                f"count(*) over (partition by t order by n {before} {distance} following) from v order by id"
            )
            expect(session, pairs(query), [(15, 3), (15, 3), (22, 4), (15, 1), (1, 1), (16, 2)], d=2)


@promise("range 遇到空值时，空值自成一组。")
def a_range_keeps_nulls_apart(make: MakeStore) -> None:
    """In a RANGE frame rows without a value are peers of one another and of no other row."""
    with asked(make, texts_and_numbers(("a", None), ("a", None), ("a", 1), ("a", 3))) as session:
        expect(
            session,
            pairs(
                "select count(*) over (order by n range between 2 preceding and current row) from v order by id"
            ),
            [(2,), (2,), (1,), (2,)],
        )


@promise("rows between 按行数取范围。")
def rows_count_by_row(make: MakeStore) -> None:
    """ROWS BETWEEN counts by row."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select sum(n) over (order by id rows between 1 preceding and 1 following), "
                "sum(n) over (order by id rows between unbounded preceding and current row) from v order by id"
            ),
            [(10, 5), (17, 10), (17, 17), (13, 22), (15, 23), (10, 32)],
        )


@promise("lag 与 lead 取前后的行，可指定距离和缺省值。")
def neighbours_are_those_of_the_order(make: MakeStore) -> None:
    """Lag and lead give the neighbours in the order, a distance and a default if asked, NULL beyond the edge."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select lag(n) over (partition by t order by id), lead(n) over (partition by t order by id), "
                "lag(n, 2) over (order by id), lead(n, 2, -1) over (order by id) from v order by id"
            ),
            [
                (None, 5, None, 7),
                (5, 7, None, 5),
                (5, 9, 5, 1),
                (None, 1, 5, 9),
                (5, None, 7, -1),
                (7, None, 5, -1),
            ],
        )


@promise("窗口函数可用于分组之后的结果。")
def windows_work_over_groups(make: MakeStore) -> None:
    """Windows work over the result of a grouping."""
    with asked(make, _TIED) as session:
        expect(
            session,
            pairs(
                "select t, sum(n), rank() over (order by sum(n) desc), sum(sum(n)) over () from v group by t order by t"
            ),
            [("a", 26, 1, 32), ("b", 6, 2, 32)],
        )
