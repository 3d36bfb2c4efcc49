"""Run the cases of a rule on a real engine, through reading, validation, derivation and the rule itself."""

from __future__ import annotations

from dataclasses import dataclass

from xjk.errors import XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.ledger.raw import Batch, RawTable
from xjk.models.finding import Hit
from xjk.models.money import money_text
from xjk.models.rule import Rule
from xjk.rules.case_tables import CaseTable
from xjk.rules.cases import Case, Expected, read_cases
from xjk.rules.params import resolve
from xjk.runner.check import missing_data
from xjk.runner.config import Limits
from xjk.runner.hits import find_hits
from xjk.runner.load import load

_LIMITS = Limits(seconds=30, findings=1_000)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """Say what became of one case.

    Attributes:
        case: The case.
        differences: What was expected and not found, or found and not expected; empty when the case holds.
    """

    case: Case
    differences: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Tell whether the rule said exactly what the case expects."""
        return not self.differences


def run_cases(rule: Rule, packs: Catalogue | None = None, engine: str = "auto") -> tuple[CaseResult, ...]:
    """Run all cases of a rule.

    Args:
        rule: The rule.
        packs: Packs whose data folders count; what is installed when None.
        engine: Engine to run on.

    Raises:
        RuleFolderError: when cases.yaml is not valid. A case that cannot be run is a difference.
    """
    return tuple(CaseResult(case, _differences(rule, case, packs, engine)) for case in read_cases(rule).cases)


def _differences(rule: Rule, case: Case, packs: Catalogue | None, engine: str) -> tuple[str, ...]:
    tables = [_raw(table, rows) for table, rows in case.tables.items()]
    try:
        with load(tables, engine=engine, packs=packs) as ledger:
            refused = [problem.reason.en for problem in ledger.problems() if problem.severity == "error"]
            if refused:
                return tuple(f"the case's own data is refused: {reason}" for reason in refused)
            missing = missing_data(rule, ledger.supplied)
            if case.expect == "skipped":
                return () if missing else ("expected to be skipped, but nothing is missing",)
            if missing:
                return (f"skipped: {', '.join(missing)} not supplied",)
            params = resolve(
                rule, as_of=ledger.as_of, settings=case.params, standards=ledger.standards_in_force
            )
            session = ledger.session(seconds=_LIMITS.seconds)
            try:
                hits = find_hits(rule, session, params, ledger.as_of, _LIMITS)
            finally:
                session.close()
    except XjkError as error:
        return (error.text("en"),)
    return _compare(case.findings, hits)


def _raw(table: str, rows: CaseTable) -> RawTable:
    """Return a table of the case as a reader would: supplied even when it has no rows."""
    numbers = range(2, 2 + len(rows.rows))
    return RawTable(table, f"{table}.csv", rows.columns, lambda: iter([Batch(rows.rows, numbers)]))


def _compare(expected: tuple[Expected, ...], hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """Compare whole sets of findings: unit, subject, amount and evidence."""
    wanted = {_of_expected(item) for item in expected}
    found = {_of_hit(hit) for hit in hits}
    return tuple(
        [f"missing: {item}" for item in sorted(wanted - found)]
        + [f"unexpected: {item}" for item in sorted(found - wanted)]
    )


def _of_expected(item: Expected) -> str:
    rows = sorted({f"{row.table}:{row.key}" for row in item.evidence})
    return _line(item.unit_code, item.subject, item.amount_fen, rows)


def _of_hit(hit: Hit) -> str:
    rows = sorted({f"{row.table}:{row.key}" for row in hit.evidence})
    return _line(hit.unit_code, hit.subject, hit.amount_fen, rows)


def _line(unit: str, subject: str, amount_fen: int, rows: list[str]) -> str:
    return f"{unit} | {subject} | {money_text(amount_fen)} | {', '.join(rows)}"
