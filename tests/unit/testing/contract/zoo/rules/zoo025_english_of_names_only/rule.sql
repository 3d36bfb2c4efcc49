-- Payments under a contract, added up and held against what was agreed.
with paid as (
  select c.unit_code, c.contract_id, c.contract_key, c.party_name, c.amount_fen as agreed_fen,
         p.payment_key, p.paid_on_day,
         sum(p.amount_fen) over (partition by c.contract_id) as paid_fen
  from contract c
  join payment p on p.contract_id = c.contract_id and p.unit_code = c.unit_code
)
select unit_code,
       contract_id as subject,
       paid_fen - agreed_fen as amount_fen,
       paid_on_day as from_day,
       paid_on_day as to_day,
       contract_key,
       payment_key,
       party_name,
       agreed_fen,
       paid_fen
from paid
where paid_fen - agreed_fen >= :min_excess_fen
