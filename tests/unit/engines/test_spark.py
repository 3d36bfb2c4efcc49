"""The engine past one machine: what a rule may do, what it costs when it does more, and how Spark starts or does not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.engines.payments import with_payments

from xjk import load
from xjk.engines.spark.reading import SparkReader
from xjk.engines.spark.start import start
from xjk.engines.spark.store import SparkStore
from xjk.engines.spark.text import for_spark
from xjk.errors import ConfigError, RuleError, RuleForbiddenError, RuleTimeoutError

ROWS = 500
ENDLESS = "select count(*) from payment a, payment b, payment c, payment d where (a.amount_fen * b.amount_fen + c.amount_fen * d.amount_fen) % 7919 = 3"


def filled(rows: int = ROWS) -> SparkStore:
    return with_payments(SparkStore(), rows)


@pytest.fixture(scope="module")
def store() -> Iterator[SparkStore]:
    found = filled()
    yield found
    found.close()


@pytest.fixture
def session(store: SparkStore) -> Iterator[SparkReader]:
    found = store.session(seconds=60)
    yield found
    found.close()


def ask(session: SparkReader, sql: str, **params: str | int | None) -> list[tuple[str | int | None, ...]]:
    return list(session.query(sql, params))


@pytest.mark.parametrize(
    "sql",
    [
        "insert into unit (unit_code) values ('a')", "drop table payment", "drop view payment",
        "create table x (a int)", "create temporary view x as select 1", "create temporary function f as 'x'", "alter view payment as select 1",
        "create or replace temporary view payment as select 1", "truncate table payment", "use default", "show tables", "describe payment",
        "set spark.sql.ansi.enabled = false", "set", "reset", "add jar 'x.jar'", "add file '/etc/passwd'", "list jars", "cache table payment",
        "uncache table payment", "clear cache", "refresh table payment", "analyze table payment compute statistics", "explain select 1",
        "load data inpath '/etc/passwd' into table x", "insert overwrite local directory '/tmp/xjk-copy' select 1", "declare x int", "set var x = 1",
        "execute immediate 'select 1'", "begin select 1; end",
        "select * from parquet.`/etc/passwd`", "select * from csv.`/etc/passwd`", "select * from text.`/etc/passwd`", "select * from binaryFile.`/etc`",
        "select * from default.payment", "select * from global_temp.payment", "select * from spark_catalog.default.payment",
        "select * from information_schema.tables", "select * from sys.x", "select * from no_such_table",
        "select document from problem", "select cells from quarantine", 'select cells from "quarantine"', "select cells from `Quarantine`",
        "select (select count(*) from quarantine)", "with a as (select cells from quarantine) select cells from a",
        "select 1 from payment where exists (select 1 from problem)", "select 1 from payment where unit_code in (select document from problem)",
        "select count(*) filter (where unit_code in (select document from problem)) from payment",
        "with quarantine as (select 1 as a) select a from quarantine union all select 1 from problem",
        "select java_method('java.lang.System', 'getProperty', 'user.dir')", "select reflect('java.lang.System', 'exit', '0')",
        "select try_reflect('java.lang.System', 'exit', '0')", "select random()", "select rand()", "select uuid()", "select now()",
        "select current_date", "select current_timestamp", "select current_user", "select user", "select session_user()", "select current_database()",
        "select version()", "select input_file_name()", "select monotonically_increasing_id()", "select raise_error('a')", "select 'a' like 'a'",
        "select 'a' ilike 'a'", "select 'a' rlike 'a'", "select repeat('a', 1000000000)", "select sequence(1, 1000000000)", "select array(1)",
        "select named_struct('a', 1)", "select transform(array(1), x -> x)", "select avg(amount_fen) from payment", "select explode(array(1))",
        "select * from range(9)", "select * from explode(array(1))", "select * from payment lateral view explode(array(1)) t as x",
        "select * from payment tablesample (1 percent)", "select transform(unit_code) using 'cat' as (x) from payment",
        "from payment select transform(unit_code) using 'cat' as (x)", "select * from payment pivot (count(*) for unit_code in ('U1'))",
        "select * from values (random())", "values (java_method('java.lang.System', 'exit', '0'))", "select * from identifier('problem')",
        "select * from identifier(:p)", "select interval 1 day", "select date '2024-01-01'", "select /*+ broadcast(payment) */ 1 from payment",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n", "", " ", "select x'00'", "select unit_code:a from payment",
    ],
)  # fmt: skip
def test_all_but_one_query_of_the_ledger_is_forbidden(
    session: SparkReader, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RuleForbiddenError) as caught:
        ask(session, sql, p="problem")
    assert "只能查询账套" in caught.value.zh
    assert list(tmp_path.iterdir()) == []


def test_what_was_forbidden_left_the_ledger_as_it_is(session: SparkReader) -> None:
    assert ask(session, "select count(*), max(unit_code) from payment") == [(ROWS, "U1")]
    assert not Path("/tmp/xjk-copy").exists()  # noqa: S108


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("select no_such_column from payment", "no_such_column"), ("selec 1", "selec"), ("select 1 +", "end of input"), ("-- nothing", "end of input"), ("select :missing", "missing"),
        ("select unit_code + 1 from payment", "CAST_INVALID_INPUT"), ("select payment_id from payment group by unit_code", "GROUP BY"),
        ("select 1; select 2", "select"), ("select 1; drop table payment", "drop"), ("select ${env:HOME}", r"\$"), ("select 'a", "a"),
        ("select sum(x) from (select :large as x union all select :large union all select :large)", "OVERFLOW"),
        ("select 9223372036854775807 + amount_fen from payment", "OVERFLOW"),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_an_error_of_the_rule(
    session: SparkReader, sql: str, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        ask(session, sql, **{"large": 2**62} if ":large" in sql else {})
    assert not isinstance(caught.value, RuleForbiddenError | RuleTimeoutError)
    assert "\n" not in caught.value.en
    assert capfd.readouterr() == ("", "")
    assert ask(session, "select 1") == [(1,)]


@pytest.mark.parametrize("value", [2**200, 2**63, "\ud800"])
def test_a_parameter_that_cannot_be_bound_is_an_error_of_the_rule(
    session: SparkReader, value: str | int
) -> None:
    with pytest.raises(RuleError):
        ask(session, "select :p", p=value)


@pytest.mark.parametrize(
    "value",
    ["'", "''", "'; drop view payment; --", "\\", "\\'", "\\\\'", "' || (select document from problem) || '", ":n", "甲'乙", "%", "a\nb", '"', "`", ""],
)  # fmt: skip
def test_a_bound_text_is_never_read_as_sql(session: SparkReader, value: str) -> None:
    rows = ask(session, "select :p, ':p', length(:p), '\\', 'a\\n' -- :p's", p=value)
    assert rows == [(value, ":p", len(value), "\\", "a\\n")]


def test_an_error_does_not_show_numbers_of_persons_or_cards(session: SparkReader) -> None:
    with pytest.raises(RuleError, match="The value '…甲'") as caught:
        ask(
            session,
            "select cast(:p || payee_name as bigint) + cast(:p || ' ' || payee_name as bigint) from payment",
            p="11010519491231002X",
        )
    assert "19491231" not in str(caught.value)


def test_whole_numbers_keep_64_bits(session: SparkReader) -> None:
    least, most = -(2**63), 2**63 - 1
    assert ask(session, "select :least, :most, :n * :n", least=least, most=most, n=10**9) == [
        (least, most, 10**18)
    ]


def test_empty_values_sort_first_going_up_and_last_going_down_as_in_sqlite(session: SparkReader) -> None:
    rows = "(select 1 as x union all select null union all select 2)"
    assert ask(session, f"select x from {rows} order by x") == [(None,), (1,), (2,)]
    assert ask(session, f"select x from {rows} order by x desc") == [(2,), (1,), (None,)]


def test_text_sorts_by_code_point_and_case_counts(session: SparkReader) -> None:
    rows = "(select 'b' as x union all select 'B' union all select '乙' union all select 'a' union all select 'é' union all select '😀')"
    assert [row[0] for row in ask(session, f"select X from {rows} order by x")] == [
        "B",
        "a",
        "b",
        "é",
        "乙",
        "😀",
    ]


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select SUM(amount_fen), Count(*), Coalesce(null, :n) from payment", [(ROWS * (ROWS - 1) // 2, ROWS, 7)]),
        ("with a as (select payment_id as id from payment where amount_fen = 3) select id from a", [("p3",)]),
        ("select payment_key from payment where amount_fen = 2 union all select 'x'", [("p2",), ("x",)]),
        (
            """select amount_fen, lag(amount_fen) over (order by amount_fen), sum(amount_fen) over
            (order by amount_fen range between :n preceding and current row) from payment where amount_fen < 3""",
            [(0, None, 0), (1, 0, 1), (2, 1, 3)],
        ),
        ("select count(*) filter (where amount_fen * 100 >= 50 * :n) from payment", [(ROWS - 4,)]),
        ("select case when exists (select 1 from payment where amount_fen = :n) then 'yes' else 'no' end", [("yes",)]),
        ("select unit_code || '/' || min(payee_name) from payment group by unit_code having count(*) > 1", [("U1/甲",)]),
        ("select cast(amount_fen as text), cast('7' as bigint), 7 / 2, -7 / 2, -7 % 2 from payment where amount_fen = 1", [("1", 7, 3, -3, -1)]),
        ("select 1 = 1, 1 = 2, cast(null as bigint) = 1", [(1, 0, None)]),
        ("select text from (select 'a' as text) x where (select 'b' as text) = 'b'", [("a",)]),
        ("values (1)", [(1,)]),
    ],
)  # fmt: skip
def test_the_portable_subset_runs(session: SparkReader, sql: str, rows: list[tuple[object, ...]]) -> None:
    assert sorted(rows, key=str) == sorted(ask(session, sql, n=7), key=str)


def test_only_literals_types_and_divisions_are_written_otherwise() -> None:
    sql = "select 'a\\b''\\', \"c\\d\", a / b, cast(x as TEXT) as text -- it's \\ / 'x\n from t /* '\\' / */"
    assert for_spark(sql) == (
        "select 'a\\\\b''\\\\', \"c\\d\", a  div  b, cast(x as string) as text -- it's \\ / 'x\n from t /* '\\' / */"
    )


def test_columns_have_the_names_of_the_query(session: SparkReader) -> None:
    rows = session.query("select payment_id as subject, amount_fen from payment order by amount_fen")
    assert rows.columns == ("subject", "amount_fen")
    assert next(iter(rows.dicts())) == {"subject": "p0", "amount_fen": 0}


def test_a_query_that_never_ends_stops_at_the_limit_and_costs_only_itself(store: SparkStore) -> None:
    session, other = store.session(seconds=2), store.session(seconds=60)
    try:
        started = time.monotonic()
        with pytest.raises(RuleTimeoutError, match="2 seconds"):
            ask(session, ENDLESS)
        assert time.monotonic() - started < 30
        assert ask(other, "select count(*) from payment") == [(ROWS,)]
    finally:
        session.close()
        other.close()


def test_a_closed_session_says_so(store: SparkStore) -> None:
    session = store.session()
    session.close()
    session.close()
    with pytest.raises(RuleError, match="closed"):
        ask(session, "select 1")


def test_two_ledgers_do_not_see_each_other(store: SparkStore) -> None:
    other = filled(3)
    try:
        assert ask(other.session(), "select count(*) from payment") == [(3,)]
        assert ask(store.session(), "select count(*) from payment") == [(ROWS,)]
    finally:
        other.close()


def test_the_callers_session_keeps_its_settings_and_views(store: SparkStore) -> None:
    spark = start()
    assert spark.conf.get("spark.sql.runSQLOnFiles") == "true"
    assert [table.name for table in spark.catalog.listTables()] == []
    assert store.engine.startswith("spark ")


def test_another_master_than_that_of_the_running_session_is_refused() -> None:
    start()
    with pytest.raises(ConfigError, match=r"local\[17\]"):
        load(
            {"unit": [{"unit_code": "U1", "name": "甲", "kind": "other"}]},
            engine="spark",
            engine_options={"master": "local[17]"},
        )


ONE_UNIT = """
import xjk
from xjk.errors import XjkError
try:
    with xjk.load({'unit': [{'unit_code': 'U1', 'name': 'x', 'kind': 'other'}]}, engine='spark', engine_options=OPTIONS) as ledger:
        print(ledger.engine)
except XjkError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("options", "environment", "says"),
    [
        ({}, {"JAVA_HOME": "/nonexistent"}, "Java 17 or later"),
        ({"master": "local(2)"}, {}, "Look at the option master"),
        ({}, {"PYTHONPATH": "HERE"}, "xjk[spark]"),
    ],
    ids=["no Java", "no such master", "no PySpark"],
)
def test_a_start_that_fails_says_what_to_do(
    options: dict[str, str], environment: dict[str, str], says: str, tmp_path: Path
) -> None:
    (tmp_path / "pyspark.py").write_text("raise ImportError\n")
    settings = {name: value.replace("HERE", str(tmp_path)) for name, value in environment.items()}
    found = subprocess.run(
        [sys.executable, "-c", ONE_UNIT.replace("OPTIONS", repr(options))],
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    assert says in found.stdout, found.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for child processes")
def test_ctrl_c_inside_a_long_query_is_a_keyboard_interrupt() -> None:
    program = (
        "from tests.unit.engines.test_spark import ENDLESS, filled\n"
        "session = filled().session()\n"
        "list(session.query('select 1'))\n"
        "print('running', flush=True)\n"
        "try:\n"
        "    list(session.query(ENDLESS))\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', list(session.query('select 1')), flush=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert child.stdout is not None
    with child, child.stdout as output:
        assert output.readline() == "running\n"
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        assert output.readline() == "interrupted [(1,)]\n"
        child.kill()
