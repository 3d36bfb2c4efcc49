"""Find runs of consecutive invoice numbers of one seller whose dates lie far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any, Protocol

from xjk.models.finding import EvidenceKey, Hit

Row = Mapping[str, Any]

NEIGHBOURS = """
with succession (digit, next_digit) as (
  select '0', '1' union all select '1', '2' union all select '2', '3' union all select '3', '4'
  union all select '4', '5' union all select '5', '6' union all select '6', '7'
  union all select '7', '8' union all select '8', '9' union all select '9', '0'
),
ordered as (
  select i.invoice_id, i.invoice_number, i.issued_on_day, i.seller_name,
         coalesce(i.seller_tax_id, i.seller_name) as seller_key,
         coalesce(i.invoice_code, '') as code,
         length(i.invoice_number) as digits,
         substr(i.invoice_number, length(i.invoice_number), 1) as last_digit
  from invoice i
  where coalesce(i.kind, 'digital') not in ('fiscal', 'toll')
),
placed as (
  select o.invoice_id, o.invoice_number, o.issued_on_day, o.seller_name, o.seller_key, o.code, o.digits,
         lag(o.last_digit) over w as previous_digit, o.last_digit, lead(o.last_digit) over w as following_digit
  from ordered o
  window w as (partition by o.seller_key, o.code, o.digits order by o.invoice_number, o.invoice_id)
)
select p.invoice_id, p.invoice_number, p.issued_on_day, p.seller_name, p.seller_key, p.code,
       u.unit_code, u.claimed_amount_fen, u.invoice_use_key
from placed p
left join succession b on b.digit = p.previous_digit and b.next_digit = p.last_digit
left join succession a on a.digit = p.last_digit and a.next_digit = p.following_digit
left join invoice_use u on u.invoice_id = p.invoice_id
where b.digit is not null or a.digit is not null
order by p.seller_key, p.code, p.digits, p.invoice_number, p.invoice_id, u.unit_code, u.invoice_use_key
"""
"""Invoices whose last digit continues that of a neighbour in number order, with their claims.

Numbers of 20 digits do not fit an integer column, so SQL only compares last digits; the run is settled below.
"""


class View(Protocol):
    """Be what the rule needs of a ledger."""

    def query(self, sql: str, **binds: object) -> Iterator[Row]:
        """Run one query."""


def detect(ledger: View, params: Any) -> Iterator[Hit]:
    """Yield one hit per unit and run of consecutive numbers that spans too many days."""
    rows = ledger.query(NEIGHBOURS)
    for _, series in groupby(rows, key=lambda row: (row["seller_key"], row["code"], len(row["invoice_number"]))):
        for run in _runs(list(series)):
            first, last = _span(run)
            if len({row["invoice_id"] for row in run}) < params.min_run or last - first < params.min_span_days:
                continue
            yield from _hits(run, first, last, params.min_amount)


def _runs(series: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Cut rows in number order where the number does not follow the one before."""
    if not all(row["invoice_number"].isdecimal() for row in series):
        series = [row for row in series if row["invoice_number"].isdecimal()]
    start = 0
    for place, (before, after) in enumerate(pairwise(series), start=1):
        if int(after["invoice_number"]) - int(before["invoice_number"]) > 1:
            yield series[start:place]
            start = place
    if series:
        yield series[start:]


def _span(run: Iterable[Row]) -> tuple[int, int]:
    days = [row["issued_on_day"] for row in run]
    return min(days), max(days)


def _hits(run: Sequence[Row], first: int, last: int, min_amount: int) -> Iterator[Hit]:
    invoices = list(dict.fromkeys(row["invoice_id"] for row in run))
    units = sorted({row["unit_code"] for row in run if row["unit_code"] is not None})
    for unit in units:
        claims = [row for row in run if row["unit_code"] == unit]
        claimed = sum(row["claimed_amount_fen"] for row in claims)
        if claimed < min_amount:
            continue
        yield Hit(
            unit_code=unit,
            subject=f"{run[0]['seller_key']}:{invoices[0]}",
            amount_fen=claimed,
            from_day=first,
            to_day=last,
            evidence=(
                *(EvidenceKey("invoice", invoice) for invoice in invoices),
                *(EvidenceKey("invoice_use", row["invoice_use_key"]) for row in claims),
            ),
            facts={
                "seller_name": run[0]["seller_name"],
                "numbers": len(invoices),
                "first_number": run[0]["invoice_number"],
                "last_number": run[-1]["invoice_number"],
                "span_days": last - first,
                "units": len(units),
            },
        )
