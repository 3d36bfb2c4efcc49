"""RC15: the queries of a rule mean the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot.errors import ParseError

from xjk.errors import RuleFolderError
from xjk.models.words import Words
from xjk.rules.frontmatter import read_text
from xjk.rules.sql_text import check_portable
from xjk.testing.contract.checks.habits import habits
from xjk.testing.contract.queries import file_of, queries_of
from xjk.testing.contract.subject import Breach, Subject

DIALECTS = ("sqlite", "duckdb", "postgres", "spark")
"""Grammars that every query must be written in at once."""


def portable_queries(subject: Subject) -> Iterator[Breach]:
    """RC15: queries keep to the portable subset, parse in every dialect, and leave nothing to an engine's taste."""
    file = file_of(subject)
    try:
        queries = queries_of(subject)
    except RuleFolderError as error:
        for one in error.errors or (error,):
            yield Breach(Words(zh=f"{one.zh} {one.hint_zh}", en=f"{one.en} {one.hint_en}"), one.where)
        return
    for query in queries:
        start = _line_of(query, file)
        if subject.rule.kind == "python":
            for one in check_portable(query, file):
                yield Breach(Words(zh=f"{one.zh} {one.hint_zh}", en=f"{one.en} {one.hint_en}"), one.where)
        yield from _unparsed(query, f"{file}:{start}")
        for told in habits(query):
            yield Breach(told, f"{file}:{start}")


def _line_of(query: str, file: str) -> int:
    text = read_text(Path(file))
    place = text.find(query.strip())
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def _unparsed(query: str, where: str) -> Iterator[Breach]:
    """Yield the dialects that cannot read the query as it stands; engines get it unchanged."""
    for dialect in DIALECTS:
        try:
            sqlglot.parse_one(query, dialect=dialect)
        except ParseError as error:
            reason = error.errors[0]["description"] if error.errors else str(error)
            yield Breach(
                Words(zh=f"{dialect} 读不懂这条查询：{reason}", en=f"{dialect} cannot parse it: {reason}"),
                where,
            )
