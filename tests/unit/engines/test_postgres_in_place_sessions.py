"""Sessions on books in place: what a rule may do there, and what becomes of it when time or the connection ends."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from tests.unit.engines.small_system import MAPPING, rows_of

from xjk.engines.postgres.in_place import InPlaceSession
from xjk.errors import EngineError, RuleError, RuleForbiddenError, RuleTimeoutError
from xjk.readers import parse_mapping
from xjk.runner.in_place import in_place


@pytest.fixture
def session(system: str) -> Iterator[InPlaceSession]:
    with in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        found = ledger.session(seconds=20)
        assert isinstance(found, InPlaceSession)
        yield found


@pytest.mark.parametrize(
    "sql",
    [
        'select "名称" from "单位"', "select relname from pg_class", "select unit_code from xjk_all_unit", "select document from problem",
        "select cells from quarantine", "select pg_sleep(1)", "insert into party (name) values ('x')", "delete from party", "drop view unit",
        "with gone as (delete from party returning name) select name from gone", "select 1; delete from party", "select * from public.单位",
        "create temp table x (a int)", "set transaction read write", "commit", "rollback",
    ],
)  # fmt: skip
def test_a_rule_reads_the_ledger_and_not_the_finance_system(session: InPlaceSession, sql: str) -> None:
    before = list(session.query("select count(*) from party"))
    with pytest.raises(RuleForbiddenError):
        session.query(sql)
    assert list(session.query("select count(*) from party")) == before


def test_a_step_of_a_rule_is_read_only_also_past_the_guard(session: InPlaceSession, system: str) -> None:
    reader = session._reader
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction), reader.savepoint(read_only=True):
        reader.connection.execute("""delete from public."单位" """)
    assert list(session.query("select count(*) from unit")) == [(2,)]


def test_queries_of_one_session_stop_at_the_limit_and_leave_each_other_alone(system: str) -> None:
    endless = "select count(*) from calendar a, calendar b, calendar c, calendar d where a.day + b.day * c.day = d.day"
    with in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        slow = ledger.session(seconds=0.3)
        outer = iter(slow.query("select unit_code from unit order by unit_code"))
        assert next(outer) == ("101",)
        with pytest.raises(RuleTimeoutError):
            slow.query(endless)
        with pytest.raises(RuleError):
            slow.query("select no_such_column from unit")
        assert list(outer) == [("102",)]
        slow.close()
        with pytest.raises(RuleError, match="closed"):
            slow.query("select 1")
        assert ledger.as_of is not None


def test_the_ledger_sees_one_state_of_the_database(system: str) -> None:
    with (
        in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger,
        psycopg.connect(system, autocommit=True) as clerk,
    ):
        clerk.execute("""insert into "单位" values ('103', '丙', '事业单位')""")
        try:
            assert len(rows_of(ledger, "unit")) == 2
        finally:
            clerk.execute("""delete from "单位" where "代码" = '103'""")


def test_a_ledger_that_was_closed_answers_no_more(system: str) -> None:
    with in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        session = ledger.session()
        rows = session.query("select unit_code from unit")
    assert list(rows) == [("101",), ("102",)]
    with pytest.raises(EngineError, match="was lost"):
        session.query("select 1")


def test_a_lost_connection_fails_every_later_query(system: str) -> None:
    with in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        found = ledger.session(seconds=20)
        with psycopg.connect(system, autocommit=True) as admin:
            admin.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'xjk'"
            )
        for _ in range(2):
            with pytest.raises(EngineError, match="was lost"):
                found.query("select 1")


def test_a_database_that_cannot_be_reached_is_told_without_the_password() -> None:
    with pytest.raises(EngineError) as caught:
        in_place("postgresql://auditor:s3cret@127.0.0.1:1/books", mapping=parse_mapping(MAPPING, "mapping"))
    assert "s3cret" not in caught.value.text("zh") + caught.value.text("en")
