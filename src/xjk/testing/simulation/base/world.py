"""The world under construction: tables, units, companies, people and vouchers, before numbering."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, NamedTuple

from xjk.testing.simulation.base.charts import BANK, CHARTS, EXPENSE, book_of
from xjk.testing.simulation.base.columns import COLUMNS
from xjk.testing.simulation.base.places import exchanges
from xjk.testing.simulation.base.workdays import in_year, is_workday, on_or_after

Row = dict[str, Any]
SCRIPT_YEAR = 2024


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
    def script(self) -> str:
        """Code in the script, which is the same in every block."""
        return self.code[-6:]

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
    """One block of a district: a cast of up to eighteen units, with all tables needed to make them agree.

    The script of a block is written once, with the unit codes, the names and the days of the example district
    (block 0 of the years 2024 and 2025). Other blocks and years play the same script: ask for a unit by its code
    in the script (``unit``, ``cast``), for a day by its day in the script (``day``), and pass fixed identifiers
    through ``tagged``, so that they stay unique over the whole district. Place names inside names and addresses
    (云汀, 澜川, 柳溪, 南桥) are exchanged for those of the block when it is written.
    """

    def __init__(
        self,
        seed: int,
        block: int = 0,
        first_year: int = SCRIPT_YEAR,
        years: int = 2,
        roles: Collection[str] | None = None,
    ) -> None:
        self.seed = seed
        self.block = block
        self.roles = roles
        self._exchanges = exchanges(block)
        self.years = tuple(range(first_year, first_year + years))
        self.months = tuple((year, month) for year in self.years for month in range(1, 13))
        self.first_day, self.last_day = date(first_year, 1, 1), date(self.years[-1], 12, 31)
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
        # Reproducible by design; nothing secret is drawn.
        return Random(f"{self.seed}:{self.block}:{subject}" if self.block else f"{self.seed}:{subject}")  # noqa: S311

    def code(self, script: str) -> str:
        """Give the code in this block of a unit of the script: ``202002`` is ``101202002`` in block 1."""
        return f"{100 + self.block}{script}" if self.block else script

    def unit(self, script: str) -> Unit:
        """Give the unit that plays a unit of the script, named by its code there; KeyError when it has no part."""
        return self.units[self.code(script)]

    def cast(self, *scripts: str) -> list[Unit]:
        """List those of the named units of the script that have a part in this block."""
        return [self.unit(script) for script in scripts if self.code(script) in self.units]

    def day(self, script_year: int, month: int, day: int) -> date:
        """Give the day that stands for a day of the script: its first year is 2024, its second 2025.

        A workday of the script stays a workday. The day may lie outside the years of the district; ask ``covers``.
        """
        wanted = date(script_year, month, day)
        moved = in_year(wanted, script_year + self.years[0] - SCRIPT_YEAR)
        return on_or_after(moved) if is_workday(wanted) else moved

    def has_role(self, script: str) -> bool:
        """Tell whether a unit of the script has a part in this block; a whole block has them all."""
        return self.roles is None or script in self.roles

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within the years the books are kept for."""
        return self.first_day <= day <= self.last_day

    def local(self, text: str) -> str:
        """Exchange the place names of the script for those of the block."""
        for script, own in self._exchanges:
            text = text.replace(script, own)
        return text

    def tagged(self, identifier: str) -> str:
        """Make an identifier that is fixed in the script unique to this block: ``CZ-1`` is ``CZ-1B01`` in block 1."""
        return f"{identifier}B{self.block:02d}" if self.block else identifier

    def add(self, table: str, **cells: Any) -> Row:
        """Add a row; cells starting with an underscore stay inside the simulator."""
        unknown = [name for name in cells if not name.startswith("_") and name not in COLUMNS[table]]
        if unknown:
            raise KeyError(f"{table}: {unknown}")
        self.tables[table].append(cells)
        return cells

    def next_id(self, prefix: str, width: int = 4) -> str:
        """Give the next identifier of a series, unique over the whole district."""
        return f"{self.tagged(prefix)}{self.next_series(prefix):0{width}d}"

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
