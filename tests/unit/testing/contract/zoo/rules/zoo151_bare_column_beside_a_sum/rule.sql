-- Payments under a contract, added up and held against what was agreed.
with paid as (
  select c.unit_code, c.contract_id, c.contract_key, c.amount_fen as agreed_fen, c.party_name,
         sum(p.amount_fen) as paid_fen
  from contract c
  join payment p on p.contract_id = c.contract_id and p.unit_code = c.unit_code
  group by c.unit_code, c.contract_id, c.contract_key, c.amount_fen
)
select unit_code,
       contract_id as subject,
       paid_fen - agreed_fen as amount_fen,
       contract_key,
       party_name,
       agreed_fen,
       paid_fen
from paid
where paid_fen - agreed_fen >= :min_excess_fen
