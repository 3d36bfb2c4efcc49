"""Find people who are paid labour fees on days in a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from xjk import EvidenceKey, Hit, LedgerView, Params

FEES = """
select f.unit_code, f.payee_name, f.paid_on, f.paid_on_day, f.amount_fen, f.service_fee_key
from service_fee f
order by f.unit_code, f.payee_name, f.paid_on_day, f.service_fee_key
"""

Fee = Mapping[str, Any]


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one Hit per run of days."""
    for (unit, payee), fees in groupby(ledger.query(FEES), lambda fee: (fee["unit_code"], fee["payee_name"])):
        for run in runs(list(fees)):
            days = len({fee["paid_on_day"] for fee in run})
            total = sum(fee["amount_fen"] for fee in run)
            if days >= params.min_days and total >= params.min_amount:
                yield Hit(
                    unit_code=unit,
                    subject=f"{payee}|{run[0]['paid_on']}",
                    amount_fen=total,
                    evidence=tuple(EvidenceKey("service_fee", fee["service_fee_key"]) for fee in run),
                    from_day=run[0]["paid_on_day"],
                    to_day=run[-1]["paid_on_day"],
                    facts={
                        "payee": payee,
                        "days": days,
                        "days_ago": (date.today() - date.fromisoformat(run[-1]["paid_on"])).days,  # noqa: DTZ011
                    },
                )


def runs(fees: Sequence[Fee]) -> Iterator[Sequence[Fee]]:
    """Split fees of one person, in order of days, where a day is left out."""
    start = 0
    for place, fee in enumerate(fees):
        if place and fee["paid_on_day"] - fees[place - 1]["paid_on_day"] > 1:
            yield fees[start:place]
            start = place
    yield fees[start:]
