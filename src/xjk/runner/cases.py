"""Run the cases of a rule on a real engine, through reading, validation, derivation and the rule itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from xjk.errors import XjkError
from xjk.hooks.catalogue import Catalogue
from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import Batch, RawTable
from xjk.models.finding import Hit
from xjk.models.money import money_text
from xjk.models.rule import Rule
from xjk.rules.case_tables import CaseTable
from xjk.rules.cases import Case, Expected, read_cases
from xjk.rules.params import Params, resolve
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


class OpenCase:
    """Be one case whose books are loaded: the rule, or a variant of it, can be asked again and again.

    Made by ``open_case``, which closes it.

    Attributes:
        case: The case.
        ledger: Its books.
    """

    def __init__(self, rule: Rule, case: Case, ledger: Ledger) -> None:
        self.case = case
        self.ledger = ledger
        self._rule = rule
        self._session = ledger.session(seconds=_LIMITS.seconds)

    def close(self) -> None:
        """Release the session."""
        self._session.close()

    def params(self, settings: Mapping[str, object] = MappingProxyType({})) -> Params:
        """Return the values the rule runs with: those of the case, then `settings` in their place."""
        return resolve(
            self._rule,
            as_of=self.ledger.as_of,
            settings={**self.case.params, **settings},
            standards=self.ledger.standards_in_force,
        )

    def hits(
        self, *, sql: str | None = None, settings: Mapping[str, object] = MappingProxyType({})
    ) -> tuple[Hit, ...]:
        """Return what the rule finds; `sql` stands in for its rule.sql, `settings` for values of parameters.

        Raises:
            XjkError: when the rule fails or a setting does not fit.
        """
        params = self.params(settings)
        return find_hits(self._rule, self._session, params, self.ledger.as_of, _LIMITS, sql)

    def differences(self) -> tuple[str, ...]:
        """Compare what the rule says with what the case expects; empty when the case holds."""
        refused = [problem.reason.en for problem in self.ledger.problems() if problem.severity == "error"]
        if refused:
            return tuple(f"the case's own data is refused: {reason}" for reason in refused)
        missing = missing_data(self._rule, self.ledger.supplied)
        if self.case.expect == "skipped":
            return () if missing else ("expected to be skipped, but nothing is missing",)
        if missing:
            return (f"skipped: {', '.join(missing)} not supplied",)
        try:
            return _compare(self.case.findings, self.hits())
        except XjkError as error:
            return (error.text("en"),)


@contextmanager
def open_case(
    rule: Rule, case: Case, packs: Catalogue | None = None, engine: str = "auto"
) -> Iterator[OpenCase]:
    """Load the books of a case and close them afterwards.

    Raises:
        XjkError: when the books cannot be loaded or the engine is not there.
    """
    tables = [raw_table(table, rows) for table, rows in case.tables.items()]
    with load(tables, engine=engine, packs=packs) as ledger:
        opened = OpenCase(rule, case, ledger)
        try:
            yield opened
        finally:
            opened.close()


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
    try:
        with open_case(rule, case, packs, engine) as opened:
            return opened.differences()
    except XjkError as error:
        return (error.text("en"),)


def raw_table(table: str, rows: CaseTable) -> RawTable:
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
