"""The engine for large books: what a rule may do, and what becomes of the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from tests.unit.engines.payments import ROWS, with_payments

from xjk import load
from xjk.engines.duckdb.session import DuckdbSession, own_cursor
from xjk.engines.duckdb.store import DuckdbStore
from xjk.errors import EngineError, RuleError, RuleForbiddenError, RuleTimeoutError
from xjk.ledger.relations import SOURCE


@pytest.fixture(scope="module")
def store() -> Iterator[DuckdbStore]:
    found = with_payments(DuckdbStore())
    yield found
    found.close()


@pytest.fixture
def session(store: DuckdbStore) -> Iterator[DuckdbSession]:
    found = store.session(seconds=20)
    yield found
    found.close()


def ask(session: DuckdbSession, sql: str, **params: str | int | None) -> list[tuple[str | int | None, ...]]:
    return list(session.query(sql, params))


@pytest.mark.parametrize(
    "sql",
    [
        "insert into unit (unit_code) values ('a')", "update payment set amount_fen = 0", "delete from payment", "drop table payment",
        "create table x (a int)", "create temp table x (a int)", "create view x as select 1", "create macro m() as 1", "alter table payment rename to x",
        "with gone as (delete from payment returning payment_id) select payment_id from gone",
        "with made as (insert into unit (unit_code) values ('a') returning unit_code) select unit_code from made",
        "attach ':memory:' as x", "detach memory", "use memory", "checkpoint", "analyze", "vacuum", "begin", "commit", "rollback",
        "set memory_limit = '1GB'", "reset memory_limit", "pragma database_list", "call pragma_version()", "install httpfs", "load httpfs",
        "copy payment to 'copy.csv'", "copy (select 1) to 'copy.csv'", "copy unit from 'units.csv'", "export database 'copy'", "prepare p as select 1",
        "select * from read_csv('/etc/passwd')", "select * from read_text('/etc/passwd')", "select * from '/etc/passwd'", "select * from 'x.parquet'",
        "select * from glob('*')", "select * from query('select 1')", "select * from query_table('payment')", "select * from range(9)",
        "select * from duckdb_settings()", "select * from duckdb_tables", "select * from pragma_table_info('payment')", "select * from sqlite_master",
        "select * from information_schema.tables", "select * from memory.main.payment", "select * from main.payment", "select * from rows_of_python",
        "select document from problem", "select cells from quarantine", 'select cells from "quarantine"', "select cells from Quarantine",
        "select (select count(*) from quarantine)", "with quarantine as (select 1 as a) select a from quarantine union all select 1 from problem",
        "select random()", "select uuid()", "select now()", "select today()", "select current_timestamp", "select getenv('HOME')",
        "select current_setting('memory_limit')", "select version()", "select 'a' like 'a'", "select 'a' ilike 'a'", "select 'a' similar to 'a'",
        "select repeat('a', 1000000000)", "select list_value(1)", "select [1]", "select {'a': 1}", "select group_concat(unit_code) from unit",
        "select avg(amount_fen) from payment", "select unnest([1])", "show tables", "describe payment", "summarize payment", "explain select 1",
        "pivot payment on unit_code", "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
        "select 1; select 2", "select 1; drop table payment", "", " ", "-- nothing", ";",
    ],
)  # fmt: skip
def test_all_but_one_query_of_the_ledger_is_forbidden(
    session: DuckdbSession, sql: str, tmp_path: Path
) -> None:
    rows_of_python = [(1,)]
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        with pytest.raises(RuleForbiddenError) as caught:
            ask(session, sql)
    finally:
        os.chdir(before)
    assert "只能查询账套" in caught.value.zh
    assert list(tmp_path.iterdir()) == []
    assert rows_of_python == [(1,)]
    assert ask(session, "select count(*) from payment") == [(ROWS,)]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select no_such_column from payment", "no_such_column"), ("selec 1", "syntax"), ("select 1 +", "syntax"), ("select :missing", "missing"),
        ("select 'a", "unterminated"), ("select unit_code + 1 from payment", "Binder"),
        ("select payment_id from payment group by unit_code", "GROUP BY"),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_an_error_of_the_rule(session: DuckdbSession, sql: str, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        ask(session, sql)
    assert not isinstance(caught.value, RuleForbiddenError | RuleTimeoutError)
    assert ask(session, "select 1") == [(1,)]


def test_a_relation_that_does_not_exist_is_not_of_the_ledger(session: DuckdbSession) -> None:
    with pytest.raises(RuleForbiddenError):
        ask(session, "select * from no_such_table")


def test_the_guard_does_not_stand_alone_a_session_cannot_write(store: DuckdbStore) -> None:
    session = store.session()
    cursor = own_cursor(store._connection)
    try:
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        for sql in ("delete from payment", "insert into unit (unit_code) values ('x')", "drop table payment"):
            with pytest.raises(Exception, match="read-only"):
                cursor.execute(sql)
                cursor.execute("ROLLBACK")
            cursor.execute("ROLLBACK")
            cursor.execute("BEGIN TRANSACTION READ ONLY")
    finally:
        cursor.close()
        session.close()


@pytest.mark.parametrize(
    "sql",
    [
        "select count(*) from read_csv('/etc/passwd')", "attach '/tmp/xjk-copy.db' as x", "set enable_external_access = true",
        "set memory_limit = '1GB'", "set lock_configuration = false", "install httpfs", "copy payment to '/tmp/xjk-copy.csv'", "load '/tmp/x.duckdb_extension'",
    ],
)  # fmt: skip
def test_the_database_reaches_no_file_even_past_the_guard(store: DuckdbStore, sql: str) -> None:
    with pytest.raises(EngineError):
        list(store.query(sql))
    assert not list(Path("/tmp").glob("xjk-copy*"))  # noqa: S108


def test_sums_beyond_64_bits_are_exact(session: DuckdbSession) -> None:
    large = 2**62
    assert ask(
        session, "select sum(x) from (select :x as x union all select :x union all select :x)", x=large
    ) == [(3 * large,)]
    assert ask(session, "select 9007199254740993 + :one", one=1) == [(9007199254740994,)]


def test_a_ledger_of_one_unit_says_which_engine_it_lies_in() -> None:
    with load({"unit": [{"unit_code": "U1", "name": "甲", "kind": "other"}]}, engine="duckdb") as ledger:
        assert ledger.engine.startswith("duckdb ")


def test_rows_arrive_as_they_are_read(session: DuckdbSession) -> None:
    many = session.query("select a.amount_fen from payment a, payment b, payment c")
    assert len(list(islice(many, 12_000))) == 12_000


def test_a_row_the_relation_cannot_hold_is_an_engine_error() -> None:
    store = DuckdbStore()
    try:
        store.create(SOURCE)
        with pytest.raises(EngineError, match="TMPDIR"):
            store.append(SOURCE, [(None, "file", "payment")])
    finally:
        store.close()
