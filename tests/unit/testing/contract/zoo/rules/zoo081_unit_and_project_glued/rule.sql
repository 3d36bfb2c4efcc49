-- Payments of a unit to a project, added up.
with paid as (
  select p.unit_code, p.project_code, p.payment_key,
         sum(p.amount_fen) over (partition by p.unit_code || ',' || p.project_code) as total_fen
  from payment p
  where p.project_code is not null
)
select unit_code,
       project_code as subject,
       total_fen as amount_fen,
       payment_key,
       project_code
from paid
where total_fen >= :min_total_fen
