"""The world under construction: tables, units, companies, people and vouchers, before numbering."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, NamedTuple

from xjk.testing.simulation.base.charts import BANK, CHARTS, EXPENSE, book_of
from xjk.testing.simulation.base.columns import COLUMNS

Row = dict[str, Any]


class Party(NamedTuple):
    """Who is paid or pays: a name and, when known, an account."""

    name: str
    account: str = ""


@dataclass(slots=True)
class Company:
    """A market entity that trades with the district."""

    name: str
    uscc: str
    account: str
    trade: str
    invoicing: str
    drawer: str
    reviewer: str
    row: Row

    @property
    def party(self) -> Party:
        """Name and account to pay to."""
        return Party(self.name, self.account)


@dataclass(slots=True)
class Person:
    """A person on a unit's register."""

    row: Row
    salary: int
    until: date | None = None

    @property
    def name(self) -> str:
        """Name on the register."""
        return str(self.row["name"])

    @property
    def party(self) -> Party:
        """Name and salary card."""
        return Party(self.name, str(self.row["account_no"]))


@dataclass(slots=True)
class Unit:
    """A unit that keeps books."""

    code: str
    name: str
    kind: str
    system: str
    row: Row
    staff: list[Person] = field(default_factory=list)
    banks: dict[str, Row] = field(default_factory=dict)
    opening: dict[str, int] = field(default_factory=dict)
    accountant: str = ""
    finance_head: str = ""

    @property
    def expense(self) -> str:
        """Account of running expense."""
        return EXPENSE[self.system]

    @property
    def budget_expense(self) -> str:
        """First-level account of budget expenditure."""
        return "7101" if self.kind in ("administrative", "township", "subdistrict") else "7201"

    @property
    def party(self) -> Party:
        """Name and basic account."""
        return Party(self.name, str(self.banks["basic"]["account_no"]))


class Voucher:
    """One voucher: lines of both books, and the rows that will carry its number."""

    def __init__(self, unit: Unit, day: date, summary: str, attachments: int = 2) -> None:
        self.unit = unit
        self.day = day
        self.summary = summary
        self.attachments = attachments
        self.lines: list[Row] = []
        self.ties: list[Row] = []
        self.voided = False
        self.number = ""

    def debit(self, account: str, fen: int, party: Party | None = None, **cells: Any) -> Voucher:
        """Add a debit line; ``bank`` names the unit's bank account the money goes through."""
        return self._line(account, fen, 0, party, cells)

    def credit(self, account: str, fen: int, party: Party | None = None, **cells: Any) -> Voucher:
        """Add a credit line; ``bank`` names the unit's bank account the money goes through."""
        return self._line(account, 0, fen, party, cells)

    def _line(self, account: str, debit: int, credit: int, party: Party | None, cells: Row) -> Voucher:
        name = CHARTS[self.unit.system][account]
        line: Row = {
            "account_code": account,
            "account_name": name,
            "debit": debit,
            "credit": credit,
            "book": book_of(self.unit.system, account),
            "summary": cells.pop("summary", self.summary),
            "_bank": cells.pop("bank", ""),
            "_channel": cells.pop("channel", "transfer"),
        }
        if party is not None:
            line["counterparty_name"], line["counterparty_account"] = party
        line.update(cells)
        self.lines.append(line)
        return self

    def tie(self, row: Row) -> Voucher:
        """Give a row this voucher's number and date when numbers are made."""
        self.ties.append(row)
        return self


class World:
    """All tables, plus what is needed to make them agree."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.tables: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self.units: dict[str, Unit] = {}
        self.companies: dict[str, Company] = {}
        self.vouchers: list[Voucher] = []
        self.outside_bank: list[Row] = []
        self.truth: list[Row] = []
        self.busy: dict[str, set[date]] = {}
        self.counters: dict[str, int] = {}
        self.names = self.stream("names")
        self.taken: set[str] = set()
        self.phones: dict[str, str] = {}

    def stream(self, subject: str) -> Random:
        """Give a subject its own random stream, so that changing one leaves the others alone."""
        return Random(f"{self.seed}:{subject}")

    def add(self, table: str, **cells: Any) -> Row:
        """Add a row; cells starting with an underscore stay inside the generator."""
        unknown = [name for name in cells if not name.startswith("_") and name not in COLUMNS[table]]
        if unknown:
            raise KeyError(f"{table}: {unknown}")
        self.tables[table].append(cells)
        return cells

    def next_id(self, prefix: str, width: int = 4) -> str:
        """Give the next identifier of a series."""
        self.counters[prefix] = self.counters.get(prefix, 0) + 1
        return f"{prefix}{self.counters[prefix]:0{width}d}"

    def next_series(self, name: str) -> int:
        """Count the uses of a name."""
        self.counters[name] = self.counters.get(name, 0) + 1
        return self.counters[name]

    def voucher(self, unit: Unit, day: date, summary: str, attachments: int = 2) -> Voucher:
        """Open a voucher."""
        made = Voucher(unit, day, summary, attachments)
        self.vouchers.append(made)
        return made

    def bank_leaf(self, unit: Unit, bank: str) -> tuple[str, str]:
        """Give the ledger account and the account number of one of a unit's banks."""
        row = unit.banks[bank]
        return str(row["account_code"] or BANK[unit.system]), str(row["account_no"])

    def free(self, name: str, days: list[date]) -> bool:
        """Tell whether a person has nothing on those days yet."""
        return not self.busy.get(name, set()).intersection(days)

    def occupy(self, name: str, days: list[date]) -> None:
        """Note that a person is taken on those days."""
        self.busy.setdefault(name, set()).update(days)
