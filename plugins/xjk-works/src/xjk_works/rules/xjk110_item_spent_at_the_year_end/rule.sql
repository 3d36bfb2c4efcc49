-- Projects and budget items of which most of the year's payments fall into its last months.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    substr(y.paid_on, 1, 4) as year,
    cast(substr(y.paid_on, 1, 4) as integer) as fiscal_year,
    coalesce(y.project_code, y.item_code) as item,
    case when cast(substr(y.paid_on, 6, 2) as integer) >= :from_month then 1 else 0 end as is_late
  from payment y
  where y.contract_id is null
    -- Wages and aid are paid when they are due.
    and substr(coalesce(y.econ_class, ''), 1, 3) not in ('301', '303')
),
yearly as (
  select
    p.unit_code,
    p.item,
    p.year,
    p.fiscal_year,
    sum(p.amount_fen) as total_fen,
    sum(case when p.is_late = 1 then p.amount_fen else 0 end) as late_fen
  from paid p
  group by p.unit_code, p.item, p.year, p.fiscal_year
)
select
  t.unit_code,
  t.item || '|' || t.year as subject,
  t.late_fen as amount_fen,
  p.paid_on_day as from_day,
  p.paid_on_day as to_day,
  t.item as item,
  t.year as year,
  t.total_fen as total_fen,
  coalesce(j.name, b.item_name, t.item) as item_name,
  p.payment_key,
  b.budget_key
from yearly t
join paid p on p.unit_code = t.unit_code and p.item = t.item and p.year = t.year
left join project j on j.project_code = t.item
left join budget b
  on b.unit_code = t.unit_code
  and b.item_code = t.item
  and b.fiscal_year = t.fiscal_year
where p.is_late = 1
  and t.late_fen >= :min_amount_fen
  and t.late_fen * 100 >= t.total_fen * :min_share_pct
