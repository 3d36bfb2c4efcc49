"""What ends the waiting for a query also ends the query."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from xjk.engines.apart import Apart
from xjk.errors import RuleTimeoutError


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as found:
        yield found


def test_what_is_returned_or_raised_comes_through(worker: ThreadPoolExecutor) -> None:
    apart = Apart(worker, 5, pytest.fail)
    assert apart(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 // 0)


def test_work_past_its_time_is_stopped_before_the_error_is_raised(worker: ThreadPoolExecutor) -> None:
    stopped = threading.Event()
    with pytest.raises(RuleTimeoutError):
        Apart(worker, 0.05, stopped.set)(stopped.wait)
    assert stopped.is_set()
    assert Apart(worker, 5, pytest.fail)(lambda: "next") == "next"


def test_the_time_is_that_of_all_acts_together(worker: ThreadPoolExecutor) -> None:
    stopped = threading.Event()
    apart = Apart(worker, 0.2, stopped.set)
    assert not apart(lambda: stopped.wait(0.15))
    with pytest.raises(RuleTimeoutError):
        apart(lambda: stopped.wait(0.15))


class StoppedError(BaseException):
    """What the limit of a rule.py raises, which is neither Ctrl-C nor an Exception."""


def test_anything_that_ends_the_waiting_ends_the_work(
    worker: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def give_up(*_: object) -> None:
        raise StoppedError

    monkeypatch.setattr("concurrent.futures.Future.result", give_up)
    with pytest.raises(StoppedError):
        Apart(worker, None, stopped.set)(stopped.wait)
    assert stopped.is_set()
