-- One row per event whose sign-in sheet is far shorter than the number of attendees claimed, and whose cost is
-- above the ceiling for those who signed.
with present as (
  select
    a.event_id,
    -- A name with and without its number counts twice here: the doubt goes to the unit.
    count(distinct a.person_name || '|' || coalesce(a.id_no, '')) as signed
  from attendance a
  group by a.event_id
),
held as (
  select
    e.event_key,
    e.event_id,
    e.unit_code,
    e.name,
    e.starts_on_day,
    e.ends_on_day,
    e.cost_fen,
    e.attendees,
    e.voucher_no,
    p.signed,
    -- Staff of the event are claimed but need not sign.
    p.signed + coalesce(e.staff_members, 0) as people,
    e.ends_on_day - e.starts_on_day + 1 + :travel_days as days,
    -- The class is often left empty; the highest standard is then the only one that cannot accuse wrongly.
    case e.kind
      when 'meeting' then
        case coalesce(e.grade, 1)
          when 1 then 'meeting_daily_max_1'
          when 2 then 'meeting_daily_max_2'
          when 3 then 'meeting_daily_max_3'
          when 4 then 'meeting_daily_max_4'
        end
      else
        case coalesce(e.grade, 1)
          when 1 then 'training_daily_max_1'
          when 2 then 'training_daily_max_2'
          when 3 then 'training_daily_max_3'
        end
    end as standard_key
  from present p
  join event e on e.event_id = p.event_id
  where e.ends_on_day >= e.starts_on_day
)
select
  h.unit_code,
  h.event_id as subject,
  h.cost_fen - s.value * h.people * h.days as amount_fen,
  h.starts_on_day as from_day,
  h.ends_on_day as to_day,
  h.name as event_name,
  h.attendees as attendees,
  h.signed as signed,
  h.attendees - h.people as missing,
  s.value * h.people * h.days as cap_fen,
  h.cost_fen as cost_fen,
  h.voucher_no as voucher_no,
  h.event_key
from held h
join standard s
  on s.standard_key = h.standard_key
  and h.starts_on_day between s.valid_from_day and s.valid_to_day
where h.attendees - h.people >= :min_missing
  and (h.attendees - h.people) * 100 >= h.attendees * :min_missing_pct
  and h.cost_fen - s.value * h.people * h.days >= :min_excess_fen
