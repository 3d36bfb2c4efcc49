"""Running sums of the books: turnover by account and month, by party and month, and moves at the bank."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from xjk.testing.simulation.base.charts import PARTY_ACCOUNTS
from xjk.testing.simulation.base.text import cell, yuan
from xjk.testing.simulation.base.world import Row, Unit, Voucher, World


class Move(NamedTuple):
    """One line of a bank statement, but for its number and the balance after it."""

    day: str
    out: bool
    fen: int
    head: str
    tail: str
    row: Row | None = None


Key = tuple[str, str]
"""Account and party; the party is empty where an account is summed as a whole."""


class Turnover:
    """Debits and credits of a unit, month by month."""

    def __init__(self, years: tuple[int, ...]) -> None:
        self._first = years[0]
        self._size = 24 * len(years)
        self._months: dict[Key, list[int]] = {}
        self._posted: dict[int, set[Key]] = {year: set() for year in years}

    def add(self, key: Key, year: int, month: int, debit: int, credit: int) -> None:
        """Add to the turnover of a month, in fen."""
        months = self._months.get(key)
        if months is None:
            months = self._months[key] = [0] * self._size
        place = (year - self._first) * 24 + month * 2 - 2
        months[place] += debit
        months[place + 1] += credit
        self._posted[year].add(key)

    def posted(self, year: int) -> set[Key]:
        """List the keys something was posted under in a year."""
        return self._posted[year]

    def year(self, key: Key, year: int) -> list[int]:
        """Give debit and credit of each month of a year, one after the other."""
        months = self._months.get(key)
        place = (year - self._first) * 24
        return [0] * 24 if months is None else months[place : place + 24]

    def net(self, key: Key, year: int) -> int:
        """Give debits less credits of a year."""
        months = self.year(key, year)
        return sum(months[::2]) - sum(months[1::2])


class Sums:
    """Everything that is summed up while vouchers are written, per unit and per bank account.

    ``payments`` and ``remitted`` are sums of the everyday business, by unit, year and budget or fee item.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.accounts = {code: Turnover(world.years) for code in world.units}
        self.parties = {code: Turnover(world.years) for code in world.units}
        self.moves: dict[str, list[Move]] = {str(a["account_no"]): [] for a in world.tables["bank_account"]}
        self.payments: dict[tuple[str, int, str], int] = {}
        self.remitted: dict[tuple[str, int, str], int] = {}

    def book(self, vouchers: Iterable[Voucher]) -> None:
        """Sum up vouchers and note what they move at the bank; spoilt ones count for nothing."""
        for voucher in vouchers:
            if voucher.voided:
                continue
            unit, day = voucher.unit, voucher.day
            accounts, parties = self.accounts[unit.code], self.parties[unit.code]
            for line in voucher.lines:
                account = line["account_code"]
                accounts.add((account, ""), day.year, day.month, line["debit"], line["credit"])
                if account in PARTY_ACCOUNTS:
                    key = (account, str(line["counterparty_name"]))
                    parties.add(key, day.year, day.month, line["debit"], line["credit"])
                if line["_bank"]:
                    self.moves[line["_bank"]].append(_booked_move(self._world, unit, day, line))

    def take_outside(self) -> None:
        """Note the movements on accounts no book carries."""
        for row in self._world.outside_bank:
            fen = row["amount"] if row["direction"] == "in" else -row["amount"]
            move = _move(
                self._world, row["account_no"], row["unit_code"], row["booked_on"], fen, row, row["memo"]
            )
            self.moves[row["account_no"]].append(move._replace(row=row))


def _booked_move(world: World, unit: Unit, day: date, line: Row) -> Move:
    channel = "interest" if line["summary"] == "存款利息" else line["_channel"]
    row = {**line, "channel": channel}
    return _move(world, line["_bank"], unit.code, day, line["debit"] - line["credit"], row, line["summary"])


def _move(world: World, account: str, unit: str, day: date, fen: int, row: Row, memo: str) -> Move:
    written = day.isoformat()
    head = f",{account},{unit},{written},{'out' if fen < 0 else 'in'},{yuan(abs(fen))},"
    words = (row.get("counterparty_name", ""), row.get("counterparty_account", ""), memo, row["channel"])
    return Move(written, fen < 0, fen, head, world.local(",".join(map(cell, words))) + "\n")
