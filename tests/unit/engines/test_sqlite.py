"""The default engine: what a rule may do, and what becomes of the rest."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from tests.unit.engines.payments import ROWS, with_payments

from xjk import load
from xjk.engines.sqlite import SqliteSession, SqliteStore
from xjk.errors import EngineError, RuleError, RuleForbiddenError, RuleTimeoutError
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import SOURCE, table_relation
from xjk.ledger.store import Value


@pytest.fixture(scope="module")
def store() -> Iterator[SqliteStore]:
    found = with_payments(SqliteStore())
    yield found
    found.close()


@pytest.fixture
def session(store: SqliteStore) -> Iterator[SqliteSession]:
    found = store.session(seconds=20)
    yield found
    found.close()


def ask(session: SqliteSession, sql: str, **params: str | int | None) -> list[tuple[str | int | None, ...]]:
    return list(session.query(sql, params))


@pytest.mark.parametrize(
    "sql",
    [
        "insert into unit (unit_code) values ('a')", "update payment set amount_fen = 0", "delete from payment", "drop table payment",
        "create table x (a)", "create temp table x (a)", "create view x as select 1", "create trigger x after insert on unit begin select 1; end",
        "alter table payment rename to x", "replace into unit (unit_code) values ('a')", "reindex", "analyze", "vacuum", "vacuum into 'copy.db'",
        "attach ':memory:' as x", "detach main", "pragma user_version", "pragma query_only = 0", "pragma writable_schema = 1",
        "select * from pragma_table_list", "select * from pragma_database_list", "begin", "commit", "rollback", "savepoint a", "release a",
        "select random()", "select randomblob(9)", "select load_extension('x')", "select current_timestamp", "select date('now')",
        "select datetime(0, 'unixepoch')", "select strftime('%s')", "select julianday(1)", "select 'a' like 'a'", "select 'a' glob 'a'",
        "select zeroblob(1000000000)", "select sqlite_version()", "select last_insert_rowid()", "select changes()", "select quote(1)",
        "select printf('%d', 1)", "select hex('a')", "select char(1)", "select json('1')", "select group_concat(unit_code) from unit",
        "select * from json_each('[1]')", "select unit_code -> '$' from unit", "select * from dbstat",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
        "select name from sqlite_master", "select name from sqlite_schema", "select sql from main.sqlite_master", "select * from sqlite_stat1",
        "select count(*) from SQLITE_MASTER", "select 1; select 2", "select 1; drop table payment", "", " ", "-- nothing", ";",
    ],
)  # fmt: skip
def test_all_but_one_query_of_the_ledger_is_forbidden(
    session: SqliteSession, sql: str, tmp_path: Path
) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        with pytest.raises(RuleForbiddenError) as caught:
            ask(session, sql)
    finally:
        os.chdir(before)
    assert "只能查询账套" in caught.value.zh
    assert list(tmp_path.iterdir()) == []
    assert ask(session, "select count(*) from payment") == [(ROWS,)]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select readfile('/etc/hostname')", "readfile"), ("select writefile('x', 'y')", "writefile"), ("select edit('x')", "edit"),
        ("select * from no_such_table", "no_such_table"), ("select no_such_column from payment", "no_such_column"), ("selec 1", "syntax"),
        ("select 1 +", "incomplete"), ("select :missing", "missing"), ("select 1\x00", "null character"), ("select '\ud800'", "surrogates"),
        ("select sum(x) from (select 9223372036854775807 as x union all select 9223372036854775807)", "overflow"),
        ("select '" + "x" * 200_000 + "'", "too large"), ("select * from generate_series(1, 3)", "generate_series"),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_an_error_of_the_rule(session: SqliteSession, sql: str, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        ask(session, sql)
    assert not isinstance(caught.value, RuleForbiddenError | RuleTimeoutError)
    assert ask(session, "select 1") == [(1,)]


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 2**200, "\ud800"])
def test_a_parameter_that_cannot_be_bound_is_an_error_of_the_rule(
    session: SqliteSession, value: str | int
) -> None:
    with pytest.raises(RuleError):
        ask(session, "select :p", p=value)


def test_functions_a_rule_may_call_exist_and_have_no_reach() -> None:
    assert not FUNCTIONS & {
        "random",
        "load_extension",
        "date",
        "datetime",
        "like",
        "glob",
        "readfile",
        "printf",
        "zeroblob",
    }
    store = SqliteStore()
    try:
        known = {row[0] for row in store.query("select name from pragma_function_list")}
        assert known >= FUNCTIONS - {"cast", "coalesce", "iif", "ifnull"}
    finally:
        store.close()


def test_rows_arrive_as_they_are_read(session: SqliteSession) -> None:
    many = session.query("select a.amount_fen from payment a, payment b, payment c")
    assert [row[0] for row in islice(many, 2_500)] == [0] * 2_500


def test_the_file_cannot_be_written_even_past_the_guard(store: SqliteStore) -> None:
    with pytest.raises(RuleError, match="readonly"):
        list(store.query("delete from payment returning payment_id"))
    with pytest.raises(RuleError, match="readonly"):
        list(store.query("insert into unit (unit_code) values ('x') returning 1"))


def test_the_statistics_of_the_tables_are_in_use(session: SqliteSession, store: SqliteStore) -> None:
    assert ("payment",) in set(store.query("select tbl from sqlite_stat1"))
    plan = ask(session, "explain query plan select 1 from payment where payment_id = 'p1'")
    assert "payment_by_key" in str(plan)


@pytest.mark.parametrize("name", ["with space", "中文 目录", "100%25", "a?b#c&d=e", "quote'\"", "semi;colon"])
def test_the_temporary_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    program = (
        "import os, xjk\n"
        "with xjk.load({'unit': [{'unit_code': 'U1', 'name': '甲', 'kind': 'other'}]}, engine='sqlite') as ledger:\n"
        "    assert len(os.listdir(os.environ['TMPDIR'])) == 1\n"
        "    print(list(ledger.session().query('select name from unit')))\n"
        "assert not os.listdir(os.environ['TMPDIR'])\n"
    )
    found = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        env=os.environ | {"TMPDIR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert (found.stdout, found.stderr) == ("[('甲',)]\n", "")


def test_a_key_used_twice_is_noticed_and_the_index_can_be_built_after_one_goes() -> None:
    store = SqliteStore()
    try:
        relation = table_relation("payment")
        store.create(relation)
        row: dict[str, Sequence[Value]] = {
            "payment_id": ["p", "p", "q"], "unit_code": ["U"] * 3, "paid_on": ["2024-01-01"] * 3, "paid_on_day": [19723] * 3,
            "amount_fen": [1, 2, 3], "payee_name": ["甲"] * 3, "source_id": [1] * 3, "source_row": [2, 3, 4],
        }  # fmt: skip
        store.extend(relation, row)
        assert not store.index(relation)
        assert list(store.query("select name from sqlite_master where type = 'index'")) == []
        store.delete(relation, [(1, 3)])
        assert store.index(relation)
        assert list(store.query("select payment_key, amount_fen from payment order by 1")) == [
            ("p", 1),
            ("q", 3),
        ]
        store.discard(relation, [1])
        assert list(store.query("select count(*) from payment")) == [(0,)]
    finally:
        store.close()


def test_a_full_disk_is_told_with_the_folder() -> None:
    store = SqliteStore()
    try:
        store._connection.execute("COMMIT")
        store._connection.execute("PRAGMA max_page_count = 4")
        store._connection.execute("BEGIN")
        store.create(SOURCE)
        with pytest.raises(EngineError, match="TMPDIR"):
            store.append(SOURCE, ((number, "x" * 5000, "payment") for number in range(100)))
    finally:
        store.close()


def test_what_is_derived_is_searched_by_its_key_and_never_scanned(tmp_path: Path) -> None:
    rows = "".join(f"{number},U1,2024-01-01,1.00,商店{number},加油{number}\n" for number in range(100))
    (tmp_path / "payment.csv").write_text(
        "payment_id,unit_code,paid_on,amount,payee_name,purpose\n" + rows, "utf-8"
    )
    joined = (
        "SELECT 1 FROM payment y CROSS JOIN party p ON p.name = y.payee_name"
        " CROSS JOIN calendar c ON c.day = y.paid_on_day"
        " CROSS JOIN text_tag t ON t.text = y.purpose AND t.tag = 'fuel'"
    )
    with load(tmp_path, engine="sqlite") as ledger:
        plan = [str(row[3]) for row in ledger.session().query(f"explain query plan {joined}")]
    assert sum("_by_key" in step for step in plan) == 3
    assert not [step for step in plan if "AUTOMATIC" in step]
