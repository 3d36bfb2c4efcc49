-- Works of one unit, site, contractor and year, each below the limit for tenders and together at or above it.
with part as (
  select
    j.project_key,
    j.unit_code,
    j.contractor,
    j.contract_amount_fen,
    j.awarded_on_day,
    substr(j.awarded_on, 1, 4) as year,
    replace(replace(j.site, ' ', ''), '　', '') as place,
    p.party_key,
    s.value as limit_fen
  from project j
  join party p on p.name = j.contractor
  join standard s
    on s.standard_key = 'tender_works'
    and j.awarded_on_day between s.valid_from_day and s.valid_to_day
  where j.kind = 'works'
    and j.tender_method in ('negotiated', 'direct', 'none')
    and j.site is not null
    and j.contract_amount_fen < s.value
),
summed as (
  select
    t.project_key,
    t.unit_code,
    t.contractor,
    t.contract_amount_fen,
    t.awarded_on_day,
    t.year,
    t.place,
    t.party_key,
    count(*) over (partition by t.unit_code, t.place, t.party_key, t.year) as parts,
    sum(t.contract_amount_fen) over (partition by t.unit_code, t.place, t.party_key, t.year) as total_fen,
    max(t.limit_fen) over (partition by t.unit_code, t.place, t.party_key, t.year) as limit_fen
  from part t
)
select
  s.unit_code,
  s.party_key || '|' || s.place || '|' || s.year as subject,
  s.total_fen as amount_fen,
  s.awarded_on_day as from_day,
  s.awarded_on_day as to_day,
  s.project_key,
  s.contractor as contractor,
  s.place as site,
  s.parts as parts,
  s.limit_fen as limit_fen
from summed s
where s.total_fen >= s.limit_fen
