-- Payments without a contract to associations that took up most of what was spent of a project or budget item in a year.
with spent as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.payee_name,
    coalesce(y.project_code, y.item_code) as item_code,
    substr(y.paid_on, 1, 4) as year,
    y.amount_fen,
    case when p.kind = 'association' and y.contract_id is null then y.amount_fen else 0 end as society_fen
  from payment y
  join party p on p.name = y.payee_name
),
summed as (
  select
    s.payment_key,
    s.unit_code,
    s.paid_on_day,
    s.payee_name,
    s.item_code,
    s.year,
    s.society_fen,
    sum(s.amount_fen) over (partition by s.unit_code, s.item_code, s.year) as item_fen,
    sum(s.society_fen) over (partition by s.unit_code, s.item_code, s.year) as total_fen
  from spent s
  where s.item_code is not null
)
select
  s.unit_code,
  s.item_code || ':' || s.year as subject,
  s.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.item_code as item_code,
  s.year as year,
  s.payee_name as payee_name,
  s.item_fen as item_fen,
  s.payment_key
from summed s
where s.society_fen <> 0
  and s.total_fen >= :min_amount_fen
  and s.total_fen * 100 >= s.item_fen * :min_share_pct
