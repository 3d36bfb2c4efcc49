-- Payments to a payee that had never been paid before and at once took a large share of what the unit paid in the year.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    y.payee_name,
    y.paid_on_day,
    y.amount_fen,
    y.contract_id,
    p.party_key,
    p.kind,
    p.unit_code as payee_unit_code,
    substr(y.paid_on, 1, 4) as year
  from payment y
  join party p on p.name = y.payee_name
  -- 301 are wages, 303 is aid to persons.
  where substr(coalesce(y.econ_class, ''), 1, 3) not in ('301', '303')
),
measured as (
  select
    d.payment_key,
    d.unit_code,
    d.payee_name,
    d.paid_on_day,
    d.party_key,
    d.kind,
    d.payee_unit_code,
    d.year,
    min(d.paid_on_day) over (partition by d.unit_code) as book_day,
    min(d.paid_on_day) over (partition by d.unit_code, d.party_key) as first_day,
    sum(d.amount_fen) over (partition by d.unit_code, d.year) as year_fen,
    sum(d.amount_fen) over (partition by d.unit_code, d.party_key, d.year) as payee_fen,
    count(*) over (partition by d.unit_code, d.party_key, d.year) as payments,
    max(case when d.contract_id is not null then 1 else 0 end) over (partition by d.unit_code, d.party_key) as has_contract
  from paid d
)
select
  m.unit_code,
  m.party_key || '|' || m.year as subject,
  m.payee_fen as amount_fen,
  m.paid_on_day as from_day,
  m.paid_on_day as to_day,
  m.payee_name as payee_name,
  m.year as year,
  m.payments as payments,
  m.year_fen as year_total_fen,
  m.payment_key
from measured m
where m.first_day >= m.book_day + :known_days
  and m.paid_on_day < m.first_day + 366
  and m.payee_fen >= :min_amount_fen
  and m.payee_fen * 100 >= m.year_fen * :min_share_pct
  and m.has_contract = 0
  and m.kind not in ('public_body', 'bank', 'person')
  and m.payee_unit_code is null
  and not exists (
    select 1
    from contract c
    join party q on q.name = c.party_name
    where c.unit_code = m.unit_code
      and q.party_key = m.party_key
  )
