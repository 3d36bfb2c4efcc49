-- One row per payment or fee that a subordinate gave to somebody on the roll of its superior and not on its own.
with above as (
  select
    u.unit_code,
    s.unit_code as superior_code,
    s.name as superior_name,
    p.person_key,
    p.name,
    p.id_no,
    p.account_no
  from unit u
  join unit s on s.unit_code = u.parent_code
  join person p on p.unit_code = s.unit_code
  left join person o on o.unit_code = u.unit_code and o.name = p.name
  where coalesce(p.status, 'active') = 'active'
    and o.person_key is null
),
-- A name alone proves nothing: the salary card or the identity number must agree.
paid as (
  select
    a.unit_code,
    a.superior_code,
    a.superior_name,
    a.person_key,
    y.paid_on_day,
    y.amount_fen,
    y.payment_key,
    null as service_fee_key
  from above a
  join payment y
    on y.unit_code = a.unit_code
    and y.payee_name = a.name
    and y.payee_account = a.account_no
  union all
  select
    a.unit_code,
    a.superior_code,
    a.superior_name,
    a.person_key,
    f.paid_on_day,
    f.amount_fen,
    null as payment_key,
    f.service_fee_key
  from above a
  join service_fee f on f.unit_code = a.unit_code and f.payee_name = a.name
  where (f.id_no = a.id_no or f.account_no = a.account_no)
    -- Lectures are asked of the superior's experts; a fee paid by the treasury is counted as the payment.
    and f.kind <> 'lecture'
    and not exists (
      select 1
      from payment y
      where y.unit_code = f.unit_code
        and y.payee_name = f.payee_name
        and y.paid_on_day = f.paid_on_day
    )
),
summed as (
  select
    d.unit_code,
    d.superior_code,
    sum(d.amount_fen) as total_fen,
    count(distinct d.person_key) as people
  from paid d
  group by d.unit_code, d.superior_code
  having sum(d.amount_fen) >= :min_total_fen
    and count(distinct d.person_key) >= :min_people
)
select
  d.unit_code,
  d.superior_code as subject,
  s.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.superior_name as superior_name,
  s.people as people,
  d.payment_key,
  d.service_fee_key,
  d.person_key
from summed s
join paid d on d.unit_code = s.unit_code
