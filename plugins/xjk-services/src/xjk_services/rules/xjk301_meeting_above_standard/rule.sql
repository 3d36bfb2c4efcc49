-- One row per meeting that cost more than standard x people x days.
with meeting as (
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
    -- The class is often left empty; the highest standard is then the only one that cannot accuse wrongly.
    case coalesce(e.grade, 1)
      when 1 then 'meeting_daily_max_1'
      when 2 then 'meeting_daily_max_2'
      when 3 then 'meeting_daily_max_3'
      when 4 then 'meeting_daily_max_4'
    end as standard_key
  from event e
  where e.kind = 'meeting'
    and e.attendees > 0
    and e.ends_on_day >= e.starts_on_day
)
select
  m.unit_code,
  m.event_id as subject,
  m.cost_fen - s.value * m.people * m.days as amount_fen,
  m.starts_on_day as from_day,
  m.ends_on_day as to_day,
  m.name as event_name,
  m.people as people,
  m.days as days,
  s.value as standard_fen,
  s.value * m.people * m.days as cap_fen,
  m.cost_fen as cost_fen,
  m.voucher_no as voucher_no,
  m.event_key
from meeting m
join standard s
  on s.standard_key = m.standard_key
  and m.starts_on_day between s.valid_from_day and s.valid_to_day
where m.cost_fen - s.value * m.people * m.days >= :min_excess_fen
