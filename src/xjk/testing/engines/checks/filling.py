"""What the library asks of a store while it fills it."""

from __future__ import annotations

from xjk.ledger.relations import PROBLEM, SOURCE
from xjk.ledger.store import Store, Value
from xjk.testing.engines.books import (
    RELATIONS,
    fill,
    frozen_store,
    insert,
    new_store,
    open_session,
    pairs,
    texts_and_numbers,
)
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect

PAYMENT = RELATIONS["payment"]
_MANY = 12_345
"""More rows than a batch of any engine holds, and no multiple of one."""


def _is(found: bool, expected: bool, about: str) -> None:
    if found is not expected:
        raise AssertionError(f"{about}: {found}, expected {expected} 应为 {expected}")


def _kept(store: Store, rows: list[tuple[Value, ...]]) -> None:
    expect(store, "select source_id, source_row from payment order by source_id, source_row", rows)


def _placed(*places: tuple[int, int]) -> list[dict[str, Value]]:
    return [{"source_id": source, "source_row": row} for source, row in places]


@promise("名称和版本可知。")
def the_engine_has_a_name_and_a_version(make: MakeStore) -> None:
    """A store says the name and the version of its engine."""
    with new_store(make) as store:
        name, _, version = store.engine.partition(" ")
        if not name or not any(sign.isdigit() for sign in version):
            raise AssertionError(f"engine: {store.engine!r}, expected a name and a version 应为名称和版本")


@promise("行可以成批地来，也可以一行一行地来。")
def rows_arrive_in_any_number_of_batches(make: MakeStore) -> None:
    """Rows arrive from a generator, in any number of batches, and an empty batch adds nothing."""
    with new_store(make) as store:
        fill(store, {})
        store.append(SOURCE, ((number, f"f{number}", "payment") for number in range(_MANY)))
        store.append(SOURCE, [])
        store.append(SOURCE, [(_MANY, "last", "payment")])
        store.freeze()
        expect(
            store,
            "select count(*), sum(source_id), max(file) from source",
            [(_MANY + 1, _MANY * (_MANY + 1) // 2, "last")],
        )


@promise("按列插入时，未给出的列为空值。")
def columns_left_out_are_null(make: MakeStore) -> None:
    """Columns that are left out of an insertion are NULL; each insertion may name others."""
    with new_store(make) as store:
        fill(store, {"payment": [{"purpose": "a"}, {"purpose": "b"}]})
        insert(store, "payment", [{"voucher_date_day": 3}], first=2)
        expect(store, pairs("select t, n from v order by id"), [("a", None), ("b", None), (None, 3)])


@promise("一列全为同一值时照样插入。")
def columns_of_one_value_are_inserted(make: MakeStore) -> None:
    """A column that holds one value in all rows is inserted like any other, quotes and NULL included."""
    for value in ("it's", "a\\b", "%s", ":p", "", None):
        with new_store(make) as store:
            fill(store, texts_and_numbers(*((value, 7),) * 3))
            expect(store, pairs("select t, n from v"), [(value, 7)] * 3)


@promise("有没有行，随时知道。")
def a_store_tells_whether_a_relation_holds_rows(make: MakeStore) -> None:
    """A store tells whether a relation holds rows: before any, after some, after the last is gone."""
    with new_store(make) as store:
        fill(store, {})
        _is(store.has_rows("payment"), False, "has_rows, empty")
        insert(store, "payment", _placed((1, 2), (2, 2)))
        _is(store.has_rows("payment"), True, "has_rows, filled")
        _is(store.has_rows("unit"), False, "has_rows, another relation")
        store.discard(PAYMENT, [1])
        _is(store.has_rows("payment"), True, "has_rows, one left")
        store.delete(PAYMENT, [(2, 2)])
        _is(store.has_rows("payment"), False, "has_rows, none left")
        store.freeze()
        _is(store.has_rows("payment"), False, "has_rows, frozen")


@promise("按来源和行号删除，只删所列的行。")
def rows_are_deleted_by_source_and_row(make: MakeStore) -> None:
    """Rows are deleted by source and row together; others stay, and deleting nothing or what is not there is fine."""
    with new_store(make) as store:
        fill(store, {"payment": _placed((1, 2), (1, 3), (2, 2), (2, 3))})
        store.delete(PAYMENT, iter([(1, 3), (2, 2), (9, 9)]))
        store.delete(PAYMENT, [])
        store.delete(PAYMENT, [(1, 3)])
        _kept(store, [(1, 2), (2, 3)])


@promise("一个来源的行可以全部删除。")
def rows_of_a_source_are_discarded(make: MakeStore) -> None:
    """All rows of some sources are discarded; rows of the others stay."""
    with new_store(make) as store:
        fill(store, {"payment": _placed((1, 2), (2, 2), (2, 3), (3, 2))})
        store.discard(PAYMENT, iter([2, 9]))
        store.discard(PAYMENT, [])
        _kept(store, [(1, 2), (3, 2)])


@promise("键重复时不建索引，删去重复后可建。")
def a_repeated_key_is_noticed_and_nothing_is_built(make: MakeStore) -> None:
    """A repeated key is noticed and nothing is built: rows can still be added and deleted; then it can be built."""
    with new_store(make) as store:
        keys = ("p", "q", "p")
        fill(store, {"payment": [{"payment_id": key} for key in keys]})
        _is(store.index(PAYMENT), False, "index, a key twice")
        insert(store, "payment", [{"payment_id": "q"}], first=3)
        _is(store.index(PAYMENT), False, "index, two keys twice")
        store.delete(PAYMENT, [(1, 4), (1, 5)])
        _is(store.index(PAYMENT), True, "index, keys distinct")
        store.freeze()
        with open_session(store) as session:
            expect(session, "select payment_key from payment order by 1", [("p",), ("q",)])


@promise("键的各列分别比较，不靠拼接；大小写不同即不同的键。")
def keys_are_compared_column_by_column(make: MakeStore) -> None:
    """Keys are compared column by column, by code point: bars and case make no two rows the same."""
    rows = [("a|b", "c"), ("a", "b|c"), ("A", "b|c"), ("a", "b|c ")]
    with new_store(make) as store:
        fill(store, {})
        store.append(RELATIONS["text_tag"], [(text, tag, "w") for text, tag in rows])
        _is(store.index(RELATIONS["text_tag"]), True, "index, keys distinct")


@promise("空的关系和没有键的关系可以建索引。")
def indexes_of_nothing_are_built(make: MakeStore) -> None:
    """Indexes of an empty relation are built, and so are those of one without a key."""
    with new_store(make) as store:
        fill(store, {})
        for name in ("payment", "quarantine"):
            _is(store.index(RELATIONS[name]), True, f"index, {name}")


@promise("填充时库可以查询自己的数据。")
def the_library_asks_while_it_fills(make: MakeStore) -> None:
    """The library asks the store while it fills it, with parameters, and reads what rules may not."""
    with new_store(make) as store:
        fill(store, texts_and_numbers(("it's", 1), ("b", 2)))
        store.append(PROBLEM, [(1, 0, 0, "error", "P1", "f.csv", '{"a": "%s :b"}')])
        expect(store, pairs("select n from v where t = :t"), [(1,)], t="it's")
        insert(store, "payment", [{"purpose": "c", "voucher_date_day": 3}], first=2)
        expect(store, pairs("select sum(n) from v"), [(6,)])
        store.freeze()
        expect(store, pairs("select sum(n) from v where n > :n"), [(5,)], n=1)
        expect(store, "select document from problem", [('{"a": "%s :b"}',)])


@promise("一条查询未读完，可以再问一条。")
def the_library_reads_two_queries_at_once(make: MakeStore) -> None:
    """A query of the library's own can be read while another one is."""
    with frozen_store(make, texts_and_numbers(("a", 1), ("b", 2))) as store:
        for number, (text,) in enumerate(store.query(pairs("select t from v order by id")), start=1):
            expect(store, pairs("select n from v where t = :t"), [(number,)], t=text)


@promise("未填完就关闭、关闭两次，都没有问题。")
def a_store_closes_at_any_time(make: MakeStore) -> None:
    """A store closes at any time: empty, half filled, with a session open, and twice."""
    make().close()
    with new_store(make) as store:
        fill(store, {"payment": _placed((1, 2))})
        store.close()
    with frozen_store(make, {"payment": _placed((1, 2))}) as store:
        session = store.session(seconds=9)
        expect(session, "select count(*) from payment", [(1,)])
        session.close()
        store.close()
