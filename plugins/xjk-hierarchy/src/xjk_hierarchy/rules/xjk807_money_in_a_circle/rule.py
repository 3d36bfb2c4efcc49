"""XJK807: money spent by a unit that goes through one to four other units and comes home within a time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from xjk import EvidenceKey, Hit, LedgerView, Params

NAMES = "select u.unit_code, u.name from unit u"

PAYMENTS = """
select y.unit_code as payer, p.unit_code as payee, y.paid_on_day as day, y.amount_fen, y.payment_key
from payment y
join party p on p.name = y.payee_name
where p.unit_code <> y.unit_code
  and abs(y.amount_fen) >= :min_amount_fen
"""

# What stands on the other side of the voucher says whether money out was spent and how money in was taken.
BOOKED = """
with moved as (
  select
    v.voucher_line_key,
    v.unit_code,
    p.unit_code as other_unit,
    v.voucher_no,
    v.voucher_date_day,
    coalesce(v.debit_fen, 0) as in_fen,
    coalesce(v.credit_fen, 0) as out_fen
  from voucher_line v
  join party p on p.name = v.counterparty_name
  join account_role r
    on r.unit_code = v.unit_code and r.fiscal_year = v.fiscal_year and r.account_code = v.account_code
  where r.role in ('bank', 'cash')
    and p.unit_code <> v.unit_code
    and coalesce(v.voided, 0) = 0
    and (abs(v.debit_fen) >= :min_amount_fen or abs(v.credit_fen) >= :min_amount_fen)
),
facing as (
  select
    m.voucher_line_key,
    max(case when o.debit_fen > 0 and substr(r.role, 1, 8) = 'expense_' then 1 else 0 end) as spent,
    max(case
      when o.credit_fen > 0 and r.role in ('other_payable', 'payable', 'advance_receipt', 'custody_liability') then 1
      when o.credit_fen > 0 and substr(r.role, 1, 7) = 'income_' and r.role <> 'income_fiscal' then 1
      else 0
    end) as kept
  from moved m
  join voucher_line o
    on o.unit_code = m.unit_code and o.voucher_no = m.voucher_no and o.voucher_date_day = m.voucher_date_day
  join account_role r
    on r.unit_code = o.unit_code and r.fiscal_year = o.fiscal_year and r.account_code = o.account_code
  group by m.voucher_line_key
)
select m.voucher_line_key, m.unit_code, m.other_unit, m.voucher_date_day, m.in_fen, m.out_fen, f.spent, f.kept
from moved m
join facing f on f.voucher_line_key = m.voucher_line_key
"""

BOOKING_DAYS = 7
"""How far apart payer, payee and treasury may date one transfer."""


class Move(NamedTuple):
    """Be one transfer as one table or one side's books show it; red-letter entries have a negative amount."""

    payer: str
    payee: str
    fen: int
    day: int
    source: str
    key: str
    spent: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """Be one transfer, with every row that shows it."""

    moves: tuple[Move, ...]

    @property
    def payer(self) -> str:
        """Unit that paid."""
        return self.moves[0].payer

    @property
    def payee(self) -> str:
        """Unit that was paid."""
        return self.moves[0].payee

    @property
    def fen(self) -> int:
        """Amount."""
        return self.moves[0].fen

    @property
    def day(self) -> int:
        """Earliest day any of the rows gives."""
        return self.moves[0].day

    @property
    def spent(self) -> bool:
        """Whether the payer spent it: a treasury payment, or expense in its books."""
        return any(move.spent for move in self.moves)

    @property
    def kept(self) -> bool:
        """Whether the payee booked it as owed or as income, and not as expense taken back or a loan returned."""
        return any(move.kept for move in self.moves)

    @property
    def evidence(self) -> tuple[EvidenceKey, ...]:
        """Rows that show it."""
        return tuple(
            EvidenceKey("payment" if move.source == "payment" else "voucher_line", move.key, "leg")
            for move in self.moves
        )


Way = tuple[Transfer, ...]


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per circle, held against the unit that spent the money and got it back."""
    names = {str(row["unit_code"]): str(row["name"]) for row in ledger.query(NAMES)}
    transfers = _transfers(_moves(ledger, params.min_amount))
    paid: dict[str, list[Transfer]] = defaultdict(list)
    for transfer in transfers:
        paid[transfer.payer].append(transfer)
    used: set[Transfer] = set()
    for start in transfers:
        if not start.spent or start in used:
            continue
        way = _way_home(start, paid, used, params)
        if way:
            used.update(way)
            units = [transfer.payer for transfer in way]
            evidence = tuple(key for transfer in way for key in transfer.evidence)
            yield Hit(
                unit_code=start.payer,
                subject=f"{evidence[0].table}:{evidence[0].key}",
                amount_fen=way[-1].fen,
                from_day=start.day,
                to_day=way[-1].day,
                evidence=evidence,
                facts={
                    "route": " → ".join(names.get(unit, unit) for unit in (*units, start.payer)),
                    "units": len(units),
                    "first_fen": start.fen,
                    "days": way[-1].day - start.day,
                },
            )


def _moves(ledger: LedgerView, min_amount: int) -> Iterator[Move]:
    """Yield what treasury payments and the books of either side say of money between units."""
    for row in ledger.query(PAYMENTS, min_amount_fen=min_amount):
        yield Move(
            str(row["payer"]),
            str(row["payee"]),
            int(row["amount_fen"] or 0),
            int(row["day"] or 0),
            "payment",
            str(row["payment_key"]),
            spent=True,
            kept=False,
        )
    for row in ledger.query(BOOKED, min_amount_fen=min_amount):
        unit, other, taken = str(row["unit_code"]), str(row["other_unit"]), int(row["in_fen"] or 0)
        payer, payee, source = (other, unit, "received") if taken else (unit, other, "paid")
        yield Move(
            payer,
            payee,
            taken or int(row["out_fen"] or 0),
            int(row["voucher_date_day"] or 0),
            source,
            str(row["voucher_line_key"]),
            spent=source == "paid" and row["spent"] == 1,
            kept=source == "received" and row["kept"] == 1,
        )


def _transfers(moves: Iterable[Move]) -> list[Transfer]:
    """Return the transfers by day: rows of different sources that agree are one, red-letter rows undo one."""
    found = sorted(moves, reverse=True)
    undone = Counter((move.payer, move.payee, -move.fen, move.source) for move in found if move.fen < 0)
    equal: dict[tuple[str, str, int], list[Move]] = defaultdict(list)
    for move in found:
        same = (move.payer, move.payee, move.fen, move.source)
        if undone[same]:
            undone[same] -= 1
        elif move.fen > 0:
            equal[same[:3]].append(move)
    transfers = [Transfer(group) for same in equal.values() for group in _groups(same[::-1])]
    return sorted(transfers, key=lambda transfer: (transfer.day, transfer.moves))


def _groups(moves: Sequence[Move]) -> Iterator[tuple[Move, ...]]:
    """Put rows of one payer, payee and amount together that may be one transfer: other sources, close in time."""
    groups: list[list[Move]] = []
    for move in moves:
        for group in groups:
            is_close = move.day - group[0].day <= BOOKING_DAYS
            if is_close and all(move.source != member.source for member in group):
                group.append(move)
                break
        else:
            groups.append([move])
    return (tuple(group) for group in groups)


def _way_home(
    start: Transfer, paid: Mapping[str, Sequence[Transfer]], used: AbstractSet[Transfer], params: Params
) -> Way:
    """Return the way with the fewest legs, and of those the earliest, that brings the money back; empty if none does.

    Leg by leg, each unit keeps only the way by which the money reaches it first, so that the work grows with the
    transfers within the time and not with the number of ways.
    """
    reached: dict[str, Way] = {start.payee: (start,)}
    seen = {start.payee}
    for _ in range(params.max_units - 1):
        home: list[Way] = []
        onward: dict[str, Way] = {}
        for unit in sorted(reached):
            way = reached[unit]
            for transfer in _between(paid.get(unit, ()), way[-1].day, start.day + params.window_days):
                is_share = start.fen * params.min_share_pct <= transfer.fen * 100 <= start.fen * 100
                if not is_share or transfer in used:
                    continue
                if transfer.payee == start.payer:
                    if transfer.kept:
                        home.append((*way, transfer))
                elif transfer.payee not in seen:
                    onward.setdefault(transfer.payee, (*way, transfer))
                    if transfer.day < onward[transfer.payee][-1].day:
                        onward[transfer.payee] = (*way, transfer)
        if home:
            return min(home, key=lambda way: (way[-1].day, [transfer.moves for transfer in way]))
        seen |= onward.keys()
        reached = onward
    return ()


def _between(transfers: Sequence[Transfer], first: int, last: int) -> Iterator[Transfer]:
    """Yield those of the transfers, which are in order of days, that lie between two days."""
    for transfer in transfers[bisect_left(transfers, first, key=attrgetter("day")) :]:
        if transfer.day > last:
            return
        yield transfer
