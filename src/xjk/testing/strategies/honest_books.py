"""Books of one honest unit: every entry balances in both books, and the bank sees what account 1002 sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from xjk.models.columns import MONEY
from xjk.testing.strategies.books import Tables
from xjk.testing.strategies.rows import Row

BANK = "1002"
ACCOUNTS = {
    "1002": "银行存款",
    "1218": "其他应收款",
    "2103": "应缴财政款",
    "2201": "应付职工薪酬",
    "3001": "累计盈余",
    "4001": "财政拨款收入",
    "4603": "捐赠收入",
    "4604": "利息收入",
    "5001": "业务活动费用",
    "6001": "财政拨款预算收入",
    "6609": "其他预算收入",
    "720101": "事业支出-财政拨款支出",
    "8001": "资金结存",
    "8202": "非财政拨款结余",
}
"""Accounts of the government chart in force since 2019 that the books use."""


class Party(NamedTuple):
    """Be the other side of a payment."""

    name: str
    account_no: str


class Line(NamedTuple):
    """Be one line of a voucher: positive fen are debit, negative ones credit."""

    account: str
    fen: int
    party: Party | None = None


@dataclass
class UnitBooks:
    """Keep the books of one unit and its only bank account.

    Attributes:
        unit: Row of the unit.
        account_no: Its bank account.
        tables: Where rows go, shared with the other units.
        prepared_by: Who prepares vouchers.
        balances: Balance of every account in fen, debit positive.
    """

    unit: Row
    account_no: str
    tables: Tables
    prepared_by: str
    balances: Counter[str] = field(default_factory=Counter)
    _before: Counter[str] = field(default_factory=Counter)
    _debits: Counter[str] = field(default_factory=Counter)
    _credits: Counter[str] = field(default_factory=Counter)
    _vouchers: int = 0

    @property
    def code(self) -> str:
        """Return the code of the unit."""
        return self.unit["unit_code"]

    def add(self, table: str, **cells: str) -> None:
        """Add a row of the unit; empty cells are left out."""
        row = {"unit_code": self.code, **cells}
        self.tables.setdefault(table, []).append({column: text for column, text in row.items() if text})

    def open(self, year: int, fen: int, advanced: int) -> None:
        """Bring forward what lies in the bank and what was advanced, at the beginning of a year."""
        total = fen + advanced
        for account, amount in (
            (BANK, fen),
            ("1218", advanced),
            ("3001", -total),
            ("8001", fen),
            ("8202", -fen),
        ):
            self.balances[account] = amount
            amounts = {"opening": yuan(amount), "closing": yuan(amount)}
            self.add("account_balance", fiscal_year=str(year), period="0", account_code=account, **amounts)
        for account, name in ACCOUNTS.items():
            self.add("ledger_account", fiscal_year=str(year), account_code=account, account_name=name)
        self.add(
            "bank_account",
            account_no=self.account_no,
            bank_name="澜川农村商业银行云汀支行",
            holder_name=self.unit["name"],
            holder_kind="unit",
            kind="basic",
            registered="1",
            in_books="1",
            opened_on="2012-04-05",
            account_code=BANK,
            opening_balance=yuan(fen),
        )
        self._before = self.balances.copy()

    def post(self, day: date, summary: str, *lines: Line, econ_class: str = "") -> Row:
        """Post a voucher that balances in each book, and the bank's side of it; return what names it."""
        self._vouchers += 1
        voucher = {"voucher_no": f"记-{day.month:02d}-{self._vouchers:04d}", "voucher_date": day.isoformat()}
        for number, line in enumerate(lines, start=1):
            party = line.party or Party("", "")
            self.balances[line.account] += line.fen
            (self._debits if line.fen > 0 else self._credits)[line.account] += abs(line.fen)
            self.add(
                "voucher_line",
                line_id=f"{self.code}-{voucher['voucher_no']}-{number}",
                line_no=str(number),
                fiscal_year=str(day.year),
                book="budget" if line.account[0] in "678" else "financial",
                summary=summary,
                account_code=line.account,
                account_name=ACCOUNTS[line.account],
                counterparty_name=party.name,
                counterparty_account=party.account_no,
                settlement="transfer" if line.account == BANK else "",
                econ_class=econ_class if line.account in ("5001", "720101") else "",
                attachments="2",
                prepared_by=self.prepared_by,
                approved_by=self.unit["head_name"],
                **({"debit": yuan(line.fen)} if line.fen > 0 else {"credit": yuan(-line.fen)}),
                **voucher,
            )
            if line.account == BANK:
                self._bank(day, summary, line.fen, party)
        return voucher

    def _bank(self, day: date, memo: str, fen: int, party: Party) -> None:
        number = len(self.tables.get("bank_transaction", ())) + 1
        self.add(
            "bank_transaction",
            txn_id=f"T{number:06d}",
            account_no=self.account_no,
            booked_on=day.isoformat(),
            direction="in" if fen > 0 else "out",
            amount=yuan(abs(fen)),
            balance=yuan(self.balances[BANK]),
            counterparty_name=party.name,
            counterparty_account=party.account_no,
            memo=memo,
            channel="interest" if memo == "利息" else "transfer",
        )

    def close(self, year: int, month: int) -> None:
        """Write the turnover and balance of every account of one month."""
        for account in ACCOUNTS:
            self.add(
                "account_balance",
                fiscal_year=str(year),
                period=str(month),
                account_code=account,
                opening=yuan(self._before[account]),
                debit=yuan(self._debits[account]),
                credit=yuan(self._credits[account]),
                closing=yuan(self.balances[account]),
            )
        self._before = self.balances.copy()
        self._debits.clear()
        self._credits.clear()
        self._vouchers = 0


def yuan(fen: int) -> str:
    """Write an amount as a cell."""
    return MONEY.render(fen)
