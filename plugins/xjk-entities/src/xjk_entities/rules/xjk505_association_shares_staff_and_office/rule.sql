-- One row per payment of a unit to an association in its own house that its staff run.
with housed as (
  select
    u.unit_code,
    e.uscc,
    e.enterprise_key,
    e.name,
    n.party_key
  from unit u
  join enterprise e on e.address = u.address
  join party n on n.name = e.name
  where u.kind in ('administrative', 'public_institution', 'township', 'subdistrict')
    and n.kind in ('association', 'foundation')
),
officer as (
  select
    h.unit_code,
    h.uscc,
    h.enterprise_key,
    h.name,
    h.party_key,
    q.enterprise_person_key,
    q.post,
    p.person_key,
    p.name as person_name
  from housed h
  join enterprise_person q on q.uscc = h.uscc
  join person p
    on p.id_no = q.id_no
    and p.unit_code = h.unit_code
  where coalesce(p.status, 'active') = 'active'
),
receipts as (
  select
    h.unit_code,
    h.uscc,
    y.payment_key,
    y.paid_on_day,
    sum(y.amount_fen) over (partition by h.unit_code, h.uscc) as total_fen,
    count(*) over (partition by h.unit_code, h.uscc) as payments
  from housed h
  join party m on m.party_key = h.party_key
  join payment y
    on y.payee_name = m.name
    and y.unit_code = h.unit_code
)
select
  r.unit_code,
  r.uscc as subject,
  r.total_fen as amount_fen,
  r.paid_on_day as from_day,
  r.paid_on_day as to_day,
  o.name as association,
  o.person_name as person_name,
  case o.post
    when 'legal_rep' then '法定代表人'
    when 'director' then '理事'
    when 'supervisor' then '监事'
    when 'manager' then '秘书长'
    when 'finance' then '财务人员'
    else '负责人员'
  end as post_zh,
  o.post as post,
  r.payments as payments,
  o.enterprise_key,
  o.enterprise_person_key,
  o.person_key,
  r.payment_key
from receipts r
join officer o on o.uscc = r.uscc and o.unit_code = r.unit_code
where r.total_fen >= :min_total_fen
