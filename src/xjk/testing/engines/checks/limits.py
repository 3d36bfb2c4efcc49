"""Time limits and Ctrl-C."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from xjk.errors import RuleTimeoutError
from xjk.ledger.store import Session
from xjk.testing.engines.books import Books, frozen_store, open_session
from xjk.testing.engines.check import MakeStore, promise
from xjk.testing.engines.comparison import expect, expect_error

_ROWS = 500
"""Enough for a query that outlasts every limit here; few enough that an engine which looks up only between the rows
of its outermost table does so every second or two."""

_BOOKS: Books = {"payment": [{"amount_fen": number} for number in range(_ROWS)], "unit": [{"unit_code": "U"}]}
_SECONDS = 1.0
_AT_ONCE = 10.0
"""Most seconds until a query that was stopped has stopped, on a machine that has other things to do."""

ENDLESS = (
    "select count(*) from payment a, payment b, payment c, payment d "
    "where (a.amount_fen * b.amount_fen + c.amount_fen * d.amount_fen) % 7919 = 3"
)
"""A query that takes a minute on the fastest engine; none can answer it from less than all combinations."""

_MANY_ROWS = "select a.amount_fen, b.amount_fen, c.amount_fen from payment a, payment b, payment c where a.amount_fen + b.amount_fen <> c.amount_fen"


def _stops(session: Session, sql: str) -> None:
    started = time.monotonic()
    error = expect_error(lambda: sum(1 for _ in session.query(sql)), sql, RuleTimeoutError)
    if f"{_SECONDS:g}" not in str(error):
        raise AssertionError(f"the message does not name the limit: {error} 消息没有写出时限")
    seconds = time.monotonic() - started
    if not _SECONDS * 0.9 <= seconds < _SECONDS + _AT_ONCE:
        raise AssertionError(f"stopped after {seconds:.1f} s, the limit is {_SECONDS} s 限时 {_SECONDS} 秒")
    _answers(session)


def _answers(session: Session) -> None:
    expect(session, "select unit_code from unit", [("U",)])


@promise("查询到时限即停，会话照常可用。")
def a_query_stops_at_its_limit_and_the_session_goes_on(make: MakeStore) -> None:
    """A query stops at its limit, the rule is told so, and the session goes on; each query has the whole limit."""
    with frozen_store(make, _BOOKS) as store, open_session(store, _SECONDS) as session:
        _answers(session)
        _stops(session, ENDLESS)
        _stops(session, ENDLESS)


@promise("读取结果所用的时间也计入时限。")
def the_limit_holds_while_rows_are_read(make: MakeStore) -> None:
    """The limit holds while rows are read, too."""
    with frozen_store(make, _BOOKS) as store, open_session(store, _SECONDS) as session:
        _answers(session)
        _stops(session, _MANY_ROWS)


@promise("没有时限的会话不会被停。")
def a_session_may_have_no_limit(make: MakeStore) -> None:
    """A session may have no limit, and one session's limit is not another's."""
    with (
        frozen_store(make, _BOOKS) as store,
        open_session(store, None) as free,
        open_session(store, _SECONDS) as limited,
    ):
        rows = iter(free.query("select amount_fen from payment order by amount_fen"))
        first = next(rows)
        _stops(limited, ENDLESS)
        if (first[0], sum(1 for _ in rows)) != (0, _ROWS - 1):
            raise AssertionError("rows were lost when another session was stopped 另一会话停止后丢行")
        _answers(free)


@promise("按 Ctrl-C，查询立即停止，会话和存储照常关闭。")
def ctrl_c_stops_a_query_at_once(make: MakeStore) -> None:
    """Ctrl-C inside a query is a KeyboardInterrupt at once; the session answers again and the store closes."""
    if sys.platform == "win32":
        pytest.skip("Windows 没有可发给自身线程的 SIGINT。Windows has no SIGINT for a thread of one's own.")
    for seconds in (None, 60.0):
        with frozen_store(make, _BOOKS) as store, open_session(store, seconds) as session:
            _answers(session)
            started = time.monotonic()
            with _ctrl_c_after(0.5):
                try:
                    found = list(session.query(ENDLESS))
                except KeyboardInterrupt:
                    pass
                else:
                    raise AssertionError(f"answered {found} 未被中断")
            if time.monotonic() - started > _AT_ONCE:
                raise AssertionError("it took longer than 10 s to stop 停止用了 10 秒以上")
            _answers(session)


@contextmanager
def _ctrl_c_after(seconds: float) -> Iterator[None]:
    """Send this process's main thread SIGINT after some seconds, as a terminal would; only within the block."""
    main = threading.main_thread().ident or 0
    timer = threading.Timer(seconds, signal.pthread_kill, (main, signal.SIGINT))
    before = signal.getsignal(signal.SIGINT)
    if before in (signal.SIG_IGN, signal.SIG_DFL, None):
        signal.signal(signal.SIGINT, signal.default_int_handler)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        signal.signal(signal.SIGINT, before)
