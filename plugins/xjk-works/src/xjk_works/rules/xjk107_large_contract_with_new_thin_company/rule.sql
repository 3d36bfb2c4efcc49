-- Large contracts with companies that were young when they signed, and have little capital and few staff.
with thin as (
  select
    e.enterprise_key,
    e.uscc,
    e.name,
    e.founded_on_day,
    e.registered_capital_fen,
    e.insured_staff,
    p.party_key
  from enterprise e
  join party p on p.name = e.name
  where e.kind in ('company', 'sole_trader')
    and e.declared_by is null
    and e.registered_capital_fen <= :max_capital_fen
    and e.insured_staff <= :max_staff
),
won as (
  select
    c.contract_key,
    c.unit_code,
    c.signed_on_day,
    t.enterprise_key,
    t.uscc,
    t.name,
    t.founded_on_day,
    t.registered_capital_fen,
    t.insured_staff,
    sum(c.amount_fen) over (partition by c.unit_code, t.uscc) as total_fen,
    count(*) over (partition by c.unit_code, t.uscc) as contracts
  from contract c
  join party q on q.name = c.party_name
  join thin t on t.party_key = q.party_key
  where coalesce(c.side, 'expense') = 'expense'
    and c.signed_on_day - t.founded_on_day <= :max_age_days
)
select
  w.unit_code,
  w.uscc as subject,
  w.total_fen as amount_fen,
  w.signed_on_day as from_day,
  w.signed_on_day as to_day,
  w.name as company,
  w.founded_on_day as founded_day,
  w.registered_capital_fen as capital_fen,
  w.insured_staff as staff,
  w.contracts as contracts,
  w.contract_key,
  w.enterprise_key
from won w
where w.total_fen >= :min_total_fen
