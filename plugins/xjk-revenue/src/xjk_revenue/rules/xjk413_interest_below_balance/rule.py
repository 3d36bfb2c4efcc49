"""XJK413: bank accounts whose statements show far less interest than their balances must have earned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from xjk import EvidenceKey, Hit, LedgerView, Params

# One row per line of a statement that has a balance; the first of a day is its lowest, which is the sure one.
BALANCES = """
select
  b.bank_account_key,
  b.unit_code,
  p.normal_name as holder,
  coalesce(b.bank_name, '未登记开户行') as bank,
  -- tells two accounts at one bank apart
  substr(b.account_no, length(b.account_no) - 3, 4) as tail,
  t.bank_transaction_key,
  t.booked_on_day as day,
  t.balance_fen as fen
from bank_account b
join bank_transaction t on t.account_no = b.account_no and t.unit_code = b.unit_code
join party p on p.name = b.holder_name
where coalesce(b.kind, 'other') <> 'zero_balance'
  and coalesce(b.holder_kind, 'unit') <> 'person'
  and t.balance_fen is not null
order by b.bank_account_key, t.booked_on_day, t.balance_fen, t.bank_transaction_key
"""

INTEREST = """
select b.bank_account_key, t.bank_transaction_key, t.amount_fen
from bank_account b
join bank_transaction t on t.account_no = b.account_no and t.unit_code = b.unit_code
where t.direction = 'in'
  and (
    t.channel = 'interest'
    or exists (select 1 from text_tag g where g.text = t.memo and g.tag = 'interest')
  )
order by b.bank_account_key, t.bank_transaction_key
"""

DAYS_OF_A_YEAR = 365
MICRO = 1_000_000


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per account that lacks more than half of the interest of its balances."""
    lines = {
        key: [(str(row["bank_transaction_key"]), int(row["amount_fen"] or 0)) for row in rows]
        for key, rows in groupby(ledger.query(INTEREST), key=lambda row: str(row["bank_account_key"]))
    }
    for key, group in groupby(ledger.query(BALANCES), key=lambda row: str(row["bank_account_key"])):
        rows = list(group)
        balances = lowest_by_day(rows)
        first, last = balances[0][0], balances[-1][0]
        if last - first < params.min_days:
            continue
        seen = sum(fen for _, fen in lines.get(key, ()))
        held = fen_days(balances)
        expected = held * params.min_rate // (DAYS_OF_A_YEAR * MICRO)
        if expected - seen < params.min_amount or seen * 2 >= expected:
            continue
        highest = str(max(rows, key=lambda row: int(row["fen"] or 0))["bank_transaction_key"])
        yield Hit(
            unit_code=str(rows[0]["unit_code"]),
            subject=f"{rows[0]['holder']}|{rows[0]['bank']}|{rows[0]['tail']}",
            amount_fen=expected - seen,
            from_day=first,
            to_day=last,
            evidence=(
                EvidenceKey("bank_account", key),
                EvidenceKey("bank_transaction", highest),
                *(EvidenceKey("bank_transaction", line) for line, _ in lines.get(key, ())),
            ),
            facts={
                "holder": str(rows[0]["holder"]),
                "bank": str(rows[0]["bank"]),
                "tail": str(rows[0]["tail"]),
                "average_fen": held // (last - first),
                "expected_fen": expected,
                "seen_fen": seen,
            },
        )


def lowest_by_day(rows: Sequence[Mapping[str, str | int | None]]) -> list[tuple[int, int]]:
    """Return each day with its lowest balance in fen, which is the first of the day."""
    lowest: dict[int, int] = {}
    for row in rows:
        lowest.setdefault(int(row["day"] or 0), int(row["fen"] or 0))
    return list(lowest.items())


def fen_days(balances: Sequence[tuple[int, int]]) -> int:
    """Return the sum of each balance in fen times the days it held; an overdraft earns nothing."""
    return sum(max(fen, 0) * (later - day) for (day, fen), (later, _) in pairwise(balances))
