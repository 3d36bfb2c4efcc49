"""RC08: a rule compares identifiers, it does not read them: other labels give the same findings.

Labels are chosen to catch keys glued together. ``a || ',' || b`` cannot tell ("1", "2,3") from ("1,2", "3"), so the
labels of some kinds of identifier are beginnings of a list of numbers, those of the others its endings. Every kind
comes before every other in one of the ways to part them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations, count, product

from xjk.errors import XjkError
from xjk.models.finding import Hit
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.rules.cases import Case
from xjk.testing.contract.books import Books, RowName, evidence_rows, of_case, row_names
from xjk.testing.contract.subject import Breach, Subject

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("unit_code", "parent_code", "declared_by"), "unit"),
    **dict.fromkeys(("project_code",), "project"),
    **dict.fromkeys(
        ("line_id", "txn_id", "payment_id", "fee_id", "receipt_id", "list_id", "travel_id"), "row"
    ),
    **dict.fromkeys(("contract_id", "event_id", "asset_id", "person_id", "permit_id", "lease_id"), "thing"),
    **dict.fromkeys(("donation_id", "disposal_id", "transfer_id", "remittance_id", "book_id"), "thing"),
    **dict.fromkeys(("problem_id", "tip_id", "report_id", "decision_no"), "paper"),
}
"""Columns whose values are labels and nothing more, and which kind of thing each names.

Account codes, classes, invoice numbers, credit codes, identity numbers, bank accounts and names carry meaning and are
left alone; so are voucher numbers, whose order rules may read.
"""

DELIMITERS = (",", "", "|", "-", "_", ":", ">", "'", "%", "/")
"""What labels are made with: signs that people join keys with, or nothing, and signs that SQL and patterns read."""


def relabelled(subject: Subject) -> Iterator[Breach]:
    """RC08: give every case other labels and compare units, amounts, days, numbers and evidence of the hits.

    The case with the most identifiers is given every kind of label, the others one each in turn.
    """
    cases = [case for case in subject.cases() if case.findings]
    cases.sort(key=lambda case: -sum(map(len, _values(of_case(case)).values())))
    for place, case in enumerate(cases):
        variants = list(product(DELIMITERS, sides(_values(of_case(case)))))
        chosen = variants if place == 0 else [variants[place % len(variants)]]
        told = _changed_by_labels(subject, case, chosen)
        if told is not None:
            yield Breach(told, case.name)
            return


def sides(kinds: Collection[str]) -> tuple[frozenset[str], ...]:
    """Return which kinds get beginnings as labels, in as few ways as let each kind come before each other once.

    Each kind begins in a set of ways that is of the same size as, and different from, that of every other.
    """
    for ways in count(1):
        chosen = list(combinations(range(ways), ways // 2))
        if len(chosen) >= len(kinds):
            begins = dict(zip(sorted(kinds), chosen, strict=False))
            return tuple(frozenset(kind for kind in begins if way in begins[kind]) for way in range(ways))
    raise AssertionError


def _changed_by_labels(
    subject: Subject, case: Case, variants: Iterable[tuple[str, frozenset[str]]]
) -> Words | None:
    books, settings = of_case(case), dict(case.params)
    try:
        expected = _traces(subject, books, settings, {})
        for delimiter, beginning in variants:
            other, units = _with_labels(books, delimiter, beginning)
            if _traces(subject, other, settings, units) != expected:
                return Words(
                    zh=f"编号换成含“{delimiter}”的标签后结果不同；不要把几列拼成一个键，也不要读编号的内容。",
                    en=f'Labels with "{delimiter}" change the findings; do not glue columns into one key, and do not read identifiers.',
                )
    except XjkError as error:
        return Words(zh=f"规则出错：{error.zh}", en=f"The rule failed: {error.en}")
    return None


Trace = tuple[str, int, int | None, int | None, tuple[RowName, ...], tuple[tuple[str, int], ...]]
"""What of a hit does not depend on labels: unit, amount, days, rows of evidence, numeric facts."""


def _traces(
    subject: Subject, books: Books, settings: Mapping[str, object], units: Mapping[str, str]
) -> list[Trace]:
    with subject.load(books) as ledger:
        names = row_names(ledger, books)
        return sorted((_trace(hit, names, units) for hit in subject.hits_in(ledger, settings)), key=repr)


def _trace(hit: Hit, names: Mapping[tuple[str, str], RowName], units: Mapping[str, str]) -> Trace:
    numbers = tuple(sorted((name, value) for name, value in hit.facts.items() if isinstance(value, int)))
    unit = units.get(hit.unit_code, hit.unit_code)
    return unit, hit.amount_fen, hit.from_day, hit.to_day, evidence_rows(hit, names), numbers


def _with_labels(
    books: Books, delimiter: str, beginning: Collection[str]
) -> tuple[dict[str, CaseTable], dict[str, str]]:
    """Return the books with other labels, and which unit each new code stands for.

    The order of labels is that of the values they replace, so that ties are settled as before.
    """
    labels = {
        kind: labels_of(sorted(known), delimiter, beginnings=kind in beginning)
        for kind, known in _values(books).items()
    }
    other = {table: _relabel(table, rows, labels) for table, rows in books.items()}
    return other, {label: value for value, label in labels.get("unit", {}).items()}


def _values(books: Books) -> dict[str, set[str]]:
    """Return the labels that stand in the books, by kind of thing."""
    values: dict[str, set[str]] = {}
    for rows in books.values():
        for record in rows.records():
            for column, text in record.items():
                if column in KINDS and text:
                    values.setdefault(KINDS[column], set()).add(text)
    return values


def labels_of(values: list[str], delimiter: str, *, beginnings: bool) -> dict[str, str]:
    """Return a label for each value, in the order of the values.

    The label of the first beginning and that of the first ending make the whole list of numbers, and so do those
    of the second, as far as there are as many values of either kind.
    """
    amount = len(values)
    width = max(2, len(str(amount + 1)))
    numbers = [f"{number:0{width}d}" for number in range(1, amount + 2)]
    if beginnings:
        made = [delimiter.join(numbers[: place + 1]) for place in range(amount)]
    else:
        made = [delimiter.join(numbers[place + 1 :]) for place in range(amount)]
    return dict(zip(values, made, strict=True))


def _relabel(table: str, rows: CaseTable, labels: Mapping[str, Mapping[str, str]]) -> CaseTable:
    known = TABLES[table].model_fields
    kinds = [labels.get(KINDS.get(column, ""), {}) if column in known else {} for column in rows.columns]
    return CaseTable(
        columns=rows.columns,
        rows=tuple(
            tuple(kind.get(text, text) for kind, text in zip(kinds, row, strict=True)) for row in rows.rows
        ),
    )
