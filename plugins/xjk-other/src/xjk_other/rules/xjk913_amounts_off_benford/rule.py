"""XJK913: expense of a unit whose first digits are far from Benford's law, with the amount that makes them so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from xjk import EvidenceKey, Hit, LedgerView, Params
from xjk_other.digits import excess, expected, first_two, spike

# Below ten yuan a second digit says little. One row per amount of a unit, with how often it was spent.
AMOUNTS = """
select v.unit_code, v.debit_fen as fen, count(*) as times
from voucher_line v
join account_role r
  on r.unit_code = v.unit_code and r.fiscal_year = v.fiscal_year and r.account_code = v.account_code
where substr(r.role, 1, 8) = 'expense_'
  and v.debit_fen >= 1000
  and coalesce(v.voided, 0) = 0
group by v.unit_code, v.debit_fen
order by v.unit_code, v.debit_fen
"""

LINES = """
select v.voucher_line_key, v.voucher_date_day
from voucher_line v
join account_role r
  on r.unit_code = v.unit_code and r.fiscal_year = v.fiscal_year and r.account_code = v.account_code
where v.unit_code = :unit_code
  and v.debit_fen = :fen
  and substr(r.role, 1, 8) = 'expense_'
  and coalesce(v.voided, 0) = 0
order by v.voucher_date_day, v.voucher_line_key
"""

MICRO = 1_000_000


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per unit, with the lines of the amount that stands out most."""
    for unit, group in groupby(ledger.query(AMOUNTS), key=lambda row: str(row["unit_code"])):
        amounts = {int(row["fen"] or 0): int(row["times"] or 0) for row in group}
        counts = Counter[int]()
        for fen, times in amounts.items():
            counts[first_two(fen)] += times
        number = sum(counts.values())
        if number < params.min_lines:
            continue
        beyond = excess(counts)
        if beyond * MICRO < params.min_excess:
            continue
        digits = spike(counts)
        fen = max((fen for fen in amounts if first_two(fen) == digits), key=lambda fen: (amounts[fen], fen))
        if amounts[fen] * 100 < number * params.min_share_pct:
            continue
        lines = list(ledger.query(LINES, unit_code=unit, fen=fen))
        days = [int(line["voucher_date_day"] or 0) for line in lines]
        yield Hit(
            unit_code=unit,
            subject="first_digits",
            amount_fen=fen * len(lines),
            from_day=days[0],
            to_day=days[-1],
            evidence=tuple(EvidenceKey("voucher_line", str(line["voucher_line_key"])) for line in lines),
            facts={
                "lines": number,
                "excess_micro": int(beyond * MICRO),
                "digits": digits,
                "expected": round(number * expected(digits)),
                "found": counts[digits],
                "most_frequent_fen": fen,
                "times": len(lines),
            },
        )
