"""Stop Python code that never ends."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

from xjk.errors import RuleTimeoutError

_T = TypeVar("_T")


class _OutOfTimeError(BaseException):
    """Be raised inside the code that ran too long; not an Exception, so that it cannot be caught by accident."""


def within(seconds: float, act: Callable[[], _T]) -> _T:
    """Return what ``act`` returns, or stop it after some seconds.

    A timer raises an exception in this thread between two instructions of Python. Code that waits inside C, as in
    ``time.sleep``, is stopped when it comes back.

    Raises:
        RuleTimeoutError: when the time is over.
    """
    target = ctypes.c_ulong(threading.get_ident())
    lock, is_done, is_stopped = threading.Lock(), False, False

    def stop() -> None:
        nonlocal is_stopped
        with lock:
            if not is_done:
                is_stopped = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(target, ctypes.py_object(_OutOfTimeError))

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    try:
        timer.start()
        try:
            return act()
        finally:
            with lock:
                is_done = True
            timer.cancel()
            if (
                is_stopped
            ):  # it has not arrived yet; taking back what was never sent hangs a traced Python 3.11
                ctypes.pythonapi.PyThreadState_SetAsyncExc(target, None)
    except _OutOfTimeError:
        raise RuleTimeoutError(
            zh=f"规则运行超过 {seconds:g} 秒，已停止。",
            en=f"The rule ran longer than {seconds:g} seconds and was stopped.",
            hint_zh="请检查循环是否会结束，或调高 limits.seconds。",
            hint_en="See whether its loops end, or raise limits.seconds.",
        ) from None
