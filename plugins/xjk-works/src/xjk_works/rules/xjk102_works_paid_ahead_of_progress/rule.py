"""XJK102: payments to the contractor of works not yet accepted that run ahead of the progress on record."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from xjk import EvidenceKey, Hit, LedgerView, Params

# A project is paid by its code; what other firms get for design or supervision is not the contractor's.
QUERY = """
with site as (
  select
    j.project_key, j.project_code, j.unit_code, j.name, j.contractor, j.contract_amount_fen, j.progress_pct_micro,
    p.party_key
  from project j
  join party p on p.name = j.contractor
  where j.kind in ('works', 'repair')
    and j.accepted_on is null
    and j.progress_pct_micro is not null
    and j.contract_amount_fen > 0
)
select
  s.project_key, s.project_code, s.unit_code, s.name, s.contractor, s.contract_amount_fen, s.progress_pct_micro,
  y.payment_key, y.paid_on_day, y.amount_fen
from site s
join payment y on y.project_code = s.project_code and y.unit_code = s.unit_code
join party q on q.name = y.payee_name and q.party_key = s.party_key
order by s.project_key, y.paid_on_day, y.payment_key
"""

PER_CENT = 1_000_000
"""One per cent of progress, in millionths."""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per project, with every payment to its contractor."""
    for project, group in groupby(ledger.query(QUERY), key=lambda row: row["project_key"]):
        payments = list(group)
        first = payments[0]
        paid = sum(int(row["amount_fen"] or 0) for row in payments)
        price, progress = int(first["contract_amount_fen"] or 0), int(first["progress_pct_micro"] or 0)
        # In hundredths of a millionth of a fen, so that nothing is rounded before it is compared.
        if paid * 100 * PER_CENT <= price * (progress + params.allowance_pct * PER_CENT):
            continue
        earned = price * progress // (100 * PER_CENT)
        days = [int(row["paid_on_day"] or 0) for row in payments]
        yield Hit(
            unit_code=str(first["unit_code"]),
            subject=str(first["project_code"]),
            amount_fen=paid - earned,
            from_day=days[0],
            to_day=days[-1],
            evidence=(
                EvidenceKey("project", str(project), "works"),
                *(EvidenceKey("payment", str(row["payment_key"]), "payment") for row in payments),
            ),
            facts={
                "project": str(first["name"]),
                "contractor": str(first["contractor"]),
                "progress_micro": progress,
                "contract_fen": price,
                "earned_fen": earned,
                "paid_fen": paid,
            },
        )
