"""RC09: the rows of other units do not change what a rule says of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk.errors import XjkError
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.cases import Case
from xjk.testing.contract.books import Books, newest_day, of_case, of_joined_rows, of_rows
from xjk.testing.contract.checks.labels import KINDS
from xjk.testing.contract.checks.order import changed_subjects
from xjk.testing.contract.examples import broken_by
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.strategies import planted

_OF_NO_UNIT = ("invoice", "enterprise", "enterprise_person")
"""Tables that speak of third parties: their rows are no unit's, and those of the case stand for all."""


def looks_at_one_unit(rule: Rule) -> bool:
    """Tell whether a rule says that it compares nothing beyond one unit."""
    return rule.meta.scope in ("record", "unit")


def other_units(subject: Subject) -> Iterator[Breach]:
    """RC09: put the rows of other cases, and drawn ones, under other units before and behind those of each case.

    Names, accounts and numbers of the other cases stay what they were: units share sellers, people and accounts. The
    codes of the others sort before and behind its own.
    """
    cases = [case for case in subject.cases() if case.expect != "skipped"]
    for place, case in enumerate(cases):
        guests = [cases[(place + step) % len(cases)] for step in (0, 1)]
        told = _moved_by(subject, case, _between(of_case(case), guests))
        if told is not None:
            yield Breach(told, case.name)
    named = {case.name: case for case in cases}
    if any(case.findings for case in cases):
        told = broken_by(
            planted(subject.rule),
            lambda drawn: _moved_by(subject, named[drawn.case.name], of_case(drawn.case)),
            subject.examples,
        )
        if told is not None:
            yield Breach(told, f"planted({subject.rule.code})")


def _moved_by(subject: Subject, case: Case, crowded: Books) -> Words | None:
    """Say what of a case changes in books that hold other units' rows as well."""
    settings = dict(case.params)
    try:
        expected = subject.hits(of_case(case), settings)
        found = subject.hits(crowded, settings)
    except XjkError as error:
        return Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}")
    own = _units(of_case(case))
    changed = changed_subjects(expected, [hit for hit in found if hit.unit_code in own])
    if not changed:
        return None
    return Words(
        zh=f"{case.name}：加入其他单位的行后，本单位的结果改变：{'、'.join(changed)}；按单位分开比较，或改写 scope。",
        en=f"{case.name}: rows of other units change what is found here: {', '.join(changed)}; compare within a unit, or declare another scope.",
    )


def _units(books: Books) -> frozenset[str]:
    return frozenset(
        record["unit_code"] for rows in books.values() for record in rows.records() if "unit_code" in record
    )


def _between(books: Books, guests: list[Case]) -> Books:
    """Return the books with the guests' rows before and behind, under units and identifiers of their own."""
    before = of_joined_rows(books, _disguised(guests[0], "!", books), before=True)
    return of_joined_rows(before, _disguised(guests[1], "~", before))


def _disguised(guest: Case, mark: str, books: Books) -> Mapping[str, list[dict[str, str]]]:
    """Return the rows of a case as other units would have them.

    Rows that stand in the books already are left out, and so are rows of a later date, since the newest day of the
    data is what rules count from.
    """
    newest = newest_day(books) or 0
    rows: dict[str, list[dict[str, str]]] = {}
    for table, given in of_case(guest).items():
        if table in _OF_NO_UNIT:
            continue
        key = TABLES[table].key
        known = {tuple(record.get(column, "") for column in key) for record in _records(books, table)}
        for record in given.records():
            other = _of_another_unit(table, record, mark)
            identity = tuple(other.get(column, "") for column in key)
            is_later = (newest_day(of_rows({table: [other]})) or 0) > newest
            if not is_later and (identity not in known or not all(identity)):
                rows.setdefault(table, []).append(other)
    return rows


def _of_another_unit(table: str, record: Mapping[str, str], mark: str) -> dict[str, str]:
    other = {column: f"{mark}{text}" if column in KINDS and text else text for column, text in record.items()}
    if table == "unit":
        other |= {"name": f"邻区{mark}{record.get('name', '')}", "uscc": ""}
    return other


def _records(books: Books, table: str) -> list[dict[str, str]]:
    return books[table].records() if table in books else []
