"""RC13: a rule says which data it needs, so that a report can say what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from xjk.errors import XjkError
from xjk.ledger.relations import DERIVED, physical_columns
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.runner.check import missing_data
from xjk.testing.contract.books import Books, of_case
from xjk.testing.contract.queries import file_of, own_columns, queries_of
from xjk.testing.contract.subject import Breach, Subject


def declared_data(subject: Subject) -> Iterator[Breach]:
    """RC13: what is read is declared, and what is declared is read; a rule is skipped without required data only."""
    queries = queries_of(subject)
    yield from _undeclared(subject, queries)
    yield from _unread(subject, queries)
    yield from _not_skipped(subject)
    yield from _stopped_by_optional(subject)


def _undeclared(subject: Subject, queries: Sequence[str]) -> Iterator[Breach]:
    meta = subject.rule.meta
    listed = {
        table: {*meta.requires.get(table, ()), *meta.optional.get(table, ())}
        for table in (*meta.requires, *meta.optional)
    }
    for table in sorted({table for query in queries for table in tables_read(query)} - listed.keys()):
        yield Breach(
            Words(
                zh=f"查询读取表 {table}，但 rule.md 的 requires 和 optional 都没有列出；缺这张表时没有人会知道。",
                en=f"It reads the table {table}, which rule.md lists under neither requires nor optional; nobody would learn that it was missing.",
            ),
            file_of(subject),
        )
    for table, column in sorted({column for query in queries for column in columns_read(query)}):
        if table in listed and column not in listed[table] | own_columns(table):
            yield Breach(
                Words(
                    zh=f"查询读取 {table}.{column}，但 rule.md 的 requires 和 optional 都没有列出；缺这一列时没有人会知道。",
                    en=f"It reads {table}.{column}, which rule.md lists under neither requires nor optional; nobody would learn that it was missing.",
                ),
                file_of(subject),
            )


def _unread(subject: Subject, queries: Sequence[str]) -> Iterator[Breach]:
    """Report data that is asked for and never read; derived relations are made of tables the rule need not name."""
    meta = subject.rule.meta
    read = {f"{table}.{column}" for query in queries for table, column in columns_read(query)}
    tables = {table for query in queries for table in tables_read(query)}
    is_derived = any(_reads_derived(query) for query in queries)
    for declared in (meta.requires, meta.optional):
        unread = [table for table in declared if table not in tables and not is_derived]
        unread += [
            f"{table}.{column}"
            for table, columns in declared.items()
            for column in columns
            if table in tables and column not in own_columns(table) and f"{table}.{column}" not in read
        ]
        for name in unread:
            yield Breach(
                Words(
                    zh=f"rule.md 列出了 {name}，但没有查询读取它；请删去，否则缺它时规则会白白被跳过或被说成不完整。",
                    en=f"rule.md lists {name}, but no query reads it; take it out, or the rule is skipped or called poorer for nothing.",
                ),
                f"{subject.rule.folder}/rule.md",
            )


def _reads_derived(sql: str) -> bool:
    return any(
        isinstance(source, exp.Table) and source.name in DERIVED
        for scope in _scopes(sql)
        for source in scope.sources.values()
    )


def tables_read(sql: str) -> Iterator[str]:
    """Yield the canonical tables that a query reads, once for each place."""
    for scope in _scopes(sql):
        yield from _tables(scope).values()


def columns_read(sql: str) -> Iterator[tuple[str, str]]:
    """Yield the columns of canonical tables that a query reads, as table and canonical column."""
    for scope in _scopes(sql):
        for name, table in _named(scope):
            canonical = _canonical(table).get(name)
            if canonical is not None:
                yield table, canonical


def _scopes(sql: str) -> list[Scope]:
    """Return the SELECTs of a query with what each reads from; names are in lower case, as SQL reads them."""
    tree = sqlglot.parse_one(sql, dialect="sqlite")
    for name in tree.find_all(exp.Identifier):
        name.set("this", name.name.lower())
    return traverse_scope(tree)


def _tables(scope: Scope) -> dict[str, str]:
    """Return the canonical tables a SELECT reads, by the names it gives them."""
    return {
        name: source.name
        for name, source in scope.sources.items()
        if isinstance(source, exp.Table) and source.name in TABLES
    }


def _named(scope: Scope) -> Iterator[tuple[str, str]]:
    """Yield columns with each table they can come from; a name without a table comes from any that has it."""
    tables = _tables(scope)
    for column in scope.columns:
        if column.table:
            if column.table in tables:
                yield column.name, tables[column.table]
        else:
            yield from ((column.name, table) for table in tables.values())
    for join in scope.expression.args.get("joins") or ():
        for name in join.args.get("using") or ():
            yield from ((name.name, table) for table in tables.values())


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
