"""Python that never ends is stopped; what ends in time is not touched."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from xjk.errors import RuleTimeoutError
from xjk.runner.time_limit import within


def forever() -> None:
    while True:
        with suppress(Exception):
            pass


def test_an_endless_loop_is_stopped_even_if_it_suppresses_exceptions() -> None:
    began = time.monotonic()
    with pytest.raises(RuleTimeoutError, match=r"0\.2 seconds"):
        within(0.2, forever)
    assert time.monotonic() - began < 5


def test_results_and_errors_pass_through() -> None:
    assert within(5, lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_nothing_strikes_after_the_work_is_done() -> None:
    for _ in range(200):
        with suppress(RuleTimeoutError):
            within(0.001, lambda: sum(range(20_000)))
    time.sleep(0.05)
    assert sum(range(1000)) == 499_500


def test_it_works_outside_the_main_thread() -> None:
    caught: list[BaseException] = []

    def work() -> None:
        try:
            within(0.1, forever)
        except RuleTimeoutError as error:
            caught.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert len(caught) == 1


def test_a_traced_process_goes_on_after_a_limit_that_was_not_reached() -> None:
    program = (
        "import sys\n"
        "from xjk.runner.time_limit import within\n"
        "within(5, lambda: 1)\n"
        "sys.settrace(lambda frame, event, argument: None)\n"
        "print(sum(map(abs, range(3))))\n"
        "def f():\n    return 7\n"
        "print(f())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout.split() == ["3", "7"]
