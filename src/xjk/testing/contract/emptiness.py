"""RC06: books with nothing in them, or one row, give no error; empty ones give no hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk.errors import XjkError
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.testing.contract.books import Books, of_case
from xjk.testing.contract.subject import Breach, Subject


def nothing_in_nothing(subject: Subject) -> Iterator[Breach]:
    """RC06: run the rule on empty books and on every single row of its cases."""
    rule = subject.rule
    empty = {table: CaseTable(columns=columns, rows=()) for table, columns in read_columns(rule).items()}
    yield from _run(subject, empty, "empty books", may_hit=False)
    for name, books in _single_rows(subject, empty):
        yield from _run(subject, books, name, may_hit=True)


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


def _run(subject: Subject, books: Books, name: str, *, may_hit: bool) -> Iterator[Breach]:
    try:
        hits = subject.hits(books)
    except XjkError as error:
        yield Breach(Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}"), name)
        return
    if hits and not may_hit:
        yield Breach(
            Words(
                zh=f"空账套中出现 {len(hits)} 个疑点，如 {hits[0].subject}。",
                en=f"It finds {len(hits)} things where there is nothing, such as {hits[0].subject}.",
            ),
            name,
        )
