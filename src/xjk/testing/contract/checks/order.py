"""RC07: the order of rows does not matter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

from xjk.errors import XjkError
from xjk.models.finding import Hit
from xjk.models.words import Words
from xjk.rules.cases import Case
from xjk.testing.contract.books import Books, of_case, reversed_rows, shuffled
from xjk.testing.contract.examples import broken_by
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.strategies import planted


def any_order(subject: Subject) -> Iterator[Breach]:
    """RC07: reverse and shuffle the rows of every case, and of cases planted among other rows; compare whole hits."""
    for case in subject.cases():
        if case.expect != "skipped" and max(len(rows.rows) for rows in case.tables.values()) > 1:
            told = _moved_by_order(subject, case, (reversed_rows, _shuffled))
            if told is not None:
                yield Breach(told, case.name)
    if any(case.findings for case in subject.cases()):
        told = broken_by(
            planted(subject.rule),
            lambda drawn: _moved_by_order(subject, drawn.case, (_shuffled,)),
            subject.examples,
        )
        if told is not None:
            yield Breach(told, f"planted({subject.rule.code})")


def _shuffled(books: Books) -> Books:
    return shuffled(books, random.Random(0))  # noqa: S311 - an order, and the same in every run


def _moved_by_order(subject: Subject, case: Case, orders: Iterable[Callable[[Books], Books]]) -> Words | None:
    books, settings = of_case(case), dict(case.params)
    try:
        expected = subject.hits(books, settings)
        for reorder in orders:
            changed = changed_subjects(expected, subject.hits(reorder(books), settings))
            if changed:
                return Words(
                    zh=f"{case.name}：行的次序改变后结果不同：{'、'.join(changed)}；按完整的键排序。",
                    en=f"{case.name}: another order of rows changes {', '.join(changed)}; order by a full key.",
                )
    except XjkError as error:
        return Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}")
    return None


def changed_subjects(before: Sequence[Hit], after: Sequence[Hit]) -> list[str]:
    """Return the subjects of hits that only one side has, or that differ in anything."""
    return sorted(
        {hit.subject for hit in before if hit not in after}
        | {hit.subject for hit in after if hit not in before}
    )
