"""The server goes away: what was running failed, what came later too, and nothing passes for a whole result."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from tests.unit.engines.postgres_server import Server, running_server
from tests.unit.runner.books import packs, payment, payments, rule

from xjk import load
from xjk.cli.main import main
from xjk.errors import EngineError
from xjk.ledger.ledger import Ledger
from xjk.runner.check import check
from xjk.runner.config import Config, Limits

BOOKS = payments(payment("p1", "5000.00"), payment("p2", "1.00"))
CODES = ("ACM101", "ACM102", "ACM103")


def terminate(url: str, *, but: int = 0) -> None:
    """End every connection of xjk, but the one of a backend."""
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'xjk' and pid <> %s", [but]
        )  # fmt: skip


def loaded(url: str) -> Ledger:
    return load(BOOKS, engine="postgres", engine_options={"url": url})


def own_backend(ledger: Ledger) -> int:
    ((pid,),) = ledger._store._connection.execute("select pg_backend_pid()").fetchall()  # type: ignore[attr-defined]
    return int(pid)


def test_a_connection_lost_during_a_run_fails_the_rule_and_all_later_ones(
    pgserver: Server, tmp_path: Path
) -> None:
    known = packs(*(rule(tmp_path / code, code) for code in CODES))
    with loaded(pgserver.url) as ledger:
        whole = check(ledger, packs=known)
        assert [run.status for run in whole.coverage.rules] == ["ran"] * 3

        def cut(code: str, place: int, of: int) -> None:
            if place == 2:
                terminate(pgserver.url, but=own_backend(ledger))

        broken = check(ledger, packs=known, progress=cut)
    first, second, third = broken.coverage.rules
    assert (first.status, second.status, third.status) == ("ran", "failed", "failed")
    for run in (second, third):
        assert run.error is not None
        assert "连接已中断" in run.error.zh
        assert "was lost" in run.error.en
    assert broken.exit_code() == 3
    assert {finding.rule_id for finding in broken.findings} == {"ACM101"}


def test_a_ledger_whose_server_is_gone_gives_no_result_at_all(tmp_path: Path) -> None:
    known = packs(*(rule(tmp_path / code, code) for code in CODES))
    with running_server() as server:
        ledger = loaded(server.url)

        def cut(code: str, place: int, of: int) -> None:
            if place == 2:
                terminate(server.url)

        with pytest.raises(EngineError, match="was lost"):
            check(ledger, packs=known, progress=cut)
    ledger.close()


ENDLESS_QUERY = """
    list(ledger.query("select count(*) as n from payment a, payment b, payment c, payment d "
        "where (a.amount_fen * b.amount_fen + c.amount_fen * d.amount_fen) % 7919 = 3"))
"""
ENDLESS_PYTHON = """
    for row in ledger.query("select a.payment_id from payment a, payment b"):
        pass
    while True:
        pass
"""


def detect(body: str) -> str:
    """Return a rule.py."""
    head = "from collections.abc import Iterator\n\nfrom xjk import Hit, LedgerView, Params\n\n\n"
    return f"{head}def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:{body}    yield from ()\n"


def test_a_rule_in_python_that_is_stopped_leaves_the_later_ones_alone(
    pgserver: Server, tmp_path: Path
) -> None:
    known = packs(
        rule(tmp_path / "a", "ACM101", python=detect(ENDLESS_QUERY)), rule(tmp_path / "b", "ACM102"),
        rule(tmp_path / "c", "ACM103", python=detect(ENDLESS_PYTHON)), rule(tmp_path / "d", "ACM104"),
    )  # fmt: skip
    many = payments(*(payment(f"p{number}", f"{number}.00") for number in range(1, 2_000)))
    with load(many, engine="postgres", engine_options={"url": pgserver.url}) as ledger:
        for turn in range(4):
            config = Config(limits=Limits(seconds=0.3 + turn * 0.01))
            found = check(ledger, packs=known, config=config)
            assert [run.status for run in found.coverage.rules] == ["failed", "ran", "failed", "ran"]


def test_a_session_whose_connection_was_lost_says_so_each_time(pgserver: Server) -> None:
    with loaded(pgserver.url) as ledger:
        session = ledger.session(seconds=60)
        rows = session.query("select a.amount_fen from payment a")
        assert sorted(rows) == [(100,), (500_000,)]
        terminate(pgserver.url)
        for _ in range(2):
            with pytest.raises(EngineError, match="was lost"):
                session.query("select 1")


def test_the_schema_is_dropped_even_when_the_connection_was_lost(pgserver: Server) -> None:
    ledger = loaded(pgserver.url)
    schema = ledger._store._schema  # type: ignore[attr-defined]
    terminate(pgserver.url)
    ledger.close()
    with psycopg.connect(pgserver.url) as admin:
        assert admin.execute("select 1 from pg_namespace where nspname = %s", [schema]).fetchall() == []


def test_a_connection_lost_while_loading_is_an_engine_error(pgserver: Server) -> None:
    def cut(file: str, rows: int) -> None:
        terminate(pgserver.url)

    with pytest.raises(EngineError, match="was lost"):
        load(BOOKS, engine="postgres", engine_options={"url": pgserver.url}, progress=cut)


def test_the_command_line_says_what_it_could_not_reach(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unit.csv").write_text("unit_code,name,kind\nU1,甲,other\n", "utf-8")
    url = "postgresql://auditor:s3cret@127.0.0.1:1/books"
    assert main(["check", str(tmp_path), "--engine", "postgres", "--engine-option", f"url={url}"]) == 2
    told = capsys.readouterr()
    assert "无法连接 PostgreSQL" in told.err
    assert "s3cret" not in told.err + told.out
    assert told.out == ""
