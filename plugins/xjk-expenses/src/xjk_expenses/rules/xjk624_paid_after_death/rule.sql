-- One row per wage or allowance of a month after the one in which its receiver died.
with dead as (
  select
    p.person_key,
    p.person_id,
    p.unit_code,
    p.name,
    p.id_no,
    p.status_on_day,
    cast(replace(substr(p.status_on, 1, 7), '-', '') as integer) as died_month
  from person p
  where p.status = 'deceased'
),
later as (
  select
    y.unit_code,
    d.person_id,
    d.person_key,
    d.name,
    d.status_on_day,
    'payroll' as source,
    y.payroll_key as row_key,
    y.month as paid_month,
    y.amount_fen
  from dead d
  join payroll y on y.unit_code = d.unit_code and y.person_id = d.person_id
  where y.month > d.died_month
  union all
  select
    b.unit_code,
    d.person_id,
    d.person_key,
    d.name,
    d.status_on_day,
    'beneficiary' as source,
    b.beneficiary_key as row_key,
    cast(replace(substr(b.paid_on, 1, 7), '-', '') as integer) as paid_month,
    b.amount_fen
  from dead d
  join beneficiary b on b.id_no = d.id_no and b.name = d.name
  where cast(replace(substr(b.paid_on, 1, 7), '-', '') as integer) > d.died_month
),
summed as (
  select
    l.unit_code,
    l.person_id,
    count(distinct l.paid_month) as months,
    min(l.paid_month) as first_month,
    max(l.paid_month) as last_month,
    sum(l.amount_fen) as total_fen
  from later l
  group by l.unit_code, l.person_id
  having count(distinct l.paid_month) >= :min_months
    and sum(l.amount_fen) > 0
)
select
  s.unit_code,
  s.person_id as subject,
  s.total_fen as amount_fen,
  l.status_on_day as from_day,
  l.name as person_name,
  l.status_on_day as died_day,
  s.months as months,
  s.first_month as first_month,
  s.last_month as last_month,
  case when l.source = 'payroll' then l.row_key end as payroll_key,
  case when l.source = 'beneficiary' then l.row_key end as beneficiary_key,
  l.person_key
from summed s
join later l on l.unit_code = s.unit_code and l.person_id = s.person_id
