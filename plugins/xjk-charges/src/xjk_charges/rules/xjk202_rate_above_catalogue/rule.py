"""XJK202: receipts that charge more than the catalogue of fees allows for their quantity on that day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from xjk import EvidenceKey, Hit, LedgerView, Params

MICRO = 1_000_000

QUERY = """
select
  r.unit_code, r.item_code, substr(r.issued_on, 1, 4) as year, r.receipt_key, r.issued_on_day, r.amount_fen,
  r.quantity_micro, i.fee_item_key, i.item_name, i.rate_max_fen, i.charge_unit
from receipt r
join fee_item i on i.item_code = r.item_code
where r.quantity_micro > 0
  and coalesce(r.status, 'issued') = 'issued'
  and i.rate_max_fen > 0
  and coalesce(i.unit_code, r.unit_code) = r.unit_code
  and coalesce(i.valid_from_day, r.issued_on_day) <= r.issued_on_day
  and coalesce(i.valid_to_day, r.issued_on_day) >= r.issued_on_day
  and r.amount_fen * 1000000 > i.rate_max_fen * r.quantity_micro
order by r.unit_code, r.item_code, substr(r.issued_on, 1, 4), r.receipt_key
"""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per unit, item and year in which receipts go beyond the rate."""
    rows = ledger.query(QUERY)
    for (unit_code, item_code, year), group in groupby(
        rows, key=lambda row: (row["unit_code"], row["item_code"], row["year"])
    ):
        dear = []
        for row in group:
            allowed = int(row["rate_max_fen"]) * int(row["quantity_micro"]) // MICRO
            if int(row["amount_fen"]) - allowed >= params.min_excess:
                dear.append((row, allowed))
        if not dear:
            continue
        first = dear[0][0]
        charged = sum(int(row["amount_fen"]) for row, _ in dear)
        allowed_fen = sum(allowed for _, allowed in dear)
        yield Hit(
            unit_code=str(unit_code),
            subject=f"{item_code}|{year}",
            amount_fen=charged - allowed_fen,
            from_day=min(int(row["issued_on_day"]) for row, _ in dear),
            to_day=max(int(row["issued_on_day"]) for row, _ in dear),
            evidence=(
                *(EvidenceKey("receipt", str(row["receipt_key"])) for row, _ in dear),
                EvidenceKey("fee_item", str(first["fee_item_key"])),
            ),
            facts={
                "year": year,
                "item_name": first["item_name"],
                "rate_fen": first["rate_max_fen"],
                "charge_unit": first["charge_unit"] or "单位",
                "receipts": len(dear),
                "charged_fen": charged,
                "allowed_fen": allowed_fen,
            },
        )
