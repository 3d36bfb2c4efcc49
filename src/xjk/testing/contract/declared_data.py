"""RC13: a rule says which data it needs, so that a report can say what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from xjk.errors import XjkError
from xjk.ledger.relations import physical_columns
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.runner.check import missing_data
from xjk.testing.contract.books import Books, of_case
from xjk.testing.contract.queries import file_of, own_columns, queries_of
from xjk.testing.contract.subject import Breach, Subject


def declared_data(subject: Subject) -> Iterator[Breach]:
    """RC13: every table and column read is declared; without required data it is skipped, without optional it runs."""
    yield from _undeclared(subject)
    yield from _not_skipped(subject)
    yield from _stopped_by_optional(subject)


def _undeclared(subject: Subject) -> Iterator[Breach]:
    meta = subject.rule.meta
    listed = {
        table: {*meta.requires.get(table, ()), *meta.optional.get(table, ())}
        for table in (*meta.requires, *meta.optional)
    }
    read = {column for query in queries_of(subject) for column in columns_read(query)}
    for table, column in sorted(read):
        if column not in listed.get(table, set()) | (own_columns(table) if table in listed else frozenset()):
            yield Breach(
                Words(
                    zh=f"查询读取 {table}.{column}，但 rule.md 的 requires 和 optional 都没有列出；缺这一列时没有人会知道。",
                    en=f"It reads {table}.{column}, which rule.md lists under neither requires nor optional; nobody would learn that it was missing.",
                ),
                file_of(subject),
            )


def columns_read(sql: str) -> Iterator[tuple[str, str]]:
    """Yield the columns of canonical tables that a query reads, as table and canonical column."""
    for scope in traverse_scope(sqlglot.parse_one(sql, dialect="sqlite")):
        for column in scope.columns:
            for table in _tables_of(column, scope):
                canonical = _canonical(table).get(column.name.lower())
                if canonical is not None:
                    yield table, canonical


def _tables_of(column: exp.Column, scope: Scope) -> Iterator[str]:
    """Yield the canonical tables a column can come from; a name without a table comes from any that has it."""
    sources = {
        name: source.name.lower()
        for name, source in scope.sources.items()
        if isinstance(source, exp.Table) and source.name.lower() in TABLES
    }
    if column.table:
        if column.table in sources:
            yield sources[column.table]
    else:
        yield from (table for table in sources.values() if column.name.lower() in _canonical(table))


@cache
def _canonical(table: str) -> Mapping[str, str]:
    """Return the canonical column behind each physical column of a table."""
    return {
        physical.name: name
        for name, kind in TABLES[table].columns().items()
        for physical in physical_columns(name, kind, nullable=True)
    }


def _not_skipped(subject: Subject) -> Iterator[Breach]:
    rule = subject.rule
    everything = {table: frozenset(TABLES[table].model_fields) for table in TABLES}
    for table, columns in rule.meta.requires.items():
        without = {name: fields for name, fields in everything.items() if name != table}
        lacking = [{**everything, table: everything[table] - {column}} for column in columns]
        if not all(missing_data(rule, supplied) for supplied in (without, *lacking)):
            yield Breach(
                Words(zh=f"缺 {table} 时规则没有被跳过。", en=f"It is not skipped when {table} is missing."),
                f"{rule.folder}/rule.md",
            )


def _stopped_by_optional(subject: Subject) -> Iterator[Breach]:
    for case in subject.cases():
        if not case.findings:
            continue
        for table, columns in subject.rule.meta.optional.items():
            books = of_case(case)
            for lacking, books_without in _without(books, table, columns, subject):
                try:
                    subject.hits(books_without, dict(case.params))
                except XjkError as error:
                    yield Breach(
                        Words(
                            zh=f"缺少可选的 {lacking} 时规则出错：{error.zh}",
                            en=f"It fails without the optional {lacking}: {error.en}",
                        ),
                        case.name,
                    )


def _without(
    books: Books, table: str, columns: tuple[str, ...], subject: Subject
) -> Iterator[tuple[str, Books]]:
    """Yield the books without an optional table, or without its optional columns when the table is required."""
    if table not in books:
        return
    if table not in subject.rule.meta.requires:
        yield table, {name: rows for name, rows in books.items() if name != table}
    kept = [place for place, column in enumerate(books[table].columns) if column not in columns]
    if len(kept) < len(books[table].columns):
        trimmed = CaseTable(
            columns=tuple(books[table].columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in books[table].rows),
        )
        yield f"{table} ({', '.join(columns)})", {**books, table: trimmed}
