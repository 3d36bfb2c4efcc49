-- One row per signature that a person gave on the same day at an event in another place.
with twice as (
  select
    a.attendance_key as first_key,
    b.attendance_key as other_key,
    a.person_name,
    a.day_day,
    e.event_key as first_event_key,
    o.event_key as other_event_key,
    e.event_id as first_event,
    o.event_id as other_event,
    e.unit_code,
    e.name as first_name,
    o.name as other_name,
    e.venue as first_venue,
    o.venue as other_venue,
    s.value as standard_fen
  from attendance a
  join attendance b
    on b.person_name = a.person_name
    and b.day_day = a.day_day
    and b.event_id > a.event_id
  join event e on e.event_id = a.event_id
  join event o on o.event_id = b.event_id
  left join standard s
    on s.standard_key = case e.kind
      when 'meeting' then
        case e.grade
          when 1 then 'meeting_daily_max_1'
          when 2 then 'meeting_daily_max_2'
          when 3 then 'meeting_daily_max_3'
          else 'meeting_daily_max_4'
        end
      else
        case e.grade
          when 1 then 'training_daily_max_1'
          when 2 then 'training_daily_max_2'
          else 'training_daily_max_3'
        end
    end
    and e.starts_on_day between s.valid_from_day and s.valid_to_day
  where e.venue <> o.venue
    and (
      a.id_no = b.id_no
      -- Without numbers a name means one person only within one unit.
      or ((a.id_no is null or b.id_no is null) and e.unit_code = o.unit_code)
    )
),
pair as (
  select
    t.first_event,
    t.other_event,
    count(distinct t.person_name) as people,
    sum(coalesce(t.standard_fen, 0)) as standards_fen
  from twice t
  group by t.first_event, t.other_event
  having count(distinct t.person_name) >= :min_people
)
select
  t.unit_code,
  t.first_event || '|' || t.other_event as subject,
  p.standards_fen as amount_fen,
  t.day_day as from_day,
  t.day_day as to_day,
  t.first_name as event_name,
  t.other_name as other_name,
  t.first_venue as venue,
  t.other_venue as other_venue,
  p.people as people,
  t.first_event_key as event_key,
  t.other_event_key as other__event_key,
  t.first_key as attendance_key,
  t.other_key as other__attendance_key
from pair p
join twice t on t.first_event = p.first_event and t.other_event = p.other_event
