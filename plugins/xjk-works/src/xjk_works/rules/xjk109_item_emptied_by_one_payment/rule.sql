-- Budget items and projects of a year that consist of one large payment without a contract.
with item_payment as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.contract_id,
    y.payee_name,
    y.purpose,
    substr(y.paid_on, 1, 4) as year,
    cast(substr(y.paid_on, 1, 4) as integer) as fiscal_year,
    coalesce(y.project_code, y.item_code) as item
  from payment y
),
counted as (
  select p.unit_code, p.item, p.year
  from item_payment p
  group by p.unit_code, p.item, p.year
  having count(*) = 1
)
select
  c.unit_code,
  c.item || '|' || c.year as subject,
  p.amount_fen as amount_fen,
  p.paid_on_day as from_day,
  p.paid_on_day as to_day,
  coalesce(j.name, b.item_name, c.item) as item_name,
  p.payee_name as payee_name,
  coalesce(p.purpose, '—') as purpose,
  p.payment_key,
  b.budget_key
from counted c
join item_payment p on p.unit_code = c.unit_code and p.item = c.item and p.year = c.year
join party q on q.name = p.payee_name
left join project j on j.project_code = c.item
left join budget b
  on b.unit_code = p.unit_code
  and b.item_code = p.item
  and b.fiscal_year = p.fiscal_year
where p.contract_id is null
  and p.amount_fen >= :min_amount_fen
  and q.kind not in ('public_body', 'bank')
