-- Sign-ins at trainings of people who had died, retired or left before the day, and serve nowhere else.
with gone as (
  select
    p.person_key,
    p.id_no,
    p.status_on_day,
    p.status
  from person p
  where not exists (
      select 1
      from person q
      where q.id_no = p.id_no
        and coalesce(q.status, 'active') in ('active', 'temporary')
    )
),
signed as (
  select
    e.unit_code,
    e.event_id,
    e.event_key,
    e.name,
    e.cost_fen,
    e.starts_on_day,
    e.ends_on_day,
    a.attendance_key,
    g.person_key,
    g.id_no,
    case when g.status = 'deceased' then 1 else 0 end as is_dead
  from gone g
  join attendance a on a.id_no = g.id_no
  join event e on e.event_id = a.event_id
  where e.kind = 'training'
    and g.status_on_day < a.day_day
),
counted as (
  select s.event_id, count(distinct s.id_no) as people, max(s.is_dead) as has_dead
  from signed s
  group by s.event_id
)
select
  s.unit_code,
  s.event_id as subject,
  s.cost_fen as amount_fen,
  s.starts_on_day as from_day,
  s.ends_on_day as to_day,
  s.name as event_name,
  c.people as people,
  s.event_key,
  s.attendance_key,
  s.person_key
from signed s
join counted c on c.event_id = s.event_id
where c.people >= :min_people
  or c.has_dead = 1
