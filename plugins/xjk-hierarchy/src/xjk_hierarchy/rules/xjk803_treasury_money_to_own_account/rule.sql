-- Treasury payments of a year whose payee is the paying unit itself.
with own as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.purpose,
    u.name as unit_name,
    substr(y.paid_on, 1, 4) as year
  from payment y
  join party p on p.name = y.payee_name
  join unit u on u.unit_code = y.unit_code and u.unit_code = p.unit_code
  where coalesce(y.mode, '') <> 'own_funds'
    -- Wages and allowances to persons pass through an account of the unit on their way to the cards.
    and substr(coalesce(y.econ_class, ''), 1, 3) not in ('301', '303')
    and not exists (
      select 1
      from text_tag g
      where g.text = y.purpose
        and g.tag in ('cash', 'collected_for_others')
    )
),
summed as (
  select
    o.payment_key,
    o.unit_code,
    o.paid_on_day,
    o.purpose,
    o.unit_name,
    o.year,
    sum(o.amount_fen) over (partition by o.unit_code, o.year) as total_fen
  from own o
)
select
  s.unit_code,
  s.year as subject,
  s.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.year as year,
  s.unit_name as unit_name,
  coalesce(s.purpose, '') as purpose,
  s.payment_key
from summed s
where s.total_fen >= :min_amount_fen
