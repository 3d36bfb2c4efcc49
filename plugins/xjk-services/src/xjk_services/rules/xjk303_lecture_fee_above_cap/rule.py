"""XJK303: lecture fees above the cap per class hour for the lecturer's title on the day of the lecture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from xjk import EvidenceKey, Hit, LedgerView, Params

MICRO = 1_000_000

# The lectures of one person at one event are one row of the window, so that a fee cut into pieces is put together
# again and a reversal takes back what it reverses; a fee without an event stands alone. Others are held to the cap
# of an associate, as the measures refer them to it; without a title the highest cap applies.
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
    e.name as event_name,
    coalesce(e.starts_on_day, f.paid_on_day) as held_day,
    e.ends_on_day - e.starts_on_day + 1 as days,
    coalesce(e.event_id, f.fee_id) as engagement,
    coalesce(f.id_no, f.payee_name) as person,
    case coalesce(f.title, 'academician')
      when 'academician' then 'lecture_hour_max_academician'
      when 'senior' then 'lecture_hour_max_senior'
      else 'lecture_hour_max_associate'
    end as standard_key
  from service_fee f
  left join event e on e.event_id = f.event_id
  where f.kind = 'lecture'
    and (f.quantity_micro > 0 or f.amount_fen < 0)
),
engaged as (
  select
    g.service_fee_key, g.fee_id, g.unit_code, g.payee_name, g.paid_on_day, g.event_id, g.event_name, g.days,
    g.engagement, g.person,
    max(s.value) over (partition by g.unit_code, g.engagement, g.person) as cap_fen,
    h.value as half_day_hours,
    sum(g.amount_fen) over (partition by g.unit_code, g.engagement, g.person) as paid_fen,
    sum(coalesce(g.quantity_micro, 0)) over (partition by g.unit_code, g.engagement, g.person) as hours_micro
  from fee g
  join standard s
    on s.standard_key = g.standard_key
    and g.held_day between s.valid_from_day and s.valid_to_day
  join standard h
    on h.standard_key = 'lecture_hours_per_half_day'
    and g.held_day between h.valid_from_day and h.valid_to_day
)
select
  service_fee_key, fee_id, unit_code, payee_name, paid_on_day, event_id, event_name, days,
  engagement, person, cap_fen, half_day_hours, paid_fen, hours_micro
from engaged
where hours_micro > 0
  and (paid_fen * 1000000 > cap_fen * hours_micro or hours_micro > 2000000 * half_day_hours * days)
order by unit_code, engagement, person, fee_id
"""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per lecturer and event whose fee is above the cap."""
    rows = ledger.query(QUERY)
    for _, group in groupby(rows, key=lambda row: (row["unit_code"], row["engagement"], row["person"])):
        fees = list(group)
        first = fees[0]
        claimed = int(first["hours_micro"])
        hours = claimed
        if first["days"] is not None:
            hours = min(claimed, 2 * MICRO * int(first["half_day_hours"]) * int(first["days"]))
        allowed = int(first["cap_fen"]) * hours // MICRO
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
                "event_name": first["event_name"],
                "claimed_hours_micro": claimed,
                "hours_micro": hours,
                "hour_cap_fen": first["cap_fen"],
                "allowed_fen": allowed,
                "paid_fen": first["paid_fen"],
            },
        )
