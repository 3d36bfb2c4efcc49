-- Pairs of works at one site that look like one job under two names and were paid about the same within half a year.
with job as (
  select
    j.project_code,
    j.project_key,
    j.unit_code,
    j.name,
    j.quantity_unit,
    j.claimed_quantity_micro,
    coalesce(j.awarded_on_day, j.started_on_day) as begun_day,
    replace(replace(j.site, ' ', ''), '　', '') as place,
    -- What is left of the name without the words that any works may bear.
    replace(replace(replace(replace(replace(j.name, ' ', ''), '　', ''), '工程', ''), '项目', ''), '建设', '') as core
  from project j
  where j.kind in ('works', 'repair')
),
paid as (
  select
    j.project_code,
    j.project_key,
    j.unit_code,
    j.name,
    j.quantity_unit,
    j.claimed_quantity_micro,
    j.begun_day,
    j.place,
    j.core,
    sum(y.amount_fen) as paid_fen,
    min(y.paid_on_day) as first_day
  from job j
  join payment y on y.project_code = j.project_code and y.unit_code = j.unit_code
  group by
    j.project_code, j.project_key, j.unit_code, j.name, j.quantity_unit, j.claimed_quantity_micro, j.begun_day,
    j.place, j.core
  having sum(y.amount_fen) >= :min_amount_fen
),
pair as (
  select
    a.unit_code,
    a.project_code as first_code,
    b.project_code as other_code,
    a.name as first_name,
    b.name as other_name,
    a.place,
    a.paid_fen as first_fen,
    b.paid_fen as other_fen,
    case when a.paid_fen < b.paid_fen then a.paid_fen else b.paid_fen end as smaller_fen,
    a.project_key as first_key,
    b.project_key as other_key
  from paid a
  join paid b on b.unit_code = a.unit_code and b.place = a.place
  -- Sections of one job are awarded together.
  where b.begun_day > a.begun_day
    and abs(b.first_day - a.first_day) <= :max_days
    and abs(b.paid_fen - a.paid_fen) * 100
      <= case when a.paid_fen > b.paid_fen then a.paid_fen else b.paid_fen end * :max_gap_pct
    and (
      b.core = a.core
      or (b.quantity_unit = a.quantity_unit and b.claimed_quantity_micro = a.claimed_quantity_micro)
    )
),
member as (
  select r.first_code, r.other_code, r.first_code as project_code
  from pair r
  union all
  select r.first_code, r.other_code, r.other_code as project_code
  from pair r
)
select
  r.unit_code,
  r.first_code || '|' || r.other_code as subject,
  r.smaller_fen as amount_fen,
  y.paid_on_day as from_day,
  y.paid_on_day as to_day,
  r.first_name as project_name,
  r.other_name as other_name,
  r.place as site,
  r.first_fen as paid_fen,
  r.other_fen as other_paid_fen,
  r.first_key as project_key,
  r.other_key as other__project_key,
  y.payment_key
from pair r
join member m on m.first_code = r.first_code and m.other_code = r.other_code
join payment y on y.project_code = m.project_code and y.unit_code = r.unit_code
