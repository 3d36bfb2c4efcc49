-- One row per signature at an event on a day in the middle of the person's own leave or trip.
with away as (
  select
    t.travel_key,
    t.travel_id,
    t.unit_code,
    t.kind,
    t.person_name,
    t.destination,
    a.attendance_key,
    a.day_day,
    e.event_key,
    e.name as event_name,
    s.value as standard_fen,
    count(*) over (partition by t.travel_id, a.day_day) as events_on_day
  from travel t
  join attendance a
    on a.person_name = t.person_name
    -- The first and the last day may be half days, so they prove nothing.
    and a.day_day > t.starts_on_day
    and a.day_day < t.ends_on_day
  join event e on e.event_id = a.event_id
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
    and a.day_day between s.valid_from_day and s.valid_to_day
  where a.id_no = t.id_no
    or ((a.id_no is null or t.id_no is null) and e.unit_code = t.unit_code)
),
kept as (
  select
    w.travel_key,
    w.travel_id,
    w.unit_code,
    w.kind,
    w.person_name,
    w.destination,
    w.attendance_key,
    w.day_day,
    w.event_key,
    sum(coalesce(w.standard_fen, 0)) over (partition by w.travel_id) as total_fen,
    count(*) over (partition by w.travel_id) as signatures
  from away w
  where (w.kind = 'leave' and w.events_on_day >= :min_events_on_leave)
    or (w.kind = 'trip' and w.events_on_day >= :min_events_on_trip)
)
select
  k.unit_code,
  k.travel_id as subject,
  k.total_fen as amount_fen,
  k.day_day as from_day,
  k.day_day as to_day,
  k.person_name as person_name,
  k.kind as travel_kind,
  k.destination as destination,
  k.signatures as signatures,
  k.travel_key,
  k.attendance_key,
  k.event_key
from kept k
