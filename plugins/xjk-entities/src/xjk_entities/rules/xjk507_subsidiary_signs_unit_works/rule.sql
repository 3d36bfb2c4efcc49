-- Sums a subsidiary paid to the staff of the unit above it, each with the income from outside that came just before.
with posted as (
  select
    f.unit_code as firm_code,
    f.name as firm,
    f.parent_code as unit_code,
    v.voucher_line_key,
    v.voucher_date_day,
    v.debit_fen,
    v.credit_fen,
    v.counterparty_name,
    v.counterparty_account,
    r.role
  from unit f
  join voucher_line v on v.unit_code = f.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where f.kind = 'enterprise'
    and coalesce(v.voided, 0) = 0
),
earned as (
  select
    t.firm_code,
    t.voucher_line_key,
    t.voucher_date_day
  from posted t
  join party m on m.name = t.counterparty_name
  where t.role = 'income_operating'
    and t.credit_fen > 0
    and m.unit_code is null
),
handed as (
  select
    t.firm_code,
    t.firm,
    t.unit_code,
    t.voucher_line_key,
    t.voucher_date_day,
    t.debit_fen,
    p.person_key
  from posted t
  join person p
    on p.name = t.counterparty_name
    and p.account_no = t.counterparty_account
    and p.unit_code = t.unit_code
  where t.role in ('expense_operating', 'expense_management', 'expense_other')
    and t.debit_fen > 0
),
worked as (
  select
    h.firm_code,
    h.firm,
    h.unit_code,
    h.voucher_line_key as pay_key,
    h.voucher_date_day as pay_day,
    h.debit_fen,
    h.person_key,
    e.voucher_line_key as income_key,
    e.voucher_date_day as income_day
  from handed h
  join earned e on e.firm_code = h.firm_code
  where e.voucher_date_day between h.voucher_date_day - :days and h.voucher_date_day
),
-- One sum may follow several customers.
sums as (
  select distinct w.unit_code, w.firm_code, w.pay_key, w.debit_fen, w.person_key
  from worked w
),
summed as (
  select
    s.unit_code,
    s.firm_code,
    sum(s.debit_fen) as total_fen,
    count(*) as sums,
    count(distinct s.person_key) as people
  from sums s
  group by s.unit_code, s.firm_code
  having sum(s.debit_fen) >= :min_total_fen
    and count(distinct s.person_key) >= :min_people
)
select
  t.unit_code,
  t.firm_code as subject,
  t.total_fen as amount_fen,
  w.income_day as from_day,
  w.pay_day as to_day,
  w.firm as firm,
  t.people as people,
  t.sums as sums,
  w.person_key,
  w.pay_key as pay__voucher_line_key,
  w.income_key as income__voucher_line_key
from summed t
join worked w on w.firm_code = t.firm_code
