"""Several processes give the result of one, whatever happens to them."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from xjk import RunResult, check, load
from xjk.errors import DataError, InternalError, SourceError
from xjk.ledger import intake
from xjk.ledger.elsewhere import elsewhere

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"


def judged(data: Path, workers: int) -> RunResult:
    with load(data, engine="sqlite", workers=workers) as ledger:
        return check(ledger, workers=workers)


@pytest.fixture
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_LARGE_FILE", 0)


@pytest.mark.usefixtures("_every_file_is_large")
def test_two_processes_give_the_result_of_one() -> None:
    one = judged(DISTRICT, 1)
    assert one.findings
    assert judged(DISTRICT, 2) == one


@pytest.mark.usefixtures("_every_file_is_large")
def test_refused_rows_and_warnings_come_from_a_child_process_too(tmp_path: Path) -> None:
    rows = "".join(f"p{row},U1,2024-01-02,{'x' if row % 7 == 3 else row}.00,甲\n" for row in range(12_000))
    (tmp_path / "payment.csv").write_text(
        f"payment_id,unit_code,paid_on,amount,payee_name\n{rows}", encoding="utf-8"
    )
    found = []
    for workers in (1, 2):
        with load(tmp_path, engine="sqlite", workers=workers) as ledger:
            found.append((ledger.validation(), ledger.data_hash))
    assert found[0] == found[1]
    assert found[0][0].errors == 1_714


@pytest.mark.usefixtures("_every_file_is_large")
def test_a_file_that_breaks_off_in_a_child_process_is_told_as_elsewhere(tmp_path: Path) -> None:
    good = b"payment_id,unit_code,paid_on,amount,payee_name\n" + b"p1,U1,2024-01-02,1.00,x\n" * 30_000
    (tmp_path / "payment.csv").write_bytes(good + b"p2,U1,2024-01-02,1.00,\xff\xfe\xfa\n")
    for workers in (1, 2):
        with pytest.raises(DataError, match=r"payment\.csv"):
            load(tmp_path, engine="sqlite", workers=workers)
    assert not multiprocessing.active_children()


def test_an_error_of_the_work_is_raised_here() -> None:
    def work() -> Iterator[int]:
        yield 1
        raise SourceError(zh="坏", en="bad", where="x.csv")

    items = elsewhere(work)
    assert next(items) == 1
    with pytest.raises(SourceError, match="bad") as caught:
        next(items)
    assert caught.value.where == "x.csv"


def test_a_child_that_is_killed_is_told_with_its_exit_code() -> None:
    def work() -> Iterator[int]:
        yield 1
        os._exit(9)

    with pytest.raises(InternalError, match="exit code 9"):
        list(elsewhere(work))


def test_children_end_when_nobody_asks_for_more() -> None:
    def work() -> Iterator[int]:
        while True:
            yield os.getpid()
            time.sleep(0.01)

    items = elsewhere(work, work)
    seen = {next(items) for _ in range(20)}
    assert len(multiprocessing.active_children()) == 2
    items.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()
    assert seen
