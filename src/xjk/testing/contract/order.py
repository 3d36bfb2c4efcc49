"""RC07: the order of rows does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xjk.errors import XjkError
from xjk.models.finding import Hit
from xjk.models.words import Words
from xjk.testing.contract.books import of_case, reversed_rows, shuffled
from xjk.testing.contract.subject import Breach, Subject


def any_order(subject: Subject) -> Iterator[Breach]:
    """RC07: run every case with its rows reversed, then shuffled, and compare whole hits."""
    for case in subject.cases():
        books = of_case(case)
        if case.expect == "skipped" or max(len(rows.rows) for rows in books.values()) < 2:
            continue
        settings = dict(case.params)
        try:
            expected = subject.hits(books, settings)
            for other in (reversed_rows(books), shuffled(books, subject.shuffler(f"order {case.name}"))):
                changed = changed_subjects(expected, subject.hits(other, settings))
                if changed:
                    yield Breach(
                        Words(
                            zh=f"行的次序改变后结果不同：{'、'.join(changed)}；按完整的键排序。",
                            en=f"Another order of rows changes {', '.join(changed)}; order by a full key.",
                        ),
                        case.name,
                    )
                    break
        except XjkError as error:
            yield Breach(Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}"), case.name)


def changed_subjects(before: Sequence[Hit], after: Sequence[Hit]) -> list[str]:
    """Return the subjects of hits that only one side has, or that differ in anything."""
    return sorted(
        {hit.subject for hit in before if hit not in after}
        | {hit.subject for hit in after if hit not in before}
    )
