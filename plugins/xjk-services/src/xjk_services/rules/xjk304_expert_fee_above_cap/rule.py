"""XJK304: expert fees above the daily cap, with half days at 60 % and the third day on at 50 %."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from xjk import EvidenceKey, Hit, LedgerView, Params

MICRO = 1_000_000

# Pieces paid to one person for one event are put together; a fee without an event is an engagement of its own.
# SQL drops what is innocent under every reading: within the full days, no part of a day is worth less than its
# share of the daily cap.
QUERY = """
with fee as (
  select
    f.service_fee_key,
    f.fee_id,
    f.unit_code,
    f.payee_name,
    f.paid_on_day,
    f.amount_fen,
    f.quantity_micro,
    e.event_id,
    coalesce(e.starts_on_day, f.paid_on_day) as held_day,
    coalesce(e.event_id, f.fee_id) as engagement,
    coalesce(f.id_no, f.payee_name) as person,
    case when coalesce(f.title, 'academician') = 'academician' then 1 else 0 end as eminent,
    case when coalesce(f.title, 'academician') = 'other' then 'expert_day_max_other'
      else 'expert_day_max_senior' end as standard_key
  from service_fee f
  left join event e on e.event_id = f.event_id
  where f.kind in ('expert', 'review')
    and (f.quantity_micro > 0 or f.amount_fen < 0)
),
engaged as (
  select
    g.service_fee_key,
    g.fee_id,
    g.unit_code,
    g.payee_name,
    g.paid_on_day,
    g.event_id,
    g.engagement,
    g.person,
    max(g.eminent) over (partition by g.unit_code, g.engagement, g.person) as eminent,
    max(s.value) over (partition by g.unit_code, g.engagement, g.person) as day_fen,
    half.value as half_factor,
    later.value as later_factor,
    eminence.value as eminent_factor,
    full_days.value as full_days,
    sum(g.amount_fen) over (partition by g.unit_code, g.engagement, g.person) as paid_fen,
    sum(coalesce(g.quantity_micro, 0)) over (partition by g.unit_code, g.engagement, g.person) as days_micro
  from fee g
  join standard s
    on s.standard_key = g.standard_key and g.held_day between s.valid_from_day and s.valid_to_day
  join standard half
    on half.standard_key = 'expert_half_day_factor'
    and g.held_day between half.valid_from_day and half.valid_to_day
  join standard later
    on later.standard_key = 'expert_later_day_factor'
    and g.held_day between later.valid_from_day and later.valid_to_day
  join standard eminence
    on eminence.standard_key = 'expert_academician_factor'
    and g.held_day between eminence.valid_from_day and eminence.valid_to_day
  join standard full_days
    on full_days.standard_key = 'expert_full_days'
    and g.held_day between full_days.valid_from_day and full_days.valid_to_day
)
select
  service_fee_key, fee_id, unit_code, payee_name, paid_on_day, event_id, engagement, person, eminent,
  day_fen, half_factor, later_factor, eminent_factor, full_days, paid_fen, days_micro
from engaged
where days_micro > 0
  and (paid_fen * 1000000 > day_fen * days_micro or days_micro > 1000000 * full_days)
order by unit_code, engagement, person, fee_id
"""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per expert and engagement whose fee is above the cap."""
    rows = ledger.query(QUERY)
    for _, group in groupby(rows, key=lambda row: (row["unit_code"], row["engagement"], row["person"])):
        fees = list(group)
        first = fees[0]
        allowed = _allowed(first)
        excess = int(first["paid_fen"]) - allowed
        if excess < params.min_excess:
            continue
        event_id = first["event_id"]
        yield Hit(
            unit_code=str(first["unit_code"]),
            subject=f"{event_id}|{first['payee_name']}" if event_id else str(first["fee_id"]),
            amount_fen=excess,
            from_day=min(int(fee["paid_on_day"]) for fee in fees),
            to_day=max(int(fee["paid_on_day"]) for fee in fees),
            evidence=(
                *(EvidenceKey("service_fee", str(fee["service_fee_key"])) for fee in fees),
                *((EvidenceKey("event", str(event_id)),) if event_id else ()),
            ),
            facts={
                "payee_name": first["payee_name"],
                "days_micro": first["days_micro"],
                "day_cap_fen": _day_cap(first),
                "allowed_fen": allowed,
                "paid_fen": first["paid_fen"],
            },
        )


def _day_cap(fee: Mapping[str, Any]) -> int:
    """Return the cap of a full day, raised for academicians and experts of national renown."""
    cap = int(fee["day_fen"])
    return cap * int(fee["eminent_factor"]) // MICRO if fee["eminent"] else cap


def _allowed(fee: Mapping[str, Any]) -> int:
    """Return what may be paid for the days: half days and the days after the full ones count less."""
    whole, rest = divmod(int(fee["days_micro"]), MICRO)
    full = int(fee["full_days"])
    # A remainder of up to half a day is a half day; more than that is a day begun and counts whole.
    part = 0 if rest == 0 else int(fee["half_factor"]) if rest * 2 <= MICRO else MICRO
    early = min(whole, full) * MICRO + (part if whole < full else 0)
    late = max(whole - full, 0) * MICRO + (part if whole >= full else 0)
    weight = early * MICRO + late * int(fee["later_factor"])
    return _day_cap(fee) * weight // (MICRO * MICRO)
