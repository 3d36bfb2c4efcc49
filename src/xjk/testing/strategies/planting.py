"""A case that must flag, planted among rows of other units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xjk.ledger.raw import RawTable
from xjk.models.finding import Hit
from xjk.models.rule import Rule
from xjk.models.tables import TABLES
from xjk.rules.case_tables import CaseTable
from xjk.rules.cases import Case, Expected, read_cases
from xjk.runner.cases import raw_table
from xjk.testing.strategies.arguments import check_whole, refused
from xjk.testing.strategies.books import Tables, filled
from xjk.testing.strategies.pools import Pools, apart_from

_PLAIN_AMOUNTS = ("0.01", "1000.00", "98765.43")


@dataclass(frozen=True, slots=True)
class Planted:
    """Be a case of a rule among rows of other units, which share no name, code or identifier with it.

    Attributes:
        case: The case with the other rows in its tables; ``xjk.runner.cases.open_case`` takes it.
        own_rows: Rows of the case itself, by table, as they stood before.
    """

    case: Case
    own_rows: Mapping[str, CaseTable]

    @property
    def tables(self) -> Tables:
        """Return the rows by table."""
        return {table: rows.records() for table, rows in self.case.tables.items()}

    @property
    def sources(self) -> tuple[RawTable, ...]:
        """Return the tables as ``xjk.load`` takes them, those without rows included."""
        return tuple(raw_table(table, rows) for table, rows in self.case.tables.items())

    @property
    def params(self) -> Mapping[str, str]:
        """Return the parameters of the case that differ from their defaults."""
        return self.case.params

    @property
    def expected(self) -> tuple[Expected, ...]:
        """Return the findings that the case expects."""
        return self.case.findings

    def missing(self, hits: Iterable[Hit]) -> tuple[Expected, ...]:
        """Return the expected findings that are not among the hits: same unit, subject, amount and evidence."""
        found = {
            (
                hit.unit_code,
                hit.subject,
                hit.amount_fen,
                frozenset((key.table, key.key) for key in hit.evidence),
            )
            for hit in hits
        }
        return tuple(
            each
            for each in self.expected
            if (
                each.unit_code,
                each.subject,
                each.amount_fen,
                frozenset((row.table, row.key) for row in each.evidence),
            )
            not in found
        )


def planted(rule: Rule, *, units: int = 2, max_rows: int = 4) -> SearchStrategy[Planted]:
    """Return ledgers in which a case that must flag stands among rows of other units.

    The other rows fill the columns that the case fills. Their codes sort before and after those of the case, their
    amounts and days are those of the case, so that nothing but the unit tells them apart, and they move neither the
    newest day of the data nor what was supplied. They may be found as well.

    Args:
        rule: The rule.
        units: How many other units there are, 1 to 100.
        max_rows: Most rows that are added to a table, 1 to 100.

    Raises:
        UserError: at once, when no case of the rule must flag, or for a number out of range.
        RuleFolderError: when its cases.yaml is not valid.
    """
    many = check_whole("planted", "units", units, 1, 100)
    most = check_whole("planted", "max_rows", max_rows, 1, 100)
    cases = [case for case in read_cases(rule).of("must_flag") if case.findings]
    if not cases:
        raise refused(
            f"planted({rule.code})",
            "这条规则没有必须报出的案例。",
            "No case of the rule must flag anything.",
            f"在 {rule.folder}/cases.yaml 的 must_flag 下写一个带 findings 的案例。",
            f"Write a case with findings under must_flag in {rule.folder}/cases.yaml.",
        )
    return st.sampled_from(cases).flatmap(lambda case: _among_others(case, _others(case, many), most))


def _others(case: Case, units: int) -> Pools:
    """Return the values of rows that have nothing to do with a case but its amounts and days."""
    taken: set[str] = set()
    days: dict[str, tuple[str, ...]] = {}
    amounts: dict[str, None] = dict.fromkeys(_PLAIN_AMOUNTS)
    for table, rows in case.tables.items():
        types = TABLES[table].columns()
        for place, column in enumerate(rows.columns):
            cells = [row[place] for row in rows.rows if row[place]]
            taken.update(cells)
            kind = types[column]
            written = (kind.render(kind.read(cell)) for cell in cells)
            if kind.name == "date":
                days[f"{table}.{column}"] = tuple(dict.fromkeys(written))
            elif kind.name == "money":
                amounts |= dict.fromkeys(written)
    return apart_from(frozenset(taken), units=units, days=days, amounts=tuple(amounts))


@st.composite
def _among_others(draw: DrawFn, case: Case, pools: Pools, max_rows: int) -> Planted:
    """Return a case with other rows before, between and behind its own."""
    populated = [table for table in TABLES if table in case.tables and case.tables[table].rows]
    others = draw(filled(populated, pools, max_rows))
    tables = dict(case.tables)
    for table in populated:
        own = case.tables[table]
        rows = list(own.rows)
        for other in others[table]:
            cells = tuple(other.get(column, "") for column in own.columns)
            rows.insert(draw(st.integers(0, len(rows))), cells)
        tables[table] = CaseTable(columns=own.columns, rows=tuple(rows))
    return Planted(case.model_copy(update={"tables": tables}), case.tables)
