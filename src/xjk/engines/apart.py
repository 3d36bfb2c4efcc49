"""Work for a query in a thread of its own, so that whatever stops the waiting thread also ends the work."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from xjk.engines.faults import out_of_time

_BETWEEN_STOPS = 0.05
_T = TypeVar("_T")


class Apart:
    """Act in another thread, in all no longer than a query may take, while this one waits.

    Inside a call of a database Python can handle neither a signal nor a deadline. Here it waits outside, and when the
    deadline, Ctrl-C or anything else ends the waiting, the work is stopped before this returns, so that the next query
    finds the connection in order.
    """

    def __init__(self, worker: ThreadPoolExecutor, seconds: float | None, stop: Callable[[], object]) -> None:
        """Begin the time of a query.

        Args:
            worker: The thread that works.
            seconds: Most time for all acts together; None for no limit.
            stop: Asks the database to stop what is under way. It is asked again and again, as databases forget what
                they are told before or between two pieces of work.
        """
        self._worker, self._seconds, self._stop = worker, seconds, stop
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def __call__(self, act: Callable[[], _T]) -> _T:
        """Return what ``act`` returns, and raise what it raises.

        Raises:
            RuleTimeoutError: when the time is over.
        """
        left = None if self._deadline is None else max(self._deadline - time.monotonic(), 0)
        future = self._worker.submit(act)
        try:
            return future.result(left)
        except TimeoutError as error:
            raise out_of_time(self._seconds) from error
        finally:
            while not future.done():
                self._stop()
                wait([future], _BETWEEN_STOPS)
