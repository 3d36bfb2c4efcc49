"""The desk of one unit: writes its everyday vouchers as CSV text and keeps their sums.

Everything that stays the same is prepared as text once, names already quoted for CSV; a voucher then is a few
f-strings. Sums are kept per purse and month, since every voucher of a purse moves the same accounts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from xjk.testing.simulation.base.output import Output
from xjk.testing.simulation.base.posting import LIST_AGENT
from xjk.testing.simulation.base.sums import Move, Sums
from xjk.testing.simulation.base.text import cell
from xjk.testing.simulation.base.world import Person, Unit, World
from xjk.testing.simulation.everyday.sellers import Offer

_PLACES = (("省城", 3), ("邻市", 2), ("邻县", 1))
_UNTIL_REFUND = 8  # workdays from the first day of a trip to its refund
_NAMES_ON_A_LIST = 6


class Workday(NamedTuple):
    """A workday, with its ISO text and its place in the year in three digits."""

    day: date
    iso: str
    serial: str


@dataclass(slots=True)
class Purse:
    """Where money comes from: the accounts a payment moves, debit and credit in turn, and the month's sum in fen."""

    accounts: tuple[str, ...]
    named: tuple[str, ...]
    settlement: str
    payer: str
    item: str = ""
    mode: str = ""
    fen: int = 0


@dataclass(slots=True)
class Desk:
    """What the everyday vouchers of a unit have in common, and what was written since the last month's end.

    Attributes:
        own_share: Sixteenths of the purchases that are paid from own money.
        meals: Account for a canteen's takings as CSV text; empty for all others.
        lines: Voucher lines written, ever.
        flow: What went through the unit's own account so far, in fen; ``lowest`` is the least it ever was.
        number: Number of the voucher being written.
    """

    world: World
    unit: Unit
    rng: Random
    offers: tuple[Offer, ...]
    own: Purse
    treasury: Purse | None
    own_share: int
    staff: tuple[Person, ...]
    recipients: tuple[str, ...] = ()
    meals: str = ""
    meals_fen: int = 0
    vouchers: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)
    invoices: list[str] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    travels: list[str] = field(default_factory=list)
    beneficiaries: list[str] = field(default_factory=list)
    lines: int = 0
    handed_over: int = 0
    moves: list[Move] = field(default_factory=list)
    flow: int = 0
    lowest: int = 0
    buyer: str = ""
    tail: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        """Prepare what is the same in all rows."""
        unit, local = self.unit, self.world.local
        self.buyer = f"{local(unit.name)},{unit.row['uscc']}"
        self.tail = f"3,{unit.accountant},{unit.finance_head},0\n"

    def move(self, iso: str, fen: int, amount: str, words: str) -> None:
        """Note a movement on the unit's own account; ``words`` are party, its account and the memo."""
        direction = "out" if fen < 0 else "in"
        head = f",{self.own.payer},{self.unit.code},{iso},{direction},{amount},"
        self.moves.append(Move(iso, fen < 0, fen, head, f"{words},transfer\n"))
        self.flow += fen
        if self.flow < self.lowest:
            self.lowest = self.flow

    def purchase(self, place: int, days: list[Workday], year: int) -> None:
        """Buy something against an invoice issued some workdays before."""
        bits = self.rng.getrandbits(52)
        offer = self.offers[(bits & 1023) % len(self.offers)]
        seller = offer.sellers[(bits >> 10 & 1023) % len(offer.sellers)]
        share = bits >> 20 & 4095
        fen = offer.low + (offer.span * share * share >> 24) + (bits >> 32 & 127)
        if fen % 100 == 0:  # everyday sums are odd
            fen += 37
        place_of_year = year - self.world.years[0]
        rate = offer.rates[place_of_year]
        net = (fen * 200 + 100 + rate) // (200 + 2 * rate)
        tax = fen - net
        amount, iso = f"{fen // 100}.{fen % 100:02d}", days[place].iso
        issued = days[max(0, place - (bits >> 39 & 7))]
        purse = self.treasury
        if purse is None or (bits >> 42 & 15) < self.own_share:
            purse = self.own
        claimant = self.staff[(bits >> 46) % len(self.staff)].name
        # Numbers of one seller rise with the days, and no two follow each other.
        seller.issued += 2 + (bits & 3)
        bill = f"{seller.numbers[place_of_year]}{issued.serial}{seller.issued:06d}"
        self.invoices.append(
            f"{bill},,{bill},digital,{issued.iso},{seller.name},{seller.uscc},{self.buyer},{offer.item},"
            f"0.{rate:02d},{net // 100}.{net % 100:02d},{tax // 100}.{tax % 100:02d},{amount},"
            f"{seller.signers},valid,{issued.iso},,\n",
        )
        self.pay(purse, fen, amount, iso, year, seller.party, offer.econ if purse.mode else "", offer.summary)
        self.uses.append(
            f"{self.unit.code},{self.number},{iso},{bill},{amount},{claimant},{seller.name}\n",
        )

    def pay(
        self, purse: Purse, fen: int, amount: str, iso: str, year: int, party: str, econ: str, summary: str
    ) -> None:
        """Write the voucher of an expense, and how it was paid."""
        unit, no, tail, named = self.unit.code, self.number, self.tail, purse.named
        text = (
            f"{unit}-{no}-01,{unit},{year},{no},1,{iso},financial,{summary},{named[0]},{amount},0.00,"
            f"{party},,{econ},,{tail}"
            f"{unit}-{no}-02,{unit},{year},{no},2,{iso},financial,{summary},{named[1]},0.00,{amount},"
            f"{party},,,{purse.settlement},{tail}"
        )
        if purse.mode:
            text += (
                f"{unit}-{no}-03,{unit},{year},{no},3,{iso},budget,{summary},{named[2]},{amount},0.00,"
                f",,,{econ},,{tail}"
                f"{unit}-{no}-04,{unit},{year},{no},4,{iso},budget,{summary},{named[3]},0.00,{amount},"
                f",,,,,{tail}"
            )
            self.payments.append(
                f"ZF{unit}-{no},{unit},{iso},{amount},{party},,{econ},{summary},,{no},{iso},"
                f"{purse.payer},{purse.item},{purse.mode}\n",
            )
        self.vouchers.append(text)
        self.lines += len(named)
        purse.fen += fen
        if purse is self.own:
            self.move(iso, -fen, amount, f"{party},{summary}")

    def trip(self, place: int, days: list[Workday], year: int) -> bool:
        """Refund a trip to the card of who made it; False when that person was not free."""
        rng, world = self.rng, self.world
        person = self.staff[rng.randrange(len(self.staff))]
        if place < _UNTIL_REFUND or self.treasury is None:
            return False
        start = days[place - _UNTIL_REFUND].day
        where, length = _PLACES[rng.randrange(len(_PLACES))]
        away = [start + timedelta(days=step) for step in range(length)]
        if not world.free(person.name, away):
            return False
        world.occupy(person.name, away)
        fen = length * (18_000 + rng.randrange(12_000, 48_000)) + rng.randrange(1, 100)
        amount, iso = f"{fen // 100}.{fen % 100:02d}", days[place].iso
        row = person.row
        summary = f"报销{person.name}赴{where}差旅费"
        self.travels.append(
            f"CC{self.unit.code}-{self.number},{self.unit.code},trip,{person.name},{row['id_no']},"
            f"{start},{away[-1]},{where},{amount},{self.number}\n",
        )
        self.pay(
            self.treasury, fen, amount, iso, year, f"{person.name},{row['account_no']}", "30211", summary
        )
        return True

    def relief_list(self, place: int, days: list[Workday], year: int) -> None:
        """Pay relief to people in need through the bank's list, each to a card of their own."""
        rng, world, iso = self.rng, self.world, days[place].iso
        first, total = rng.randrange(len(self.recipients) - _NAMES_ON_A_LIST + 1), 0
        for person in self.recipients[first : first + _NAMES_ON_A_LIST]:
            fen = rng.randrange(300, 1200, 20) * 100
            total += fen
            name, rest = person.split(",", 1)
            self.beneficiaries.append(
                f"QD{self.unit.code}-{self.number},{name},{self.unit.code},,{rest},{fen // 100}.00,{iso},"
                f"{world.first_day},{world.last_day}\n",
            )
        assert self.treasury is not None  # noqa: S101 - only offices have recipients
        agent = world.local(f"{cell(LIST_AGENT.name)},{LIST_AGENT.account}")
        summary = f"发放临时救助金({_NAMES_ON_A_LIST}人)"
        self.pay(self.treasury, total, f"{total // 100}.00", iso, year, agent, "30306", summary)

    def take_meals(self, place: int, days: list[Workday], year: int) -> None:
        """Book the day's meals of a canteen, which pay for what it bought."""
        fen = -self.flow + 20_000 + self.rng.randrange(50_000)
        amount, iso, unit, no = f"{fen // 100}.{fen % 100:02d}", days[place].iso, self.unit.code, self.number
        party, summary = "就餐师生(按日汇总),", "收当日伙食费"
        self.vouchers.append(
            f"{unit}-{no}-01,{unit},{year},{no},1,{iso},financial,{summary},{self.own.named[1]},{amount},0.00,"
            f"{party},,,transfer,{self.tail}"
            f"{unit}-{no}-02,{unit},{year},{no},2,{iso},financial,{summary},{self.meals},0.00,{amount},"
            f"{party},,,,{self.tail}",
        )
        self.lines += 2
        self.meals_fen += fen
        self.move(iso, fen, amount, f"{party},{summary}")

    def end_month(self, output: Output, sums: Sums, year: int, month: int) -> None:
        """Hand over the rows of a month and book its sums."""
        self._hand_over(output)
        turnover = sums.accounts[self.unit.code]
        if self.meals_fen:
            turnover.add((self.own.accounts[1], ""), year, month, self.meals_fen, 0)
            turnover.add((self.meals.split(",")[0], ""), year, month, 0, self.meals_fen)
            self.meals_fen = 0
        for purse in (self.own, self.treasury):
            if purse is None or not purse.fen:
                continue
            for position, account in enumerate(purse.accounts):
                sides = (0, purse.fen) if position % 2 else (purse.fen, 0)
                turnover.add((account, ""), year, month, *sides)
            if purse.mode:
                key = self.unit.code, year, purse.item
                sums.payments[key] = sums.payments.get(key, 0) + purse.fen
            purse.fen = 0

    def _hand_over(self, output: Output) -> None:
        """Write the rows of the month."""
        output.write("voucher_line", "".join(self.vouchers), self.lines - self.handed_over)
        self.vouchers.clear()
        self.handed_over = self.lines
        for table, rows in (
            ("payment", self.payments),
            ("invoice", self.invoices),
            ("invoice_use", self.uses),
            ("travel", self.travels),
            ("beneficiary", self.beneficiaries),
        ):
            output.write(table, "".join(rows), len(rows))
            rows.clear()
