"""Queries over one connection: several can be read at once, each within its time, and one that fails costs only itself.

Every query is a cursor on the server, and every step of it stands in a savepoint. So the rows of one can wait while
another runs, and a failure undoes one step instead of the transaction the others live in.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from math import ceil
from threading import RLock
from typing import TypeVar, cast

import psycopg

from xjk.engines.apart import Apart
from xjk.engines.faults import forbidden, out_of_time
from xjk.engines.postgres.connection import Connection, engine_errors, interrupted, lost, rule_error
from xjk.engines.postgres.guard import TYPES, is_harmless, native, refusal
from xjk.ledger.store import Row, Rows, Value

ROWS_AT_ONCE = 5_000
_SLACK = 0.1
_PATIENCE = 5.0
_T = TypeVar("_T")
_Batch = tuple[tuple[str, ...], list[Row]]
"""Columns, and some rows."""

_Act = Callable[[], _Batch]
_Step = Callable[[_Act], _Batch]
"""Acts within a step, so that a failure is undone and told as the caller wants it told."""


class Reader:
    """Ask queries over one connection and read what they answer.

    Attributes:
        connection: The connection, in a transaction that lasts as long as queries are read.
        schema: Where the relations of the ledger are.
    """

    def __init__(self, connection: Connection, schema: str) -> None:
        self.connection, self.schema = connection, schema
        self._numbers = count()
        self._transaction = 0
        self._lingers = False
        self._lock = RLock()
        self._worker = ThreadPoolExecutor(1, "xjk-postgres")
        self._read: deque[tuple[int, str]] = deque()

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Run a query of the library's own.

        Raises:
            EngineError: when PostgreSQL cannot, here or while the rows are read.
        """

        def step(act: _Act) -> _Batch:
            with engine_errors(self.connection), self.savepoint():
                return act()

        return self._opened(native(sql), dict(params or {}), step)

    def ask(self, sql: str, params: Mapping[str, Value], seconds: float | None, guard: Reader) -> Rows:
        """Run a query of a rule that ``guard``, which may create a view for the moment, finds harmless.

        Raises:
            RuleError: as ``xjk.ledger.store.Session.query`` says.
            EngineError: when the connection was lost.
        """
        deadline = None if seconds is None else time.monotonic() + seconds

        def step(act: _Act) -> _Batch:
            def within() -> _Batch:
                with self._rule_errors(seconds, deadline), self.savepoint(deadline, read_only=True):
                    return act()

            return self._apart(within)

        if what := guard.refusal(sql, params, seconds, deadline):
            raise forbidden(what)
        return self._opened(native(sql), dict(params), step)

    def refusal(
        self, sql: str, params: Mapping[str, Value], seconds: float | None, deadline: float | None
    ) -> str:
        """Name what a query does beyond reading the ledger; empty when it may run."""
        if is_harmless(sql, params):
            return ""

        def look() -> str:
            with self._rule_errors(seconds, deadline), self.savepoint(deadline, undo=True):
                return refusal(self.connection, self.schema, sql, params)

        return self._apart(look)

    def close(self) -> None:
        """Close the connection, once nothing is under way any more."""
        self._worker.shutdown()
        self.connection.close()

    def _apart(self, act: Callable[[], _T]) -> _T:
        """Act in a thread of its own while this one waits; what stops this one ends the query on the server too.

        PostgreSQL keeps the time itself.
        """
        if self.connection.closed:
            raise lost()
        return Apart(self._worker, None, self._cancel)(act)

    def _cancel(self) -> None:
        with suppress(psycopg.Error):
            self.connection.cancel_safe(timeout=_PATIENCE)

    @contextmanager
    def savepoint(
        self, deadline: float | None = None, *, first: str = "", read_only: bool = False, undo: bool = False
    ) -> Iterator[None]:
        """Do one step of a transaction, so that it is undone alone when it fails, or when ``undo`` says so.

        Args:
            deadline: When the server stops what is under way (``QueryCanceled``), on the clock of ``time.monotonic``.
            first: Statements of the library to begin with; they cost no round trip of their own.
            read_only: Whether the server refuses to write meanwhile.
            undo: Whether the step leaves nothing behind.
        """
        with self._lock:  # the steps of sessions in several threads stand one behind the other
            yield from self._step(deadline, first, read_only, undo)

    def _step(self, deadline: float | None, first: str, read_only: bool, undo: bool) -> Iterator[None]:
        if self.connection.closed:
            raise lost()
        begin = [*self._closing(), *(["RELEASE xjk"] if self._lingers else ()), "SAVEPOINT xjk"]
        if deadline is not None:
            left = max(ceil((deadline - time.monotonic()) * 1000), 1)
            begin.append(f"SET LOCAL statement_timeout = {left}")
        if read_only:
            begin.append("SET TRANSACTION READ ONLY")
        self._lingers = False
        try:
            self._execute("; ".join((*begin, first)))
            yield
            if undo:
                self._execute("ROLLBACK TO xjk; RELEASE xjk")
            elif deadline is not None or read_only:
                self._execute("SET LOCAL statement_timeout = 0; RELEASE xjk")
            else:
                self._lingers = True  # the next step releases it, which saves a round trip
        except BaseException:
            self._undo()
            raise

    def commit(self) -> None:
        """End the transaction, and with it every query that is still read."""
        self.connection.commit()
        self._transaction += 1
        self._lingers = False

    def _closing(self) -> list[str]:
        """Return the statements that close what was read; rows are given up at any time, even in a destructor."""
        done = [self._read.popleft() for _ in range(len(self._read))]
        return [f"CLOSE {name}" for transaction, name in done if transaction == self._transaction]

    def _undo(self) -> None:
        interrupted(self.connection)
        if not self.connection.closed:
            try:
                self._execute("ROLLBACK TO xjk; RELEASE xjk")
            except psycopg.Error:
                self.connection.close()

    def _execute(self, statements: str) -> None:
        self.connection.execute(statements.encode())

    def _opened(
        self,
        text: str,
        params: Mapping[str, Value],
        step: _Step,
    ) -> Rows:
        """Open a cursor and return its rows; each step is taken by ``step``."""
        name = f"xjk_{next(self._numbers)}"

        def declare() -> _Batch:
            with self.connection.cursor(binary=True) as cursor:  # as in the guard: one statement only
                cursor.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {text}".encode(), params)
            return self._fetched(name)

        columns, batch = step(declare)
        return Rows(columns, self._batches(name, batch, lambda: step(lambda: self._fetched(name))[1]))

    def _batches(self, name: str, batch: list[Row], fetch: Callable[[], list[Row]]) -> Iterator[Row]:
        opened = self._transaction, name
        try:
            yield from batch
            while len(batch) == ROWS_AT_ONCE:
                batch = fetch()
                yield from batch
        except GeneratorExit:
            self._read.append(opened)
            raise
        self._read.append(opened)

    def _fetched(self, name: str) -> _Batch:
        cursor = self.connection.execute(f"FETCH FORWARD {ROWS_AT_ONCE} FROM {name}".encode())
        described = cursor.description or ()
        for column in described:
            if column.type_code not in TYPES:
                raise psycopg.DataError(f"the column {column.name} is of type {column.type_display}")
        return tuple(column.name for column in described), cast("list[Row]", cursor.fetchall())

    @contextmanager
    def _rule_errors(self, seconds: float | None, deadline: float | None) -> Iterator[None]:
        """Turn what PostgreSQL says about the query of a rule into the errors of xjk."""
        if deadline is not None and time.monotonic() > deadline:
            raise out_of_time(seconds)
        try:
            yield
        except psycopg.errors.QueryCanceled as error:
            if deadline is not None and time.monotonic() + _SLACK > deadline:
                raise out_of_time(seconds) from None
            raise rule_error(error) from None
        except (psycopg.Error, UnicodeEncodeError, OverflowError) as error:
            raise (lost(error) if self.connection.closed else rule_error(error)) from None
