"""RC14: a finding keeps its identity while the matter is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xjk.errors import XjkError
from xjk.models.finding import Hit, fingerprint
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.runner.cases import OpenCase
from xjk.testing.contract.books import Books, RowName, evidence_rows, of_case, row_names
from xjk.testing.contract.checks.parameters import ladder
from xjk.testing.contract.subject import Breach, Subject

_FACTOR = 3
"""What all money is multiplied with: thresholds stay passed, and no two amounts become equal."""


def stable_fingerprints(subject: Subject) -> Iterator[Breach]:
    """RC14: the same evidence keeps its fingerprint when amounts or parameters change, and no two findings share one."""
    with subject.open_cases() as opened:
        for case in opened:
            if not case.case.findings:
                continue
            try:
                yield from _changed(subject, case)
            except XjkError as error:
                yield Breach(
                    Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}"), case.case.name
                )


def _changed(subject: Subject, case: OpenCase) -> Iterator[Breach]:
    names = row_names(case.ledger, case.case.tables)
    found = _prints(subject, case.hits(), names)
    yield from _shared(found, case.case.name)
    for what, other in _variants(subject, case, names):
        if any(rows in other and other[rows] != known for rows, known in found.items()):
            yield Breach(
                Words(
                    zh=f"改变{what.zh}后，同一证据的疑点换了标识；subject 只写事情本身，不写金额、期限和参数。",
                    en=f"With {what.en} changed, the same evidence is another finding; keep amounts and parameters out of the subject.",
                ),
                case.case.name,
            )


Prints = Mapping[tuple[str, tuple[RowName, ...]], str]
"""Fingerprints of hits, by unit and rows of evidence."""


def _variants(
    subject: Subject, case: OpenCase, names: Mapping[tuple[str, str], RowName]
) -> Iterator[tuple[Words, Prints]]:
    """Yield what is found with all amounts multiplied, and with each parameter at other values."""
    with subject.load(_richer(of_case(case.case))) as ledger:
        hits = subject.hits_in(ledger, dict(case.case.params))
        yield Words(zh="金额", en="the amounts"), _prints(subject, hits, row_names(ledger, case.case.tables))
    shown = case.params().shown
    for name, param in subject.rule.meta.params.items():
        for text in ladder(param, shown[name]):
            yield (
                Words(zh=f"参数 {name} ", en=f"the parameter {name}"),
                _prints(subject, case.hits(settings={name: text}), names),
            )


def _prints(subject: Subject, hits: Iterable[Hit], names: Mapping[tuple[str, str], RowName]) -> Prints:
    """Return the fingerprint of each hit that alone rests on its rows."""
    found: dict[tuple[str, tuple[RowName, ...]], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.unit_code, evidence_rows(hit, names)), []).append(hit)
    return {
        rows: fingerprint(subject.rule.code, same[0].unit_code, same[0].subject)
        for rows, same in found.items()
        if len(same) == 1
    }


def _shared(found: Prints, case: str) -> Iterator[Breach]:
    if len(set(found.values())) < len(found):
        yield Breach(Words(zh="两个疑点的标识相同。", en="Two findings have one fingerprint."), case)


def _richer(books: Books) -> Books:
    return {table: _multiplied(table, rows) for table, rows in books.items()}


def _multiplied(table: str, rows: CaseTable) -> CaseTable:
    types = TABLES[table].columns()
    money = [types[column].name == "money" for column in rows.columns]
    return CaseTable(
        columns=rows.columns,
        rows=tuple(
            tuple(
                types[column].render(int(types[column].read(text)) * _FACTOR) if is_money and text else text
                for column, text, is_money in zip(rows.columns, row, money, strict=True)
            )
            for row in rows.rows
        ),
    )
