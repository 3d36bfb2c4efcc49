-- Allowances that went to salary cards of the unit's staff under the classes of goods and services.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.purpose,
    s.person_key,
    s.person_id,
    s.name,
    substr(y.paid_on, 1, 4) as paid_year
  from person s
  join payment y
    on y.payee_name = s.name
    and y.payee_account = s.account_no
    and y.unit_code = s.unit_code
  where coalesce(s.status, 'active') = 'active'
    and substr(y.econ_class, 1, 3) = '302'
    -- travel, labour, union, welfare and transport classes hold allowances of their own
    and y.econ_class not in ('30211', '30226', '30228', '30229', '30239')
    and exists (select 1 from text_tag t where t.text = y.purpose and t.tag = 'allowance')
),
summed as (
  select
    d.payment_key,
    d.person_key,
    d.unit_code,
    d.person_id,
    d.name,
    d.purpose,
    d.paid_year,
    d.paid_on_day,
    sum(d.amount_fen) over (partition by d.unit_code, d.person_id, d.paid_year) as total_fen,
    count(*) over (partition by d.unit_code, d.person_id, d.paid_year) as payments
  from paid d
)
select
  s.unit_code,
  s.person_id || '|' || s.paid_year as subject,
  s.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.name as person_name,
  s.purpose as purpose,
  s.payments as payments,
  s.payment_key,
  s.person_key
from summed s
where s.total_fen >= :min_total_fen
