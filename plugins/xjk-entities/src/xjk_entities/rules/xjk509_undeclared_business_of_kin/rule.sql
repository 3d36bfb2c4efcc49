-- One row per contract with an undeclared business that has the telephone or the salary account of the unit's staff.
with own_phone as (
  -- A number that several people give is that of a switchboard.
  select p.unit_code, p.phone
  from person p
  group by p.unit_code, p.phone
  having count(*) = 1
),
business as (
  select
    e.uscc,
    e.enterprise_key,
    e.name,
    e.phone,
    e.account_no,
    n.party_key
  from enterprise e
  join party n on n.name = e.name
  where e.declared_by is null
    and n.unit_code is null
    and n.kind not in ('association', 'foundation', 'union')
),
tied as (
  select
    b.uscc,
    b.enterprise_key,
    b.name,
    b.party_key,
    p.unit_code,
    p.person_key,
    p.name as person_name,
    p.status,
    p.status_on_day,
    1 as tie
  from business b
  join person p on p.phone = b.phone
  join own_phone h on h.unit_code = p.unit_code and h.phone = p.phone
  union all
  select
    b.uscc,
    b.enterprise_key,
    b.name,
    b.party_key,
    p.unit_code,
    p.person_key,
    p.name as person_name,
    p.status,
    p.status_on_day,
    2 as tie
  from business b
  join person p on p.account_no = b.account_no
),
signed as (
  select
    t.uscc,
    t.enterprise_key,
    t.name,
    t.unit_code,
    t.person_key,
    t.person_name,
    t.tie,
    c.contract_key,
    c.amount_fen,
    coalesce(c.signed_on_day, c.starts_on_day) as signed_day
  from tied t
  join party m on m.party_key = t.party_key
  join contract c
    on c.party_name = m.name
    and c.unit_code = t.unit_code
  where coalesce(c.side, 'expense') = 'expense'
    and (
      coalesce(t.status, 'active') in ('active', 'temporary')
      or t.status_on_day > coalesce(c.signed_on_day, c.starts_on_day)
    )
),
once as (
  select distinct
    s.unit_code,
    s.uscc,
    s.contract_key,
    s.amount_fen
  from signed s
),
summed as (
  select
    o.unit_code,
    o.uscc,
    sum(o.amount_fen) as total_fen,
    count(*) as contracts
  from once o
  group by o.unit_code, o.uscc
  having sum(o.amount_fen) >= :min_total_fen
)
select
  s.unit_code,
  s.uscc as subject,
  s.total_fen as amount_fen,
  d.signed_day as from_day,
  d.signed_day as to_day,
  d.name as business,
  d.person_name as person_name,
  case d.tie when 1 then '登记电话' else '收款账号' end as tie_zh,
  case d.tie when 1 then 'telephone' else 'account' end as tie_en,
  s.contracts as contracts,
  d.enterprise_key,
  d.person_key,
  d.contract_key
from summed s
join signed d on d.uscc = s.uscc and d.unit_code = s.unit_code
