"""XJK906: receipts and payments that stand in the bank statement or in the books, and not in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from xjk import EvidenceKey, Hit, LedgerView, Params

# Sums that pair off in order of their days leave nothing to settle; only the others are brought here.
QUERY = """
with account as (
  select b.unit_code, b.account_code, min(b.account_no) as number
  from bank_account b
  where b.in_books = 1
    and b.account_code is not null
    and coalesce(b.kind, 'basic') <> 'zero_balance'
  group by b.unit_code, b.account_code
  having count(*) = 1
),
item as (
  select a.unit_code, a.account_code, 'bank' as side, t.direction, abs(t.amount_fen) as fen,
    case when t.amount_fen < 0 then 1 else 0 end as red, t.booked_on_day as item_day,
    t.bank_transaction_key as item_key
  from account a
  join bank_transaction t on t.account_no = a.number and t.unit_code = a.unit_code
  where t.amount_fen <> 0
  union all
  select a.unit_code, a.account_code, 'book' as side, 'in' as direction, abs(v.debit_fen) as fen,
    case when v.debit_fen < 0 then 1 else 0 end as red, v.voucher_date_day as item_day,
    v.voucher_line_key as item_key
  from account a
  join voucher_line v on v.unit_code = a.unit_code and v.account_code = a.account_code
  where v.debit_fen <> 0
    and coalesce(v.voided, 0) = 0
  union all
  select a.unit_code, a.account_code, 'book' as side, 'out' as direction, abs(v.credit_fen) as fen,
    case when v.credit_fen < 0 then 1 else 0 end as red, v.voucher_date_day as item_day,
    v.voucher_line_key as item_key
  from account a
  join voucher_line v on v.unit_code = a.unit_code and v.account_code = a.account_code
  where v.credit_fen <> 0
    and coalesce(v.voided, 0) = 0
),
side_span as (
  select i.unit_code, i.account_code, i.side, count(*) as items, min(i.item_day) as first_day,
    max(i.item_day) as last_day
  from item i
  group by i.unit_code, i.account_code, i.side
),
span as (
  select s.unit_code, s.account_code, sum(s.items) as items, max(s.first_day) as first_day,
    min(s.last_day) as last_day
  from side_span s
  group by s.unit_code, s.account_code
  having count(*) = 2
),
placed as (
  select i.unit_code, i.account_code, i.direction, i.fen, i.red, i.item_day,
    row_number() over (
      partition by i.unit_code, i.account_code, i.direction, i.fen, i.side order by i.item_day, i.item_key
    ) as place
  from item i
),
unsettled as (
  select p.unit_code, p.account_code, p.direction, p.fen, p.place
  from placed p
  group by p.unit_code, p.account_code, p.direction, p.fen, p.place
  having count(*) = 1 or max(p.item_day) - min(p.item_day) > :days or max(p.red) = 1
),
doubtful as (
  select u.unit_code, u.account_code, u.direction, u.fen
  from unsettled u
  group by u.unit_code, u.account_code, u.direction, u.fen
)
select d.unit_code, d.account_code, d.direction, d.fen, i.side, i.red, i.item_day, i.item_key,
  s.items, s.first_day, s.last_day
from doubtful d
join span s on s.unit_code = d.unit_code and s.account_code = d.account_code
join item i
  on i.unit_code = d.unit_code
  and i.account_code = d.account_code
  and i.direction = d.direction
  and i.fen = d.fen
order by d.unit_code, d.account_code, d.direction, d.fen, i.item_day, i.item_key
"""

KINDS = {
    ("bank", "in"): ("银行已收、单位未收", "received by the bank and not in the books"),
    ("bank", "out"): ("银行已付、单位未付", "paid by the bank and not in the books"),
    ("book", "in"): ("单位已收、银行未收", "received in the books and not by the bank"),
    ("book", "out"): ("单位已付、银行未付", "paid in the books and not by the bank"),
}
"""The four kinds of difference of a bank reconciliation, by side and direction."""

TABLES = {"bank": "bank_transaction", "book": "voucher_line"}


@dataclass(frozen=True, slots=True)
class Item:
    """Be one receipt or payment on one side; ``red`` takes an equal one back."""

    unit: str
    account: str
    direction: str
    fen: int
    side: str
    red: bool
    day: int
    key: str


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per account and kind of difference."""
    rows = ledger.query(QUERY, days=params.days)
    for (unit, account), group in groupby(rows, key=lambda row: (row["unit_code"], row["account_code"])):
        found = list(group)
        items = [
            Item(
                unit=str(unit),
                account=str(account),
                direction=str(row["direction"]),
                fen=int(row["fen"]),
                side=str(row["side"]),
                red=int(row["red"]) == 1,
                day=int(row["item_day"]),
                key=str(row["item_key"]),
            )
            for row in found
        ]
        alone = list(_unmatched(items, params.days))
        # Books that post other sums than the bank does, such as totals of a day, cannot be compared line by line.
        if len(alone) * 100 > int(found[0]["items"]) * params.max_share_pct:
            continue
        first, last = int(found[0]["first_day"]), int(found[0]["last_day"])
        settled = [item for item in alone if first + params.days <= item.day <= last - params.days]
        yield from _hits(settled, params.min_amount)


def _unmatched(items: Sequence[Item], days: int) -> Iterator[Item]:
    """Yield what has no counterpart of the same sum and direction within the days, one counterpart for each."""
    for _, group in groupby(items, key=lambda item: (item.direction, item.fen)):
        same = list(group)
        bank, book = (_standing([item for item in same if item.side == side]) for side in TABLES)
        while bank and book:
            gap = bank[0].day - book[0].day
            if abs(gap) <= days:
                del bank[0], book[0]
            else:
                yield (book if gap > 0 else bank).pop(0)
        yield from bank
        yield from book


def _standing(items: Sequence[Item]) -> list[Item]:
    """Return the items of one side that no red-letter item took back: each takes back the last one before it."""
    standing: list[Item] = []
    for item in items:
        if not item.red:
            standing.append(item)
        elif standing:
            standing.pop()
    return standing


def _hits(items: Sequence[Item], min_amount: int) -> Iterator[Hit]:
    for (side, direction), (zh, en) in KINDS.items():
        own = [item for item in items if (item.side, item.direction) == (side, direction)]
        total = sum(item.fen for item in own)
        if not own or total < min_amount:
            continue
        yield Hit(
            unit_code=own[0].unit,
            subject=f"{own[0].account}|{side}_{direction}",
            amount_fen=total,
            from_day=min(item.day for item in own),
            to_day=max(item.day for item in own),
            evidence=tuple(EvidenceKey(TABLES[side], item.key) for item in own),
            facts={"account_code": own[0].account, "items": len(own), "kind_zh": zh, "kind_en": en},
        )
