"""A ledger in a schema of its own on a PostgreSQL server: what a rule may do, and what becomes of the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import psycopg
import pytest
from tests.unit.engines.payments import with_payments
from tests.unit.engines.postgres_server import Server

from xjk import load
from xjk.engines.postgres.guard import native
from xjk.engines.postgres.store import PostgresSession, PostgresStore
from xjk.errors import EngineError, RuleError, RuleForbiddenError, RuleTimeoutError
from xjk.ledger.relations import QUARANTINE, SOURCE, table_relation
from xjk.ledger.store import Value

ROWS = 2_000
ENDLESS = "select count(*) from payment a, payment b, payment c, payment d where (a.amount_fen * b.amount_fen + c.amount_fen * d.amount_fen) % 7919 = 3"


def filled(url: str = "") -> PostgresStore:
    return with_payments(PostgresStore(url), ROWS)


@pytest.fixture(scope="module")
def store(pgserver: Server) -> Iterator[PostgresStore]:
    found = filled(pgserver.url)
    yield found
    found.close()


@pytest.fixture
def session(store: PostgresStore) -> Iterator[PostgresSession]:
    found = store.session(seconds=20)
    yield found
    found.close()


@pytest.fixture
def admin(pgserver: Server) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(pgserver.url, autocommit=True) as connection:
        yield connection


def ask(session: PostgresSession, sql: str, **params: str | int | None) -> list[tuple[str | int | None, ...]]:
    return list(session.query(sql, params))


def schemas(admin: psycopg.Connection[tuple[object, ...]]) -> set[str]:
    return {
        str(name) for (name,) in admin.execute("select nspname from pg_namespace where nspname like 'xjk%'")
    }


@pytest.mark.parametrize(
    "sql",
    [
        "insert into unit (unit_code) values ('a')", "update payment set amount_fen = 0", "delete from payment", "drop table payment",
        "truncate payment", "create table x (a int)", "create temp table x (a int)", "create view x as select 1", "alter table payment rename to x",
        "with gone as (delete from payment returning payment_id) select payment_id from gone",
        "with made as (insert into unit (unit_code) values ('a') returning unit_code) select unit_code from made",
        "select 1 as a into made", "select payment_id from payment for update", "select payment_id from payment tablesample system (1)",
        "table payment", "declare c cursor for select 1", "fetch xjk_0", "close all", "lock table payment", "do $$begin end$$",
        "set statement_timeout = 0", "reset all", "set role postgres", "set session authorization postgres", "show all", "discard all",
        "begin", "commit", "rollback", "savepoint x", "rollback to xjk", "release xjk", "analyze", "vacuum", "checkpoint", "cluster",
        "copy payment to '/tmp/xjk-copy.csv'", "copy payment to stdout", "copy payment to program 'touch /tmp/xjk-copy.csv'", "copy unit from '/etc/passwd'",
        "prepare p as select 1", "execute p", "explain select 1", "explain analyze select 1", "call f()", "load 'x'", "listen x", "notify x",
        "grant all on payment to public", "comment on table payment is 'x'", "refresh materialized view x", "import foreign schema x from server y into z",
        "select pg_sleep(1)", "select pg_catalog.pg_sleep(1)", 'select "pg_sleep"(1)', 'select U&"\\0070g_sleep"(1)', "select pg_sleep  (1)", "select pg_sleep/**/(1)",
        "select pg_read_file('/etc/passwd')", "select pg_ls_dir('/')", "select lo_import('/etc/passwd')", "select dblink('', 'select 1')",
        "select set_config('statement_timeout', '0', false)", "select current_setting('data_directory')", "select pg_terminate_backend(1)",
        "select pg_advisory_lock(1)", "select nextval('x')", "select txid_current()", "select query_to_xml('delete from payment', true, false, '')",
        "select p.row_to_json from payment p", "select (p).to_json from payment p", "select payment.pg_column_size from payment",
        "select p.payment_id.pg_column_size from payment p",
        "select document from problem", "select cells from quarantine", 'select cells from "quarantine"', "select cells from Quarantine",
        "select (select count(*) from quarantine)", "with quarantine as (select 1 as a) select a from quarantine union all select 1 from problem",
        "select rolname from pg_roles", "select relname from pg_class", "select relname from pg_catalog.pg_class", "select table_name from information_schema.tables",
        "select * from public.payment", "select * from pg_temp.payment", "select * from generate_series(1, 9)", "select * from no_such_table",
        "select random()", "select gen_random_uuid()", "select now()", "select current_timestamp", "select current_date", "select current_user", "select user",
        "select session_user", "select current_schema", "select localtime", "select version()", "select cast('payment' as regclass)", "select 'payment'::regclass",
        "select 'a' like 'a'", "select 'a' ilike 'a'", "select 'a' similar to 'a'", "select 'a' ~ 'a'", "select repeat('a', 1000000000)",
        "select array_agg(unit_code) from unit", "select string_agg(unit_code, ',') from unit", "select avg(amount_fen) from payment",
        "select unnest(array[1])", "select greatest(1, 2)", "select row(1, 2)", "select xmlelement(name a)", "select grouping(unit_code) from unit group by unit_code",
        "select sum(amount_fen) / 2 from payment", "select 1 operator(pg_catalog.~~) 2", "select e'\\n'", "select date '2024-01-01'", "select x'1f'", "select $$a$$",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n",
        "select 1; select 2", "select 1; drop table payment", "select 1) as a; drop table payment; select (1", "", " ", "-- nothing", ";",
    ],
)  # fmt: skip
def test_all_but_one_query_of_the_ledger_is_forbidden(session: PostgresSession, sql: str) -> None:
    with pytest.raises(RuleForbiddenError) as caught:
        ask(session, sql)
    assert "只能查询账套" in caught.value.zh
    assert not list(Path("/tmp").glob("xjk-copy*"))  # noqa: S108
    assert ask(session, "select count(*) from payment") == [(ROWS,)]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select no_such_column from payment", "no_such_column"), ("select 1 +", "syntax"), ("select :missing + 1", "missing"), ("select 'a", "unterminated"),
        ("select unit_code + 1 from payment", "operator"), ("select payment_id from payment group by unit_code", "GROUP BY"),
        ("select array[amount_fen] from payment", "type"), ("select 1) as a, (select 2", "syntax"), ("select (1", "syntax"),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_an_error_of_the_rule(session: PostgresSession, sql: str, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        ask(session, sql)
    assert not isinstance(caught.value, RuleForbiddenError | RuleTimeoutError)
    assert ask(session, "select 1") == [(1,)]


def test_a_value_of_the_data_is_not_told_in_an_error(session: PostgresSession) -> None:
    with pytest.raises(RuleError) as caught:
        ask(session, "select cast(:p as bigint)", p="41010219800101123X")
    assert "41010219800101123X" not in caught.value.text("zh") + caught.value.text("en")


@pytest.mark.parametrize("value", [2**200, "\ud800", "a\x00b"])
def test_a_parameter_that_cannot_be_bound_is_an_error_of_the_rule(
    session: PostgresSession, value: str | int
) -> None:
    with pytest.raises(RuleError):
        ask(session, "select :p", p=value)
    assert ask(session, "select 1") == [(1,)]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from payment", "insert into payment (payment_id) values ('x')", "drop table payment", "create table x (a int)", "truncate payment",
        "select payment_id from payment for update", "select nextval('public.xjk_numbers')",
    ],
)  # fmt: skip
def test_the_guard_does_not_stand_alone_a_session_cannot_write(
    session: PostgresSession, sql: str, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    admin.execute("create sequence if not exists public.xjk_numbers")
    connection = session._reader.connection
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute(sql.encode())
    connection.rollback()


@pytest.mark.parametrize(
    "sql", ["select 1; drop table payment", "delete from payment", "copy payment to stdout"]
)
def test_a_cursor_takes_one_query_even_past_the_guard(session: PostgresSession, sql: str) -> None:
    with pytest.raises(psycopg.errors.SyntaxError):
        session._reader._opened(sql, {}, lambda act: act())


def test_a_with_that_writes_makes_no_cursor_even_past_the_guard(session: PostgresSession) -> None:
    with pytest.raises(psycopg.errors.FeatureNotSupported):
        session._reader._opened(
            "with gone as (delete from payment returning payment_id) select payment_id from gone",
            {},
            lambda act: act(),
        )


@pytest.mark.parametrize(
    "value", ["'", "''", "'; drop table payment; --", ":n", "$1", "%s", "%(p)s", "甲'乙", "\\", "%", "a\nb"]
)
def test_a_bound_text_is_never_read_as_sql(session: PostgresSession, value: str) -> None:
    asked = "select :p, ':p %', length(:p), cast(:p as text) -- :p 100%"
    assert ask(session, asked, p=value) == [(value, ":p %", len(value), value)]


def test_a_text_that_was_filled_in_comes_back_as_it_was(pgserver: Server) -> None:
    odd = ["a\tb", "a\\b", "\\N", "", "a\nb", 'a"b', "😀", None]
    store = PostgresStore(pgserver.url)
    try:
        store.create(QUARANTINE)
        store.append(
            QUARANTINE, [(1, number, "t", "f", text or "", text or "") for number, text in enumerate(odd)]
        )
        rows = list(store.query("select cells from quarantine order by source_row"))
        assert [cells for (cells,) in rows] == [text or "" for text in odd]
    finally:
        store.close()


def test_empty_values_sort_first_going_up_and_last_going_down_as_in_sqlite(session: PostgresSession) -> None:
    rows = "(select 1 as x union all select null union all select 2)"
    assert ask(session, f"select x from {rows} order by x") == [(None,), (1,), (2,)]
    assert ask(session, f"select x from {rows} order by x desc") == [(2,), (1,), (None,)]
    assert ask(session, f"select x, rank() over (order by x) from {rows} order by 2 desc, x") == [
        (2, 3), (1, 2), (None, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "read"),
    [
        ("select a from t order by a", "select a from t order by a NULLS FIRST"),
        ("select a from t order by a desc, b asc limit 3", "select a from t order by a desc NULLS LAST, b asc NULLS FIRST limit 3"),
        ("sum(a) over (partition by c order by b range between :n preceding and current row)",
         "sum(a) over (partition by c order by b NULLS FIRST range between %(n)s preceding and current row)"),
        ("(select a from t order by coalesce(a, (select b from u order by b)), c) union all select 1",
         "(select a from t order by coalesce(a, (select b from u order by b NULLS FIRST)) NULLS FIRST, c NULLS FIRST) union all select 1"),
        ("select a from t order by a nulls last -- order by z", "select a from t order by a nulls last -- order by z"),
        ("select 'order by a', b % 2 /* order by c */ from t", "select 'order by a', b %% 2 /* order by c */ from t"),
        ("select substr(a, 2, 3), substr(b, 1)", "select substr(a,  2, CAST( 3\n AS int4)), substr(b,  1)"),
        ("select a::text, ':b' from t where c = :c", "select a::text, ':b' from t where c = %(c)s"),
    ],
)  # fmt: skip
def test_a_query_is_written_as_postgresql_reads_it_like_sqlite(sql: str, read: str) -> None:
    assert native(sql) == read


def test_an_order_that_is_written_again_is_written_once(session: PostgresSession) -> None:
    sql = "select amount_fen from payment where amount_fen < 3 order by amount_fen desc nulls last"
    assert ask(session, sql) == [(2,), (1,), (0,)]


def test_rows_arrive_as_they_are_read(session: PostgresSession) -> None:
    many = session.query("select a.amount_fen from payment a, payment b, payment c")
    assert len(list(islice(many, 12_000))) == 12_000


def test_sessions_in_several_threads_take_turns(store: PostgresStore) -> None:
    def work(number: int) -> int:
        session = store.session(seconds=20)
        try:
            return sum(
                int(found or 0)
                for turn in range(30)
                for (found,) in session.query(
                    f"select :n + {turn} from payment where amount_fen < 10", {"n": number}
                )
            )
        finally:
            session.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [10 * (30 * number + 435) for number in range(4)]


def test_a_query_that_never_ends_stops_at_the_limit_and_the_session_goes_on(store: PostgresStore) -> None:
    session = store.session(seconds=0.3)
    try:
        for _ in range(2):
            started = time.monotonic()
            with pytest.raises(RuleTimeoutError, match=r"0\.3 seconds"):
                ask(session, ENDLESS)
            assert time.monotonic() - started < 5
            assert ask(session, "select count(*) from payment") == [(ROWS,)]
    finally:
        session.close()


def test_a_query_that_fails_leaves_the_others_of_its_session_alone(store: PostgresStore) -> None:
    session = store.session(seconds=0.5)
    try:
        outer = iter(session.query("select a.amount_fen from payment a, payment b"))
        assert len(list(islice(outer, 100))) == 100
        for sql in ("select no_such_column from payment", "select pg_sleep(9)", ENDLESS):
            with pytest.raises(RuleError):
                ask(session, sql)
        assert ask(session, "select count(*) from unit") == [(0,)]
        with pytest.raises(RuleTimeoutError):
            list(outer)
        assert ask(session, "select count(*) from unit") == [(0,)]
    finally:
        session.close()


def test_a_query_that_needs_more_room_than_it_may_use_fails_alone(pgserver: Server) -> None:
    store = filled(f"{pgserver.url}&options=-c%20temp_file_limit%3D1MB")
    session = store.session(seconds=60)
    try:
        with pytest.raises(RuleError, match="temp_file_limit") as caught:
            ask(session, "select a.amount_fen * b.amount_fen from payment a, payment b order by 1")
        assert not isinstance(caught.value, RuleTimeoutError)
        assert ask(session, "select count(*) from payment") == [(ROWS,)]
    finally:
        session.close()
        store.close()


def test_the_schema_is_dropped_when_the_ledger_is_closed(
    pgserver: Server, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    before = schemas(admin)
    unit = {"unit": [{"unit_code": "U1", "name": "甲", "kind": "other"}]}
    with load(unit, engine="postgres", engine_options={"url": pgserver.url}) as ledger:
        assert ledger.engine.startswith("postgres 1")
        assert len(schemas(admin) - before) == 1
        session = ledger.session()
        list(islice(session.query("select name from unit"), 1))
    assert schemas(admin) == before


def test_a_ledger_that_fails_to_load_leaves_no_schema(
    pgserver: Server, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    before = schemas(admin)
    books = {"unit": [{"unit_code": "U1", "name": "甲", "kind": "other"}]}

    def interrupt(file: str, rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(books, engine="postgres", engine_options={"url": pgserver.url}, progress=interrupt)
    assert schemas(admin) == before


def test_without_an_address_the_environment_of_libpq_decides(
    pgserver: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in pgserver.environment().items():
        monkeypatch.setenv(name, value)
    with load({"unit": [{"unit_code": "U1", "name": "甲", "kind": "other"}]}, engine="postgres") as ledger:
        assert ledger.engine.startswith("postgres ")


@pytest.mark.parametrize(
    "url",
    ["postgresql://auditor:s3cret@127.0.0.1:1/books", "host=127.0.0.1 port=1 password=s3cret", "postgresq://auditor:s3cret@x/books",
     "postgresql://auditor:s3cret%zz@x/books", "postgresql://auditor:s3cret@127.0.0.1:1/books?sslpassword=s3cret"],
)  # fmt: skip
def test_a_server_that_cannot_be_reached_is_an_engine_error_without_the_password(url: str) -> None:
    with pytest.raises(EngineError) as caught:
        load({"unit": []}, engine="postgres", engine_options={"url": url})
    told = caught.value.text("zh") + caught.value.text("en") + repr(caught.value)
    assert "s3cret" not in told
    assert "PostgreSQL" in told


def test_a_database_in_another_encoding_is_refused(
    pgserver: Server, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    admin.execute("create database latin template template0 encoding 'LATIN1' locale 'C'")
    try:
        with pytest.raises(EngineError, match="UTF8"):
            PostgresStore(pgserver.url.replace("/postgres?", "/latin?"))
    finally:
        admin.execute("drop database latin")


def test_a_user_who_may_not_create_is_told_what_is_refused(
    pgserver: Server, admin: psycopg.Connection[tuple[object, ...]]
) -> None:
    admin.execute("create role reader login")
    try:
        with pytest.raises(
            EngineError, match=r"permission denied for database postgres.*privileges of the user"
        ):
            PostgresStore(pgserver.url.replace("postgres:@", "reader:@"))
    finally:
        admin.execute("drop role reader")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for child processes")
@pytest.mark.parametrize("seconds", ["None", "60"])
def test_ctrl_c_inside_a_long_query_is_a_keyboard_interrupt(seconds: str, pgserver: Server) -> None:
    program = (
        "from tests.unit.engines.test_postgres import ENDLESS, filled\n"
        "store = filled()\n"
        f"session = store.session(seconds={seconds})\n"
        "print('running', flush=True)\n"
        "try:\n"
        "    list(session.query(ENDLESS))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', list(session.query('select 1')))\n"
        "store.close()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, **pgserver.environment()},
    )
    assert child.stdout is not None
    with child, child.stdout as output:
        assert output.readline() == "running\n"
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        assert output.readline() == "interrupted [(1,)]\n"
    assert child.returncode == 0


def test_a_name_too_long_for_an_index_is_kept_and_a_repeated_key_still_noticed(pgserver: Server) -> None:
    relation = table_relation("party_balance")
    store = PostgresStore(pgserver.url)
    name = "".join(chr(0x4E00 + number) for number in range(4_000))
    row: dict[str, Sequence[Value]] = {
        "unit_code": ["U"] * 2, "fiscal_year": [2024] * 2, "period": [1] * 2, "account_code": ["1001"] * 2, "party_name": [name, name + "甲"],
        "closing_fen": [1] * 2, "source_id": [1] * 2, "source_row": [2, 3],
    }  # fmt: skip
    try:
        store.create(relation)
        store.extend(relation, row)
        assert store.index(relation)
        store.extend(relation, {**row, "source_row": [4, 5]})
        assert not store.index(relation)
    finally:
        store.close()


def test_a_row_the_relation_cannot_hold_is_an_engine_error(pgserver: Server) -> None:
    store = PostgresStore(pgserver.url)
    try:
        store.create(SOURCE)
        with pytest.raises(EngineError, match="null value"):
            store.append(SOURCE, [(None, "file", "payment")])
        store.append(SOURCE, [(1, "file", "payment")])
        assert list(store.query("select file from source")) == [("file",)]
    finally:
        store.close()


def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch, pgserver: Server) -> None:
    monkeypatch.setattr("xjk.engines.postgres.connection.OLDEST", 990_000)
    with pytest.raises(EngineError, match="too old"):
        PostgresStore(pgserver.url)
