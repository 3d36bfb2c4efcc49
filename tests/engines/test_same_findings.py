"""Random small ledgers give the same findings on every engine: SQLite's, finding by finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from operator import attrgetter

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from tests.engines.stores import ENGINES

from xjk import check, load
from xjk.hooks.manager import catalogue
from xjk.ledger.raw import RawTable
from xjk.models.run import RunResult
from xjk.models.tables import TABLES
from xjk.rules.case_tables import CaseTable
from xjk.runner.cases import raw_table
from xjk.testing import strategies
from xjk.testing.strategies import Planted

PACKS = catalogue()
EXAMPLES: Mapping[str, int] = {"spark": 4}
"""Ledgers tried where nobody asks for another number with ``--xjk-examples``; an engine not named tries more."""

_MANY_EXAMPLES = 25
_FEWEST_RULES = 6
"""Fewest rules that must have found something in the course of one test."""

_MARKS = ("", "|", "'", '"x"', "\\", "%s", ":p", "--", "\u3000", "（甲）", "😀", "e\u0301")
"""What stands at the end of names: delimiters, quotes, binds, comments, letters of two code points."""

Books = Mapping[str, CaseTable]


def pile(cases: list[Planted]) -> dict[str, CaseTable]:
    """Return the rows of several cases as one ledger; keys that occur twice are quarantined alike everywhere."""
    books: dict[str, CaseTable] = {}
    for planted in cases:
        for table, rows in planted.case.tables.items():
            own = books.get(table, CaseTable(columns=(), rows=()))
            columns = tuple(dict.fromkeys((*own.columns, *rows.columns)))
            records = (*own.records(), *rows.records())
            cells = tuple(tuple(record.get(column, "") for column in columns) for record in records)
            books[table] = CaseTable(columns=columns, rows=cells)
    return books


def renamed(books: Books, marks: Mapping[str, str]) -> dict[str, CaseTable]:
    """Return the same rows with a mark at the end of some names, the same wherever a name stands."""
    return {
        table: CaseTable(
            columns=rows.columns,
            rows=tuple(
                tuple(
                    cell + marks.get(cell, "") if TABLES[table].columns()[column].name == "text" else cell
                    for column, cell in zip(rows.columns, row, strict=True)
                )
                for row in rows.rows
            ),
        )
        for table, rows in books.items()
    }


def names(books: Books) -> list[str]:
    """Return every text that stands in a column of names."""
    found = {
        cell
        for rows in books.values()
        for place, column in enumerate(rows.columns)
        if column.endswith("name")
        for cell in (row[place] for row in rows.rows)
        if cell
    }
    return sorted(found)


@st.composite
def small_books(draw: st.DrawFn) -> dict[str, CaseTable]:
    """Draw a ledger in which several rules have something to find, among rows of other units, with odd names."""
    rules = draw(st.lists(st.sampled_from(PACKS.rules), min_size=3, max_size=5, unique_by=attrgetter("code")))
    books = pile([draw(strategies.planted(rule, units=1, max_rows=2)) for rule in rules])
    odd = draw(st.dictionaries(st.sampled_from(names(books)), st.sampled_from(_MARKS), max_size=6))
    return renamed(books, odd)


def sources(books: Books) -> list[RawTable]:
    return [raw_table(table, rows) for table, rows in books.items()]


def judged(books: Books, engine: str) -> RunResult:
    with load(sources(books), engine=engine, packs=PACKS) as ledger:
        assert ledger.engine.startswith(engine)
        return check(ledger, preview=True, packs=PACKS)


def told(result: RunResult) -> dict[str, str]:
    """Return what each rule says, as JSON: whether it ran, and its findings."""
    return {
        run.rule_id: run.model_dump_json()
        + "\n".join(found.model_dump_json() for found in result.findings if found.rule_id == run.rule_id)
        for run in result.coverage.rules
    }


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_random_ledgers_give_the_findings_of_sqlite(
    engine: str, start: Callable[[str], None], xjk_examples: int | None
) -> None:
    start(engine)
    found: Counter[str] = Counter()
    examples = xjk_examples or EXAMPLES.get(engine, _MANY_EXAMPLES)

    @settings(
        max_examples=examples,
        phases=(
            Phase.generate,
        ),  # few rows as drawn; loading hundreds of smaller ledgers takes longer than reading
        suppress_health_check=list(HealthCheck),
    )
    @given(small_books())
    def same(books: Books) -> None:
        expected, result = judged(books, "sqlite"), judged(books, engine)
        rules = {finding.rule_id for finding in expected.findings}
        found.update(rules)
        event(f"{len(rules)} rules found something")
        here, there = told(result), told(expected)
        for rule, says in there.items():
            assert here[rule] == says, f"{rule} on {engine}"
        assert result.findings == expected.findings
        assert result.leads == expected.leads
        assert result.units == expected.units
        assert result.validation == expected.validation

    same()
    assert len(found) >= min(_FEWEST_RULES, 2 * examples), f"only {sorted(found)} found anything"
