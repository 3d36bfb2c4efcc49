"""XJK311: equal fees to many names on one day, with identity numbers that fail their check or follow each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from xjk import EvidenceKey, Hit, LedgerView, Params, is_citizen_number

# Digit tests are not for SQL; it brings the batches, and only those whose fees all carry a number.
QUERY = """
with batch as (
  select
    f.service_fee_key,
    f.fee_id,
    f.unit_code,
    f.paid_on_day,
    f.amount_fen,
    f.id_no,
    count(*) over (partition by f.unit_code, f.paid_on_day, f.kind, f.amount_fen) as fees,
    sum(f.amount_fen) over (partition by f.unit_code, f.paid_on_day, f.kind, f.amount_fen) as total_fen,
    f.kind
  from service_fee f
  where f.id_no is not null
)
select service_fee_key, fee_id, unit_code, paid_on_day, amount_fen, id_no, total_fen, kind
from batch
where fees >= :min_people
  and total_fen >= :min_total
order by unit_code, paid_on_day, kind, amount_fen, fee_id
"""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per batch with enough doubtful identity numbers."""
    rows = ledger.query(QUERY, min_people=params.min_people, min_total=params.min_total)
    for _, group in groupby(rows, key=_batch):
        fees = list(group)
        numbers = {str(fee["id_no"]) for fee in fees}
        if len(numbers) < params.min_people:
            continue
        invalid = {number for number in numbers if not is_citizen_number(number)}
        in_row = _in_a_row(numbers - invalid, params.max_step)
        doubtful = invalid | in_row
        if (
            len(doubtful) < params.min_doubtful
            or len(doubtful) * 100 < len(numbers) * params.min_doubtful_pct
        ):
            continue
        first = fees[0]
        yield Hit(
            unit_code=str(first["unit_code"]),
            subject=str(first["fee_id"]),
            amount_fen=int(first["total_fen"]),
            from_day=int(first["paid_on_day"]),
            to_day=int(first["paid_on_day"]),
            evidence=tuple(EvidenceKey("service_fee", str(fee["service_fee_key"])) for fee in fees),
            facts={
                "people": len(numbers),
                "each_fen": first["amount_fen"],
                "invalid": len(invalid),
                "in_a_row": len(in_row),
            },
        )


def _batch(fee: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what the fees of one batch have in common."""
    return fee["unit_code"], fee["paid_on_day"], fee["kind"], fee["amount_fen"]


def _in_a_row(numbers: set[str], step: int) -> set[str]:
    """Return the numbers of one place and birthday that follow each other by at most `step`, three or more.

    Twins born together may have two such numbers; three of them are not found by chance.
    """
    found: set[str] = set()
    run: list[str] = []
    for number in sorted(numbers):
        if run and not _follows(run[-1], number, step):
            found.update(_long(run))
            run = []
        run.append(number)
    found.update(_long(run))
    return found


def _follows(before: str, after: str, step: int) -> bool:
    """Tell whether two numbers share place and birthday and their serial numbers are close."""
    return before[:14] == after[:14] and int(after[14:17]) - int(before[14:17]) <= step


def _long(run: Sequence[str]) -> Sequence[str]:
    return run if len(run) >= 3 else ()
