-- One row per payment for the canteen to an undeclared caterer in the unit's house, with neither lease nor contract.
with caterer as (
  select
    u.unit_code,
    e.uscc,
    e.enterprise_key,
    e.name,
    n.party_key
  from unit u
  join enterprise e on e.address = u.address
  join party n on n.name = e.name
  where e.declared_by is null
    and n.unit_code is null
    and exists (select 1 from text_tag t where t.text = e.scope and t.tag in ('hospitality', 'canteen'))
    and not exists (
      select 1
      from lease l
      join party d on d.name = l.tenant_name
      where l.unit_code = u.unit_code
        and d.party_key = n.party_key
    )
    and not exists (
      select 1
      from contract c
      join party k on k.name = c.party_name
      where c.unit_code = u.unit_code
        and k.party_key = n.party_key
    )
),
paid as (
  select
    c.unit_code,
    c.uscc,
    c.enterprise_key,
    c.name,
    y.payment_key,
    y.paid_on_day,
    sum(y.amount_fen) over (partition by c.unit_code, c.uscc) as total_fen,
    count(*) over (partition by c.unit_code, c.uscc) as payments
  from caterer c
  join party m on m.party_key = c.party_key
  join payment y
    on y.payee_name = m.name
    and y.unit_code = c.unit_code
  where exists (select 1 from text_tag t where t.text = y.purpose and t.tag = 'canteen')
)
select
  d.unit_code,
  d.uscc as subject,
  d.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.name as caterer,
  d.payments as payments,
  d.enterprise_key,
  d.payment_key
from paid d
where d.total_fen >= :min_total_fen
