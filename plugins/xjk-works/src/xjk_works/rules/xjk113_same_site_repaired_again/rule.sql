-- Repairs of the same size at the same site that began while an earlier one was still under warranty, both paid.
with job as (
  select
    j.project_code,
    j.project_key,
    j.unit_code,
    j.name,
    j.kind,
    j.quantity_unit,
    j.claimed_quantity_micro,
    j.started_on_day,
    j.accepted_on_day,
    replace(replace(j.site, ' ', ''), '　', '') as place
  from project j
  where j.kind in ('works', 'repair')
),
again as (
  select
    b.unit_code,
    b.place,
    a.project_code as first_code,
    a.project_key as first_key,
    a.name as first_name,
    a.accepted_on_day,
    b.project_code,
    b.project_key,
    b.name,
    b.started_on_day
  from job a
  join job b on b.unit_code = a.unit_code and b.place = a.place and b.quantity_unit = a.quantity_unit
  where b.kind = 'repair'
    and b.started_on_day > a.accepted_on_day
    and b.started_on_day - a.accepted_on_day <= :warranty_days
    and a.claimed_quantity_micro > 0
    and abs(b.claimed_quantity_micro - a.claimed_quantity_micro) * 100 <= a.claimed_quantity_micro * :max_gap_pct
),
member as (
  select g.first_code, g.project_code, g.first_code as paid_code
  from again g
  union all
  select g.first_code, g.project_code, g.project_code as paid_code
  from again g
),
paid as (
  select m.first_code, m.project_code, y.payment_key, y.paid_on_day,
    sum(case when m.paid_code = m.project_code then y.amount_fen else 0 end) over (
      partition by m.first_code, m.project_code
    ) as again_fen,
    sum(case when m.paid_code = m.first_code then y.amount_fen else 0 end) over (
      partition by m.first_code, m.project_code
    ) as first_fen
  from member m
  join again g on g.first_code = m.first_code and g.project_code = m.project_code
  join payment y on y.project_code = m.paid_code and y.unit_code = g.unit_code
)
select
  g.unit_code,
  g.project_code as subject,
  p.again_fen as amount_fen,
  p.paid_on_day as from_day,
  p.paid_on_day as to_day,
  g.name as project_name,
  g.first_name as first_name,
  g.place as site,
  g.accepted_on_day as accepted_day,
  g.started_on_day as started_day,
  g.started_on_day - g.accepted_on_day as days,
  p.first_fen as first_paid_fen,
  g.project_key,
  g.first_key as first__project_key,
  p.payment_key
from again g
join paid p on p.first_code = g.first_code and p.project_code = g.project_code
where p.again_fen >= :min_amount_fen
  and p.first_fen >= :min_amount_fen
