-- One row per service fee that a unit paid to somebody on its own roll at that time.
with paid as (
  select
    f.service_fee_key,
    p.person_key,
    p.person_id,
    p.name,
    f.unit_code,
    f.paid_on_day,
    f.amount_fen
  from service_fee f
  join person p
    on p.name = f.payee_name
    and p.unit_code = f.unit_code
  -- A name alone proves nothing: the identity number or the salary account must agree.
  where (f.id_no = p.id_no or (f.account_no = p.account_no and (f.id_no is null or p.id_no is null)))
    and (f.kind <> 'lecture' or :include_lectures = 1)
    and (
      coalesce(p.status, 'active') = 'active'
      or (p.status in ('retired', 'left', 'deceased') and p.status_on_day > f.paid_on_day)
    )
),
summed as (
  select
    d.service_fee_key,
    d.person_key,
    d.person_id,
    d.name,
    d.unit_code,
    d.paid_on_day,
    sum(d.amount_fen) over (partition by d.unit_code, d.person_id) as total_fen,
    count(*) over (partition by d.unit_code, d.person_id) as fees
  from paid d
)
select
  s.unit_code,
  s.person_id as subject,
  s.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.name as person_name,
  s.fees as fees,
  s.service_fee_key,
  s.person_key
from summed s
where s.total_fen >= :min_total_fen
