"""Find runs of consecutive invoice numbers of one seller whose dates lie far apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from xjk import EvidenceKey, Hit, LedgerView, Params

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
         o.last_digit,
         lag(o.last_digit) over (
           partition by o.seller_key, o.code, o.digits order by o.invoice_number, o.invoice_id
         ) as previous_digit,
         lead(o.last_digit) over (
           partition by o.seller_key, o.code, o.digits order by o.invoice_number, o.invoice_id
         ) as following_digit
  from ordered o
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


@dataclass(frozen=True, slots=True)
class Claim:
    """Be one claim on an invoice, or an invoice nobody claims: then ``unit`` is empty."""

    seller_key: str
    seller_name: str
    code: str
    number: str
    invoice: str
    day: int
    unit: str
    fen: int
    key: str


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per unit and run of consecutive numbers that spans too many days."""
    claims = (_claim(row) for row in ledger.query(NEIGHBOURS) if str(row["invoice_number"]).isdecimal())
    for _, series in groupby(claims, key=lambda claim: (claim.seller_key, claim.code, len(claim.number))):
        for run in _runs(list(series)):
            days = [claim.day for claim in run]
            invoices = list(dict.fromkeys(claim.invoice for claim in run))
            if len(invoices) >= params.min_run and max(days) - min(days) >= params.min_span_days:
                yield from _hits(run, invoices, params.min_amount)


def _claim(row: Mapping[str, str | int | None]) -> Claim:
    return Claim(
        seller_key=str(row["seller_key"]),
        seller_name=str(row["seller_name"]),
        code=str(row["code"]),
        number=str(row["invoice_number"]),
        invoice=str(row["invoice_id"]),
        day=int(row["issued_on_day"] or 0),
        unit=str(row["unit_code"] or ""),
        fen=int(row["claimed_amount_fen"] or 0),
        key=str(row["invoice_use_key"]),
    )


def _runs(series: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """Cut claims in the order of numbers where a number does not follow the one before."""
    start = 0
    for place, (before, after) in enumerate(pairwise(series), start=1):
        if int(after.number) - int(before.number) > 1:
            yield series[start:place]
            start = place
    yield series[start:]


def _hits(run: Sequence[Claim], invoices: Iterable[str], min_amount: int) -> Iterator[Hit]:
    units = sorted({claim.unit for claim in run} - {""})
    first, last = min(claim.day for claim in run), max(claim.day for claim in run)
    for unit in units:
        own = [claim for claim in run if claim.unit == unit]
        claimed = sum(claim.fen for claim in own)
        if claimed < min_amount:
            continue
        yield Hit(
            unit_code=unit,
            subject=f"{run[0].seller_key}:{run[0].invoice}",
            amount_fen=claimed,
            from_day=first,
            to_day=last,
            evidence=(
                *(EvidenceKey("invoice", invoice) for invoice in invoices),
                *(EvidenceKey("invoice_use", claim.key) for claim in own),
            ),
            facts={
                "seller_name": run[0].seller_name,
                "numbers": len({claim.invoice for claim in run}),
                "first_number": run[0].number,
                "last_number": run[-1].number,
                "span_days": last - first,
                "units": len(units),
            },
        )
