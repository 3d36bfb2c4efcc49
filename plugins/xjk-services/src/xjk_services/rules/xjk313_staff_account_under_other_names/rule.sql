-- One row per fee of another name that went into the salary account of the unit's own staff.
with passed as (
  select
    f.service_fee_key,
    p.person_key,
    p.person_id,
    p.name as staff_name,
    f.unit_code,
    f.paid_on_day,
    f.amount_fen,
    other.party_key
  from service_fee f
  join person p
    on p.account_no = f.account_no
    and p.unit_code = f.unit_code
  join party other on other.name = f.payee_name
  join party own on own.name = p.name
  where other.party_key <> own.party_key
    and (f.id_no is null or p.id_no is null or f.id_no <> p.id_no)
),
summed as (
  select
    d.unit_code,
    d.person_id,
    count(distinct d.party_key) as names,
    count(*) as fees,
    sum(d.amount_fen) as total_fen
  from passed d
  group by d.unit_code, d.person_id
  having count(distinct d.party_key) >= :min_names
    and sum(d.amount_fen) >= :min_total_fen
)
select
  s.unit_code,
  s.person_id as subject,
  s.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.staff_name as staff_name,
  s.names as names,
  s.fees as fees,
  d.service_fee_key,
  d.person_key
from summed s
join passed d on d.person_id = s.person_id
