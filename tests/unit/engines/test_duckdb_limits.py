"""Memory and disk that DuckDB may use: what does not fit is spilled, and what cannot be spilled is told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xjk import check, load
from xjk.cli.main import main
from xjk.errors import ConfigError, EngineError, RuleError
from xjk.ledger.ledger import Ledger

HEADER = "payment_id,unit_code,paid_on,amount,payee_name,purpose\n"
HUNGRY = "select a.payment_id, b.payment_id as other, count(*) as n from payment a, payment b group by a.payment_id, b.payment_id order by n, a.payment_id, other"


def write_payments(folder: Path, rows: int) -> Path:
    lines = (f"p{row},U1,2024-01-02,{row}.00,甲{row}号公司,{row * 7919:0150d}\n" for row in range(rows))
    (folder / "payment.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return folder


def small(folder: Path, rows: int, **options: str) -> Ledger:
    return load(write_payments(folder, rows), engine="duckdb", engine_options=options)


@pytest.mark.parametrize("option", ["memory_limit", "temp_limit"])
def test_a_limit_that_is_no_size_is_refused_by_name(tmp_path: Path, option: str) -> None:
    with pytest.raises(ConfigError, match=f'DuckDB does not take "plenty" as {option}'):
        small(tmp_path, 1, **{option: "plenty"})


def test_a_temporary_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No temporary folder can be made in /nowhere"):
        small(tmp_path, 1, temp_folder="/nowhere")


def test_books_larger_than_the_memory_are_read_and_queried_by_spilling(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    with small(tmp_path, 200_000, memory_limit="60MB", temp_folder=str(spill)) as ledger:
        session = ledger.session()
        ((rows, texts),) = session.query("select count(*), count(distinct purpose) from payment")
        session.close()
        assert (rows, texts) == (200_000, 200_000)
        assert list(spill.iterdir())
    assert not list(spill.iterdir())


def test_a_query_beyond_memory_and_disk_fails_alone_and_says_so(tmp_path: Path) -> None:
    with small(tmp_path, 3_000, memory_limit="80MB", temp_limit="1MB") as ledger:
        session = ledger.session(seconds=60)
        with pytest.raises(RuleError, match="needs more memory than it may use"):
            list(session.query(HUNGRY))
        assert list(session.query("select count(*) from payment")) == [(3_000,)]
        session.close()
        assert check(ledger, select=["EXA101"]).coverage.rules[0].status == "ran"


def test_a_disk_that_is_full_while_reading_stops_the_load(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="See whether"):
        small(tmp_path, 200_000, memory_limit="30MB", temp_limit="1MB")


def test_a_disk_that_is_full_while_reading_makes_the_exit_code_2_and_no_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_payments(tmp_path, 200_000)
    options = ["--engine-option", "memory_limit=30MB", "--engine-option", "temp_limit=1MB"]
    assert main(["check", str(tmp_path), "--engine", "duckdb", *options, "--quiet"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "XJK-E400" in told.err


@pytest.mark.parametrize("moment", [0.01, 0.05, 0.1, 0.3, 0.8])
def test_ctrl_c_while_duckdb_reads_a_file_leaves_nothing_behind(tmp_path: Path, moment: float) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    books = write_payments(tmp_path, 400_000)
    program = (
        "import duckdb; from xjk.engines.duckdb.store import DuckdbStore; from xjk import load\n"
        f"print('ready', flush=True); load({str(books)!r}, engine='duckdb', engine_options={{'temp_folder': {str(spill)!r}}})"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(moment)
        child.send_signal(signal.SIGINT)
        _, told = child.communicate(timeout=60)
    assert child.returncode == -signal.SIGINT, told.decode()[-500:]
    assert not list(spill.iterdir())
