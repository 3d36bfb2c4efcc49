"""RC06: books with nothing in them, or one row, give no error; empty ones give no hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk.errors import XjkError
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.testing.contract.books import Books, of_case, of_rows
from xjk.testing.contract.examples import broken_by
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.strategies import records


def nothing_in_nothing(subject: Subject) -> Iterator[Breach]:
    """RC06: run the rule on empty books, on every single row of its cases, and on single drawn rows."""
    rule = subject.rule
    empty = {table: CaseTable(columns=columns, rows=()) for table, columns in read_columns(rule).items()}
    told = _told(subject, empty, may_hit=False)
    if told is not None:
        yield Breach(told, "empty books")
    for name, books in _single_rows(subject, empty):
        told = _told(subject, books, may_hit=True)
        if told is not None:
            yield Breach(told, name)
    for table in rule.meta.requires:
        told = broken_by(
            records(table),
            lambda row, table=table: _told(subject, {**empty, **of_rows({table: [row]})}, may_hit=True),  # type: ignore[misc]
            max(1, subject.examples // len(rule.meta.requires)),
        )
        if told is not None:
            yield Breach(told, f"records({table!r})")


def read_columns(rule: Rule) -> Mapping[str, tuple[str, ...]]:
    """Return the tables a rule reads with the columns it lists and those no row of the table can lack."""
    listed: dict[str, list[str]] = {}
    for tables in (rule.meta.requires, rule.meta.optional):
        for table, columns in tables.items():
            listed.setdefault(table, [*TABLES[table].required(), *TABLES[table].key]).extend(columns)
    return {table: tuple(dict.fromkeys(sorted(columns))) for table, columns in listed.items()}


def _single_rows(subject: Subject, empty: Books) -> Iterator[tuple[str, Books]]:
    """Yield books that hold one row of a case, the first of each table in turn, and nothing else."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for case in subject.cases():
        for table, rows in of_case(case).items():
            if rows.rows and case.expect != "skipped" and (table, rows.columns) not in seen:
                seen.add((table, rows.columns))
                one = CaseTable(columns=rows.columns, rows=rows.rows[:1])
                yield f"{case.name}: one row of {table}", {**empty, table: one}
            if len(seen) >= subject.examples:
                return


def _told(subject: Subject, books: Books, *, may_hit: bool) -> Words | None:
    try:
        hits = subject.hits(books)
    except XjkError as error:
        return Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}")
    if hits and not may_hit:
        return Words(
            zh=f"空账套中出现 {len(hits)} 个疑点，如 {hits[0].subject}。",
            en=f"It finds {len(hits)} things where there is nothing, such as {hits[0].subject}.",
        )
    return None
