"""RC10: what a finding says can be looked up and added up by the person who reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xjk.models.finding import Hit
from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.rules.case_tables import CaseTable
from xjk.runner.cases import OpenCase
from xjk.runner.check import check
from xjk.testing.contract.books import Books, RowName, of_case, row_names
from xjk.testing.contract.subject import Breach, Subject


def evidence_exists(subject: Subject) -> Iterator[Breach]:
    """RC10: evidence names rows that are there, one of them the unit's, with the money at issue; the message is whole."""
    with subject.open_cases() as opened:
        for case in opened:
            hits = case.hits()
            names = row_names(case.ledger, case.case.tables)
            for hit in hits:
                yield from _unfounded(hit, names, of_case(case.case), case.case.name)
            if hits:
                yield from _unreported(subject, case)


def _unfounded(
    hit: Hit, names: Mapping[tuple[str, str], RowName], books: Books, case: str
) -> Iterator[Breach]:
    missing = [f"{item.table}:{item.key}" for item in hit.evidence if (item.table, item.key) not in names]
    if missing or not hit.evidence:
        told = "、".join(missing) or "（没有写）"
        yield Breach(
            Words(
                zh=f"疑点 {hit.subject} 的证据行不存在：{told}。",
                en=f"The evidence of {hit.subject} is not in the books: {told}.",
            ),
            case,
        )
        return
    rows = [
        _record(books[table], row) for table, row in (names[item.table, item.key] for item in hit.evidence)
    ]
    units = {row["unit_code"] for row in rows if row.get("unit_code")}
    if units and hit.unit_code not in units:
        yield Breach(
            Words(
                zh=f"疑点 {hit.subject} 记在单位 {hit.unit_code} 名下，但没有一行证据属于它。",
                en=f"{hit.subject} is held against unit {hit.unit_code}, but no row of its evidence is that unit's.",
            ),
            case,
        )
    money = sum(_money(item.table, row) for item, row in zip(hit.evidence, rows, strict=True))
    if abs(hit.amount_fen) > money:
        yield Breach(
            Words(
                zh=f"疑点 {hit.subject} 的金额 {hit.amount_fen} 分大于证据行中的全部金额 {money} 分。",
                en=f"The amount of {hit.subject}, {hit.amount_fen} fen, is more than all the money in its evidence, {money} fen.",
            ),
            case,
            about="amount",
        )
    if hit.from_day is not None and hit.to_day is not None and hit.from_day > hit.to_day:
        yield Breach(
            Words(zh=f"疑点 {hit.subject} 的起日晚于止日。", en=f"{hit.subject} ends before it begins."), case
        )


def _record(rows: CaseTable, name_row: int) -> dict[str, str]:
    return dict(zip(rows.columns, rows.rows[name_row], strict=True))


def _money(table: str, row: Mapping[str, str]) -> int:
    """Return all the money a row names, in fen, whatever its sign."""
    types = TABLES[table].columns()
    return sum(
        abs(int(types[column].read(text)))
        for column, text in row.items()
        if text and types[column].name == "money"
    )


def _unreported(subject: Subject, case: OpenCase) -> Iterator[Breach]:
    """Report the case as a user would get it; a message that names a fact the rule does not return fails here."""
    result = check(
        case.ledger,
        select=[subject.rule.code],
        packs=subject.packs,
        config=None,
        preview=True,
    )
    for run in result.coverage.rules:
        if run.error is not None:
            yield Breach(run.error, case.case.name)
