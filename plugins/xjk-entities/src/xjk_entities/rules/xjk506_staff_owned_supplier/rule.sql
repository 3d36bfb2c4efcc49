-- One row per payment to a supplier in which somebody on the roll of the paying unit holds a post or a share.
with business as (
  select
    e.uscc,
    e.name,
    e.phone,
    n.party_key
  from enterprise e
  join party n on n.name = e.name
  -- Declared subsidiaries and bodies of the district may have staff of the unit in office; associations are XJK505.
  where e.declared_by is null
    and n.unit_code is null
    and coalesce(e.kind, 'other') not in ('association', 'foundation', 'union')
),
linked as (
  select
    b.uscc,
    b.name as supplier,
    b.party_key,
    q.enterprise_person_key,
    q.post,
    p.person_key,
    p.unit_code,
    p.name as person_name,
    p.status,
    p.status_on_day
  from enterprise_person q
  join business b on b.uscc = q.uscc
  join person p on p.id_no = q.id_no
  union all
  -- Where a number is missing, a name alone proves nothing: the telephone must agree as well.
  select
    b.uscc,
    b.name as supplier,
    b.party_key,
    q.enterprise_person_key,
    q.post,
    p.person_key,
    p.unit_code,
    p.name as person_name,
    p.status,
    p.status_on_day
  from enterprise_person q
  join business b on b.uscc = q.uscc
  join person p on p.name = q.name and p.phone = b.phone
  where q.id_no is null
    or p.id_no is null
),
paid as (
  select
    l.uscc,
    l.supplier,
    l.enterprise_person_key,
    l.post,
    l.person_key,
    l.unit_code,
    l.person_name,
    y.payment_key,
    y.paid_on_day,
    y.amount_fen
  from linked l
  join party m on m.party_key = l.party_key
  join payment y
    on y.payee_name = m.name
    and y.unit_code = l.unit_code
  where coalesce(l.status, 'active') = 'active'
    or (l.status in ('retired', 'left', 'deceased') and l.status_on_day > y.paid_on_day)
),
-- Several posts of one person, or several people, are one payment.
once as (
  select distinct
    d.unit_code,
    d.uscc,
    d.payment_key,
    d.amount_fen
  from paid d
),
summed as (
  select
    o.unit_code,
    o.uscc,
    sum(o.amount_fen) as total_fen,
    count(*) as payments
  from once o
  group by o.unit_code, o.uscc
  having sum(o.amount_fen) >= :min_total_fen
)
select
  s.unit_code,
  s.uscc as subject,
  s.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.supplier as supplier,
  d.person_name as person_name,
  case d.post
    when 'legal_rep' then '法定代表人'
    when 'operator' then '经营者'
    when 'shareholder' then '股东'
    when 'director' then '董事'
    when 'supervisor' then '监事'
    when 'manager' then '经理'
    when 'finance' then '财务人员'
  end as post_zh,
  d.post as post,
  s.payments as payments,
  d.payment_key,
  d.enterprise_person_key,
  d.person_key
from summed s
join paid d on d.uscc = s.uscc and d.unit_code = s.unit_code
