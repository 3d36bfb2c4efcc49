-- One row per event held on days off only, outside the plan and outside the designated venues.
with held as (
  select
    e.event_key,
    e.event_id,
    e.unit_code,
    e.name,
    e.venue,
    e.starts_on_day,
    e.ends_on_day,
    e.cost_fen,
    e.attendees
  from event e
  where e.planned = 0
    and e.designated_venue = 0
    and e.cost_fen >= :min_cost_fen
),
free as (
  select
    h.event_id,
    count(*) as days_off,
    max(c.name) as holiday
  from held h
  join calendar c
    on c.day between h.starts_on_day and h.ends_on_day
  -- Without the year's notice nobody knows which weekends were worked.
  where c.kind in ('weekend', 'holiday')
    and c.verified = 1
  group by h.event_id
),
signed as (
  select h.event_id, count(distinct a.person_name) as people
  from held h
  join attendance a on a.event_id = h.event_id
  group by h.event_id
)
select
  h.unit_code,
  h.event_id as subject,
  h.cost_fen as amount_fen,
  h.starts_on_day as from_day,
  h.ends_on_day as to_day,
  h.name as event_name,
  h.venue as venue,
  f.days_off as days,
  f.holiday as holiday,
  -- Nobody signed only where the unit supplied sign-ins at all.
  case
    when exists (
      select 1 from attendance a join event o on o.event_id = a.event_id where o.unit_code = h.unit_code
    ) then coalesce(s.people, 0)
  end as signed,
  h.event_key
from held h
join free f on f.event_id = h.event_id
left join signed s on s.event_id = h.event_id
where f.days_off = h.ends_on_day - h.starts_on_day + 1
  and (h.attendees is null or coalesce(s.people, 0) * 100 <= h.attendees * :max_signed_pct)
