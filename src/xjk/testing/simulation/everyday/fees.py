"""Everyday fees: receipts in booked ranges, collected on the fee account and remitted to the treasury."""

from __future__ import annotations

from dataclasses import dataclass, field

from xjk.testing.simulation.base.charts import CHARTS
from xjk.testing.simulation.base.identifiers import area
from xjk.testing.simulation.base.output import Output
from xjk.testing.simulation.base.posting import TREASURY
from xjk.testing.simulation.base.sums import Move, Sums
from xjk.testing.simulation.base.text import cell
from xjk.testing.simulation.base.world import Row
from xjk.testing.simulation.everyday.desk import Desk, Workday

_KIND = "非税收入统一票据(电子)"
_BOOK = 1000  # receipts in a book
_DAYS_HELD = 3  # workdays until the money goes to the treasury
DUE = "2103"


@dataclass(slots=True)
class Counter:
    """Where a unit collects a fee: its receipts, and what is still to be remitted."""

    desk: Desk
    fee: Row
    payers: tuple[str, ...]
    first_number: int
    account: str = ""
    leaf: str = ""
    number: int = 0
    last_number: int = 0
    owed: int = 0
    collected: int = 0
    remitted: int = 0
    since: int = 0
    moves: list[Move] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    remittances: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look up the account fees are collected on."""
        bank = self.desk.unit.banks["fees"]
        self.account, self.leaf = str(bank["account_no"]), str(bank["account_code"])
        self.number = self.last_number = self.first_number - 1

    def collect(self, place: int, days: list[Workday], year: int) -> None:
        """Issue the day's receipts and book them as owed to the treasury."""
        desk, rng, iso = self.desk, self.desk.rng, days[place].iso
        unit, no, prefix = desk.unit.code, desk.number, area(desk.world.block) + "02"
        rate = int(self.fee["rate_max"])
        total, heads = 0, 2 + rng.randrange(4)
        for _ in range(heads):
            self._next_number(place, days)
            quantity = 1 + rng.randrange(8)
            payer = self.payers[rng.randrange(len(self.payers))]
            void = rng.random() < 0.01
            total += 0 if void else quantity * rate
            fen = quantity * rate
            self.receipts.append(
                f"{prefix}-{self.number},{unit},{_KIND},{prefix},{self.number},{iso},{payer},"
                f"{self.fee['item_code']},{self.fee['item_name']},{quantity},{fen // 100}.{fen % 100:02d},"
                f"{'void' if void else 'issued'},1,{self.account},{'' if void else no}\n",
            )
        if not total:
            return
        self._voucher(iso, year, f"收{self.fee['item_name']}", "缴费人(见票据清单),", total, into=True)
        self.owed += total
        self.collected += total
        self.since = self.since or place + 1

    def due(self, place: int, days: list[Workday]) -> bool:
        """Tell whether money has been held for three workdays, or the year ends."""
        return bool(self.owed) and (place + 1 - self.since >= _DAYS_HELD or place == len(days) - 1)

    def remit(self, place: int, days: list[Workday], year: int) -> None:
        """Pay into the treasury what was collected."""
        desk, iso, fen = self.desk, days[place].iso, self.owed
        party = desk.world.local(f"{cell(TREASURY.name)},{TREASURY.account}")
        self._voucher(iso, year, f"缴库{self.fee['item_name']}", party, fen, into=False)
        code = desk.unit.code
        self.remittances.append(
            f"JK{code}-{desk.number},{code},{iso},{self.fee['item_code']},{fen // 100}.{fen % 100:02d}\n",
        )
        self.remitted += fen
        self.owed = self.since = 0

    def _next_number(self, place: int, days: list[Workday]) -> None:
        """Take the next number, from a new book when the last is used up."""
        if self.number == self.last_number:
            code, prefix = self.desk.unit.code, area(self.desk.world.block) + "02"
            first, self.last_number = self.last_number + 1, self.last_number + _BOOK
            self.books.append(
                f"PJ{code}-{first},{code},{_KIND},{prefix},{first},{self.last_number},"
                f"{days[max(0, place - 5)].iso}\n",
            )
        self.number += 1

    def _voucher(self, iso: str, year: int, summary: str, party: str, fen: int, *, into: bool) -> None:
        """Write the two lines of money that is never the unit's own, and its movement at the bank."""
        desk = self.desk
        unit, no, amount = desk.unit.code, desk.number, f"{fen // 100}.{fen % 100:02d}"
        bank = f"{self.leaf},{CHARTS[desk.unit.system][self.leaf]}", "transfer"
        debt = f"{DUE},{CHARTS[desk.unit.system][DUE]}", ""
        (debit, paid), (credit, owed) = (bank, debt) if into else (debt, bank)
        desk.vouchers.append(
            f"{unit}-{no}-01,{unit},{year},{no},1,{iso},financial,{summary},{debit},{amount},0.00,"
            f"{party},,,{paid},{desk.tail}"
            f"{unit}-{no}-02,{unit},{year},{no},2,{iso},financial,{summary},{credit},0.00,{amount},"
            f"{party},,,{owed},{desk.tail}",
        )
        desk.lines += 2
        direction = "in" if into else "out"
        head = f",{self.account},{unit},{iso},{direction},{amount},"
        tail = f"{party},{summary},transfer\n"
        self.moves.append(Move(iso, not into, fen if into else -fen, head, tail))

    def end_month(self, output: Output, sums: Sums, year: int, month: int) -> None:
        """Hand over the rows of a month and book its sums."""
        for table, rows in (
            ("receipt", self.receipts),
            ("receipt_book", self.books),
            ("remittance", self.remittances),
        ):
            output.write(table, "".join(rows), len(rows))
            rows.clear()
        code = self.desk.unit.code
        turnover = sums.accounts[code]
        if self.collected or self.remitted:
            turnover.add((self.leaf, ""), year, month, self.collected, self.remitted)
            turnover.add((DUE, ""), year, month, self.remitted, self.collected)
        if self.remitted:
            key = code, year, str(self.fee["item_code"])
            sums.remitted[key] = sums.remitted.get(key, 0) + self.remitted
        self.collected = self.remitted = 0
