-- One row per labour fee that a unit paid to one of many companies in a year, without a contract.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    substr(y.paid_on, 1, 4) as paid_year,
    y.paid_on_day,
    y.amount_fen,
    y.contract_id,
    p.party_key
  from payment y
  join party p on p.name = y.payee_name
  where p.kind in ('company', 'sole_trader')
    and p.unit_code is null
    and (y.contract_id is null or :contracted_too = 1)
    and (
      y.econ_class = '30226'
      or (
        y.econ_class is null
        and exists (select 1 from text_tag t where t.text = y.purpose and t.tag = 'labour')
      )
    )
),
company as (
  select
    d.unit_code,
    d.paid_year,
    d.party_key,
    sum(d.amount_fen) as company_fen,
    count(d.contract_id) as contracted
  from paid d
  group by d.unit_code, d.paid_year, d.party_key
  having sum(d.amount_fen) >= :min_each_fen
),
unit_year as (
  select
    c.unit_code,
    c.paid_year,
    count(*) as companies,
    sum(c.company_fen) as total_fen,
    sum(c.contracted) as contracted
  from company c
  group by c.unit_code, c.paid_year
  having count(*) >= :min_companies
    and sum(c.company_fen) >= :min_total_fen
)
select
  u.unit_code,
  u.paid_year as subject,
  u.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  u.companies as companies,
  u.paid_year as paid_year,
  u.contracted as contracted,
  d.payment_key
from unit_year u
join company c on c.unit_code = u.unit_code and c.paid_year = u.paid_year
join paid d on d.unit_code = c.unit_code and d.paid_year = c.paid_year and d.party_key = c.party_key
