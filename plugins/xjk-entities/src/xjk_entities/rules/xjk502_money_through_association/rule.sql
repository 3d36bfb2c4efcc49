-- One row per payment to an association, and one per sum the association then paid to the payer's own staff.
with society as (
  select s.unit_code, s.name
  from unit s
  where s.kind = 'association'
),
given as (
  select
    y.unit_code,
    s.unit_code as society_code,
    s.name as society,
    y.payment_key,
    y.paid_on_day,
    y.amount_fen
  from society s
  join party m on m.unit_code = s.unit_code
  join payment y on y.payee_name = m.name
  where y.amount_fen > 0
),
handed as (
  select
    s.unit_code as society_code,
    p.unit_code,
    p.person_key,
    v.voucher_line_key,
    v.voucher_date_day,
    v.debit_fen
  from society s
  join voucher_line v on v.unit_code = s.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join person p
    on p.name = v.counterparty_name
    and p.account_no = v.counterparty_account
  where r.role in ('expense_activity', 'expense_management', 'expense_other')
    and v.debit_fen > 0
    and coalesce(v.voided, 0) = 0
),
passed as (
  select
    g.unit_code,
    g.society_code,
    g.society,
    g.payment_key,
    g.paid_on_day,
    g.amount_fen,
    h.person_key,
    h.voucher_line_key,
    h.voucher_date_day,
    h.debit_fen
  from given g
  join handed h
    on h.society_code = g.society_code
    and h.unit_code = g.unit_code
  where h.voucher_date_day between g.paid_on_day and g.paid_on_day + :days
),
-- One sum may follow several payments.
sums as (
  select distinct
    d.unit_code,
    d.society_code,
    d.person_key,
    d.voucher_line_key,
    d.debit_fen
  from passed d
),
summed as (
  select
    s.unit_code,
    s.society_code,
    sum(s.debit_fen) as total_fen,
    count(*) as sums,
    count(distinct s.person_key) as people
  from sums s
  group by s.unit_code, s.society_code
  having sum(s.debit_fen) >= :min_total_fen
    and count(distinct s.person_key) >= :min_people
)
select
  t.unit_code,
  t.society_code as subject,
  t.total_fen as amount_fen,
  d.paid_on_day as from_day,
  d.voucher_date_day as to_day,
  d.society as society,
  t.people as people,
  t.sums as sums,
  d.payment_key,
  d.voucher_line_key
from summed t
join passed d on d.unit_code = t.unit_code and d.society_code = t.society_code
