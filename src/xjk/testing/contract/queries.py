"""The queries of a rule: the text of rule.sql, or what a rule.py asks while it runs on the cases."""

from __future__ import annotations

from collections.abc import Mapping

from xjk.ledger.store import Rows, Session, Value
from xjk.models.tables import TABLES
from xjk.rules.sql_text import read_sql
from xjk.runner.cases import OpenCase
from xjk.runner.config import Limits
from xjk.runner.hits import find_hits
from xjk.testing.contract.subject import Subject


class _Listener:
    """Be a session that writes down what it is asked."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.asked: list[str] = []

    def query(self, sql: str, params: Mapping[str, Value] | None = None) -> Rows:
        """Pass a query on."""
        self.asked.append(sql)
        return self._session.query(sql, params)

    def close(self) -> None:
        """Release the session."""
        self._session.close()


def queries_of(subject: Subject) -> tuple[str, ...]:
    """Return the queries of a rule, each once, in the order they are asked.

    Raises:
        XjkError: when rule.sql is not of the portable subset, or rule.py fails.
    """
    if subject.rule.kind == "sql":
        return (read_sql(subject.rule),)
    asked: dict[str, None] = {}
    with subject.open_cases() as opened:
        for case in opened:
            asked.update(dict.fromkeys(_asked(subject, case)))
    return tuple(asked)


def _asked(subject: Subject, case: OpenCase) -> list[str]:
    listener = _Listener(case.ledger.session())
    try:
        find_hits(subject.rule, listener, case.params(), case.ledger.as_of, Limits())
    finally:
        listener.close()
    return listener.asked


def file_of(subject: Subject) -> str:
    """Return the file that holds the queries of a rule."""
    return f"{subject.rule.folder}/rule.{'sql' if subject.rule.kind == 'sql' else 'py'}"


def own_columns(table: str) -> frozenset[str]:
    """Return the columns that every row of a table has: those it requires, and those its key needs."""
    return frozenset(TABLES[table].required()) | frozenset(TABLES[table].key)
