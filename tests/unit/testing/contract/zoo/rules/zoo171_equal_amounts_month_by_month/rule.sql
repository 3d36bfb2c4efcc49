-- Payments of one amount to one payee, counted.
with counted as (
  select p.unit_code, p.payee_name, p.payment_key, p.paid_on_day,
         count(*) over (partition by p.unit_code, p.payee_name, p.amount_fen) as times,
         sum(p.amount_fen) over (partition by p.unit_code, p.payee_name, p.amount_fen) as total_fen
  from payment p
)
select unit_code,
       payee_name as subject,
       total_fen as amount_fen,
       paid_on_day as from_day,
       paid_on_day as to_day,
       payment_key,
       payee_name,
       times
from counted
where times >= :times
