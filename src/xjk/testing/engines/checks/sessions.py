"""Sessions beside one another, failing queries, closing; and the order rows came in."""

from __future__ import annotations

from itertools import islice

from xjk.errors import RuleError, RuleForbiddenError
from xjk.ledger.store import Value
from xjk.testing.engines.books import (
    RELATIONS,
    asked,
    columns_of,
    fill,
    frozen_store,
    new_store,
    open_session,
    pairs,
    texts_and_numbers,
)
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_error, expect_rows, refuse

_MANY = texts_and_numbers(*((f"t{number % 7}", number) for number in range(6_000)))


@promise("两个会话同时读取，互不影响。")
def two_sessions_read_at_once(make: MakeStore) -> None:
    """Two sessions read at once and do not disturb one another, also when one fails or closes."""
    with frozen_store(make, _MANY) as store, open_session(store) as first:
        rows = iter(first.query(pairs("select n from v order by n")))
        expect_rows(
            list(islice(rows, 1_500)), [(number,) for number in range(1_500)], "the first rows 前 1500 行"
        )
        with open_session(store) as second:
            expect(second, pairs("select count(*), sum(n) from v"), [(6_000, 17_997_000)])
            refuse(second, "select random() from payment")
            refuse(second, "select no_such_column from payment")
        expect_rows(list(rows), [(number,) for number in range(1_500, 6_000)], "the other rows 其余的行")


@promise("同一会话中，一条查询未读完可以再问一条。")
def two_queries_of_a_session_are_read_at_once(make: MakeStore) -> None:
    """A query can be asked while another one of the same session is being read."""
    with asked(make, _MANY) as session:
        outer = session.query(pairs("select n from v order by n"))
        for (number,) in islice(outer, 3):
            expect(session, pairs("select t from v where n = :n"), [(f"t{number}",)], n=number)
        expect_rows(list(islice(outer, 2)), [(3,), (4,)], "the outer query goes on 外层查询继续")


@promise("一条查询出错，只影响它自己。")
def a_failing_query_costs_only_itself(make: MakeStore) -> None:
    """A query that fails costs only itself: not the rows being read, not the next query."""
    with asked(make, texts_and_numbers(("a", 1), ("b", 2), ("c", 3))) as session:
        outer = iter(session.query(pairs("select n from v order by n")))
        expect_rows([next(outer)], [(1,)], "the first row 第一行")
        refuse(session, "select no_such_column from payment")
        refuse(session, "delete from payment", RuleForbiddenError)
        expect(session, pairs("select count(*) from v"), [(3,)])
        expect_rows(list(outer), [(2,), (3,)], "the other rows 其余的行")


@promise("结果读到一半就放下，没有问题。")
def results_may_be_left_unread(make: MakeStore) -> None:
    """A result may be left unread or half read; the next query does not wait for it."""
    with asked(make, _MANY) as session:
        for _ in range(3):
            session.query(pairs("select n from v"))
            next(iter(session.query(pairs("select n from v"))))
        expect(session, pairs("select count(*) from v"), [(6_000,)])


@promise("关闭的会话报错；关闭两次没有问题。")
def a_closed_session_says_so(make: MakeStore) -> None:
    """A closed session says so as an error of the rule; closing it twice is fine, and others go on."""
    with frozen_store(make, texts_and_numbers(("a", 1))) as store, open_session(store) as other:
        session = store.session(seconds=9)
        session.close()
        session.close()
        expect_error(lambda: list(session.query("select 1 from payment")), "after close()", RuleError)
        expect(other, pairs("select n from v"), [(1,)])


@promise("行进来的次序和批次不影响结果。")
def the_order_of_rows_does_not_matter(make: MakeStore) -> None:
    """The order rows came in, and in which batches, changes no answer of a query with a full order."""
    rows: list[dict[str, Value]] = [
        {"payment_id": f"p{number:02}", "purpose": f"t{number * 7 % 5}", "voucher_date_day": number * 11 % 13}
        for number in range(40)
    ]
    sql = pairs(
        "select id, t, n, row_number() over (partition by t order by n, id), rank() over (order by n), "
        "sum(n) over (partition by t order by n range between 2 preceding and current row), lag(id) over (order by n desc, id) "
        "from v order by n, id desc"
    )
    answers = []
    for order, size in ((rows, 40), (rows[::-1], 7), (rows[1::2] + rows[::2], 1)):
        with new_store(make) as store:
            relation = RELATIONS["payment"]
            fill(store, {})
            for start in range(0, len(order), size):
                store.extend(relation, columns_of(relation, order[start : start + size], start))
            store.index(relation)
            store.freeze()
            with open_session(store) as session:
                answers.append(list(session.query(sql)))
    for answer in answers[1:]:
        expect_rows(answer, answers[0], "in another order 换一种次序")


@promise("同一查询再问一次，答案相同。")
def the_same_question_has_the_same_answer(make: MakeStore) -> None:
    """The same question has the same answer each time, in each session."""
    sql = pairs("select t, count(*), sum(n), min(n) from v group by t order by t")
    with frozen_store(make, _MANY) as store, open_session(store) as first, open_session(store) as second:
        answer = list(first.query(sql))
        expect(first, sql, answer)
        expect(second, sql, answer)
