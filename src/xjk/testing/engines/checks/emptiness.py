"""Relations without rows."""

from __future__ import annotations

from xjk.ledger.relations import HIDDEN, relations
from xjk.testing.engines.books import asked
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect

_NOTHING = {"payment": (), "unit": ()}


@promise("空表聚合：计数为零，合计与最大值为空值。")
def aggregates_of_nothing(make: MakeStore) -> None:
    """Over an empty table a count is 0, a sum and a maximum are NULL, and there are no groups."""
    with asked(make, _NOTHING) as session:
        expect(
            session,
            "select count(*), count(purpose), sum(amount_fen), max(purpose), coalesce(sum(amount_fen), 0) from payment",
            [(0, 0, None, None, 0)],
        )
        expect(session, "select unit_code, sum(amount_fen) from payment group by unit_code", [])
        expect(session, "select count(*) filter (where amount_fen > 0) from payment having count(*) > 0", [])


@promise("空表连接得空，外连接保留另一边。")
def joins_with_nothing(make: MakeStore) -> None:
    """A join with an empty table is empty, an outer join keeps the other side, and nothing exists in it."""
    with asked(make, {"payment": (), "unit": [{"unit_code": "U"}]}) as session:
        expect(session, "select u.unit_code from unit u join payment p on p.unit_code = u.unit_code", [])
        expect(
            session,
            "select u.unit_code, p.amount_fen from unit u left join payment p on p.unit_code = u.unit_code",
            [("U", None)],
        )
        expect(
            session,
            "select unit_code from unit where not exists (select 1 from payment) and unit_code not in (select unit_code from payment)",
            [("U",)],
        )
        expect(
            session,
            "select (select max(amount_fen) from payment), (select count(*) from payment) from unit",
            [(None, 0)],
        )
        expect(session, "select unit_code from unit union all select unit_code from payment", [("U",)])


@promise("外连接的条件没有一行满足时，另一边的行及其合计保持不变。")
def outer_joins_that_find_nothing(make: MakeStore) -> None:
    """An outer join whose condition no row meets keeps the rows of the other side, and what is summed over them."""
    rows: dict[str, list[dict[str, str | int | None]]] = {
        "payment": [
            {"payment_id": name, "unit_code": "U", "amount_fen": fen, "purpose": "x"}
            for name, fen in (("a", 20), ("b", -10), ("c", 0))
        ],
        "text_tag": [{"text": "x", "tag": "vague_goods", "word": "x"}],
    }
    joined = "from payment p left join text_tag t on t.text = p.purpose and t.tag = 'detailed_list'"
    with asked(make, rows) as session:
        expect(
            session,
            f"select p.payment_id, sum(p.amount_fen) {joined} group by p.payment_id having sum(p.amount_fen) > 0",
            [("a", 20)],
        )
        expect(
            session,
            f"with v as (select p.payment_id, p.unit_code, p.amount_fen {joined} where p.amount_fen > 0 group by p.payment_id, p.unit_code, p.amount_fen) "  # noqa: S608
            "select unit_code, sum(amount_fen) from v group by unit_code having sum(amount_fen) > 0",
            [("U", 20)],
        )


@promise("空表上的窗口得空。")
def windows_over_nothing(make: MakeStore) -> None:
    """A window over an empty table gives no rows."""
    with asked(make, _NOTHING) as session:
        expect(
            session,
            "select row_number() over (order by payment_id), sum(amount_fen) over (order by paid_on_day range between 3 preceding and current row) from payment",
            [],
        )


@promise("从未有行的关系也可以查询。")
def every_relation_can_be_asked_when_empty(make: MakeStore) -> None:
    """Every relation that rules may read can be asked although nothing was ever put into it."""
    readable = [relation for relation in relations() if relation.name not in HIDDEN]
    with asked(make, {relation.name: () for relation in readable}) as session:
        for relation in readable:
            names = ", ".join(
                [column.name for column in relation.columns]
                + [relation.key_column] * bool(relation.key_column)
            )
            expect(session, f"select {names} from {relation.name}", [])  # noqa: S608
