"""Small books for the tests of the ledger: raw tables in, a ledger of the default engine out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from xjk.engines.sqlite import SqliteStore
from xjk.ledger.crosscheck import check_keys, check_rows
from xjk.ledger.intake import Intake, Progress
from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import Batch, RawTable
from xjk.ledger.relations import relations
from xjk.ledger.store import Value
from xjk.models.problem import Problem

PAYMENT = ("payment_id", "unit_code", "paid_on", "amount", "payee_name")
LINE = ("unit_code", "voucher_no", "line_no", "voucher_date", "account_code", "debit", "credit")
UNIT = ("unit_code", "name", "kind")
TRANSACTION = ("txn_id", "account_no", "unit_code", "booked_on", "direction", "amount", "balance")


def raw(
    table: str,
    columns: Sequence[str | None],
    *rows: Sequence[object],
    file: str = "",
    typed: bool = False,
    batch: int = 1000,
    constants: dict[str, str] | None = None,
) -> RawTable:
    """Return rows as a reader hands them over; row 1 is the header."""

    def batches() -> Iterator[Batch]:
        for first in range(0, len(rows), batch):
            some = rows[first : first + batch]
            yield Batch(some, range(first + 2, first + 2 + len(some)))

    return RawTable(
        table, file or f"{table}.csv", tuple(columns), batches, constants or {}, typed, furniture=1
    )


def payment(number: int, **cells: str) -> list[str]:
    """Return one good payment."""
    row = {
        "payment_id": f"p{number}",
        "unit_code": "U1",
        "paid_on": "2024-03-05",
        "amount": "10.00",
        "payee_name": "甲公司",
    }
    return list((row | cells).values())


def new_intake(progress: Progress | None = None) -> Intake:
    """Return an intake into an empty store."""
    store = SqliteStore()
    for relation in relations():
        store.create(relation)
    return Intake(store, progress)


@contextmanager
def ledger_of(*tables: RawTable) -> Iterator[Ledger]:
    """Take raw tables in, check them and yield the ledger."""
    intake = new_intake()
    try:
        for table in tables:
            intake.take(table)
        check_keys(intake)
        check_rows(intake, list(intake.supplied))
        intake.store.freeze()
        supplied = {table: frozenset(columns) for table, columns in intake.supplied.items()}
        yield Ledger(intake.store, supplied=supplied, counts=intake.counts, unreadable=intake.unreadable)
    finally:
        intake.store.close()


def select(ledger: Ledger, sql: str) -> list[tuple[Value, ...]]:
    """Return the rows of a query of the library's own, which may read what rules may not."""
    return list(ledger._store.query(sql))


def told(ledger: Ledger, code: str) -> list[Problem]:
    """Return the problems with one code."""
    return [problem for problem in ledger.problems() if problem.code == code]


def rows_told(ledger: Ledger, code: str) -> list[tuple[str | None, int | None, str | None]]:
    """Return where the problems with one code are."""
    return [(problem.file, problem.row, problem.column) for problem in told(ledger, code)]
