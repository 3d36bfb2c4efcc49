-- Meetings and trainings of some cost at a hotel that is marked as not designated.
select
  e.unit_code,
  e.event_id as subject,
  e.cost_fen as amount_fen,
  e.starts_on_day as from_day,
  e.ends_on_day as to_day,
  e.name as event_name,
  e.venue as venue,
  e.event_key
from event e
where e.designated_venue = 0
  and e.cost_fen >= :min_cost_fen
  and exists (select 1 from text_tag t where t.text = e.venue and t.tag = 'hotel')
