-- Large payments of units that have a superior.
select u.parent_code as unit_code,
       p.payment_id as subject,
       p.amount_fen,
       p.payment_key,
       p.payee_name
from payment p
join unit u on u.unit_code = p.unit_code
where u.parent_code is not null
  and p.amount_fen >= :min_amount_fen
