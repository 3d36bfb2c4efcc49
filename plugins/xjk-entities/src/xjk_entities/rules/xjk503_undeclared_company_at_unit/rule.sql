-- One row per payment to an undeclared enterprise that has the address or the telephone of a unit.
with house as (
  -- In a building of several offices nobody can tell whose guest an enterprise is.
  select u.address
  from unit u
  where u.kind not in ('association', 'union', 'canteen', 'enterprise')
  group by u.address
  having count(*) = 1
),
tied as (
  select u.unit_code, u.unit_key, e.uscc, 1 as tie
  from unit u
  join house h on h.address = u.address
  join enterprise e on e.address = u.address
  where u.kind not in ('association', 'union', 'canteen', 'enterprise')
  union all
  select u.unit_code, u.unit_key, e.uscc, 2 as tie
  from unit u
  join enterprise e on e.phone = u.phone
  where u.kind not in ('association', 'union', 'canteen', 'enterprise')
),
guest as (
  select
    t.unit_code,
    t.unit_key,
    e.uscc,
    e.enterprise_key,
    e.name,
    n.party_key,
    sum(t.tie) as tie
  from tied t
  join enterprise e on e.uscc = t.uscc
  join party n on n.name = e.name
  where e.declared_by is null
    and n.unit_code is null
    and n.kind not in ('association', 'foundation', 'union', 'bank')
    -- A tenant is there for all to see; whether the rent is booked is another question.
    and not exists (
      select 1
      from lease l
      join party d on d.name = l.tenant_name
      where l.unit_code = t.unit_code
        and d.party_key = n.party_key
    )
  group by t.unit_code, t.unit_key, e.uscc, e.enterprise_key, e.name, n.party_key
),
paid as (
  select
    g.unit_code,
    g.unit_key,
    g.uscc,
    g.enterprise_key,
    g.name,
    g.tie,
    y.payment_key,
    y.paid_on_day,
    sum(y.amount_fen) over (partition by g.unit_code, g.uscc) as total_fen,
    count(*) over (partition by g.unit_code, g.uscc) as payments
  from guest g
  join party m on m.party_key = g.party_key
  join payment y on y.payee_name = m.name
)
select
  d.unit_code,
  d.uscc as subject,
  d.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.name as company,
  case d.tie when 1 then '地址' when 2 then '电话' else '地址和电话' end as tie_zh,
  case d.tie when 1 then 'address' when 2 then 'telephone' else 'address and telephone' end as tie_en,
  d.payments as payments,
  d.enterprise_key,
  d.unit_key,
  d.payment_key
from paid d
where d.total_fen >= :min_total_fen
