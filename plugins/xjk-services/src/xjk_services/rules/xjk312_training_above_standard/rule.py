"""XJK312: trainings that cost more than standard x people x days, with the days beyond thirty at 70 %."""

from __future__ import annotations

from collections.abc import Iterator

from xjk import EvidenceKey, Hit, LedgerView, Params

MICRO = 1_000_000

# SQL keeps the trainings above the ceiling that holds if every day counted least; the rest is exact arithmetic.
QUERY = """
with training as (
  select
    e.event_key,
    e.event_id,
    e.unit_code,
    e.name,
    e.starts_on_day,
    e.ends_on_day,
    e.cost_fen,
    e.voucher_no,
    e.attendees + :staff_besides * coalesce(e.staff_members, 0) as people,
    e.ends_on_day - e.starts_on_day + 1 + :travel_days as days,
    case coalesce(e.grade, 1)
      when 1 then 'training_daily_max_1'
      when 2 then 'training_daily_max_2'
      when 3 then 'training_daily_max_3'
    end as standard_key
  from event e
  where e.kind = 'training'
    and e.attendees > 0
    and e.ends_on_day >= e.starts_on_day
),
lectured as (
  select f.event_id, sum(f.amount_fen + coalesce(f.tax_withheld_fen, 0)) as lectures_fen
  from service_fee f
  where f.kind = 'lecture'
  group by f.event_id
)
select
  t.event_key, t.event_id, t.unit_code, t.name, t.starts_on_day, t.ends_on_day, t.cost_fen, t.voucher_no,
  t.people, t.days, s.value as standard_fen,
  coalesce(full_days.value, t.days) as full_days, coalesce(beyond.value, 1000000) as beyond_factor,
  coalesce(l.lectures_fen, 0) as lectures_fen
from training t
join standard s
  on s.standard_key = t.standard_key and t.starts_on_day between s.valid_from_day and s.valid_to_day
left join standard full_days
  on full_days.standard_key = 'training_full_days'
  and t.starts_on_day between full_days.valid_from_day and full_days.valid_to_day
left join standard beyond
  on beyond.standard_key = 'training_beyond_factor'
  and t.starts_on_day between beyond.valid_from_day and beyond.valid_to_day
left join lectured l on l.event_id = t.event_id
where t.cost_fen > s.value * t.people * t.days
  or t.days > full_days.value
order by t.event_id
"""


def detect(ledger: LedgerView, params: Params) -> Iterator[Hit]:
    """Yield one hit per training above its ceiling."""
    for row in ledger.query(QUERY, staff_besides=params.staff_besides, travel_days=params.travel_days):
        days, full = int(row["days"]), int(row["full_days"])
        weight = min(days, full) * MICRO + max(days - full, 0) * int(row["beyond_factor"])
        cap = int(row["standard_fen"]) * int(row["people"]) * weight // MICRO
        # Teachers are paid outside the ceiling, and some units book them into the cost of the training.
        excess = int(row["cost_fen"]) - int(row["lectures_fen"]) - cap
        if excess < params.min_excess:
            continue
        yield Hit(
            unit_code=str(row["unit_code"]),
            subject=str(row["event_id"]),
            amount_fen=excess,
            from_day=int(row["starts_on_day"]),
            to_day=int(row["ends_on_day"]),
            evidence=(EvidenceKey("event", str(row["event_key"])),),
            facts={
                "event_name": row["name"],
                "people": row["people"],
                "days": days,
                "standard_fen": row["standard_fen"],
                "cap_fen": cap,
                "cost_fen": row["cost_fen"],
                "lectures_fen": row["lectures_fen"],
                "voucher_no": row["voucher_no"],
            },
        )
