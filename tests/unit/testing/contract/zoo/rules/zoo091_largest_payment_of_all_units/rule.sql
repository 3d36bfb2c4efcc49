-- The largest payment, when no contract stands behind it.
select p.unit_code,
       p.payment_id as subject,
       p.amount_fen,
       p.payment_key,
       p.payee_name
from payment p
where p.contract_id is null
  and p.amount_fen >= (select max(q.amount_fen) from payment q)
