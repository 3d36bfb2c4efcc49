-- One row per entry by which a unit booked money given to a subordinate office or institution as its own expense.
with below as (
  select
    u.parent_code as unit_code,
    u.unit_code as below_code,
    u.name as below_name,
    p.name as written,
    p.party_key
  from unit u
  join party p on p.unit_code = u.unit_code
  where u.kind in ('administrative', 'public_institution', 'township', 'subdistrict')
),
entry as (
  select
    v.voucher_line_key,
    v.unit_code,
    b.below_code,
    b.below_name,
    v.voucher_no,
    v.voucher_date_day,
    substr(v.voucher_date, 1, 4) as year,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as spent_fen
  from below b
  join voucher_line v on v.unit_code = b.unit_code and v.counterparty_name = b.written
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in ('expense_activity', 'expense_management', 'expense_other')
    and coalesce(v.voided, 0) = 0
    -- Invoices and contracts show that something was bought.
    and not exists (
      select 1
      from invoice_use i
      where i.unit_code = v.unit_code
        and i.voucher_no = v.voucher_no
        and i.voucher_date_day = v.voucher_date_day
    )
    and not exists (
      select 1
      from contract c
      join party q on q.name = c.party_name
      where c.unit_code = b.unit_code
        and q.party_key = b.party_key
    )
),
-- Money left with the entry: a debt that fell due or an advance that was accounted for is no transfer.
left_unit as (
  select distinct e.voucher_line_key
  from entry e
  join voucher_line o
    on o.unit_code = e.unit_code
    and o.voucher_no = e.voucher_no
    and o.voucher_date_day = e.voucher_date_day
  join account_role r
    on r.unit_code = o.unit_code
    and r.fiscal_year = o.fiscal_year
    and r.account_code = o.account_code
  where r.role in ('bank', 'zero_balance_quota', 'income_fiscal')
),
summed as (
  select
    e.voucher_line_key,
    e.unit_code,
    e.below_code,
    e.below_name,
    e.voucher_no,
    e.voucher_date_day,
    e.year,
    sum(e.spent_fen) over (partition by e.unit_code, e.below_code, e.year) as total_fen
  from entry e
  left join left_unit m on m.voucher_line_key = e.voucher_line_key
  where e.spent_fen < 0
    or m.voucher_line_key is not null
),
sent as (
  select y.payment_key, b.below_code, y.voucher_no, y.voucher_date_day
  from below b
  join payment y on y.unit_code = b.unit_code and y.payee_name = b.written
)
select
  s.unit_code,
  s.below_code || ':' || s.year as subject,
  s.total_fen as amount_fen,
  s.voucher_date_day as from_day,
  s.voucher_date_day as to_day,
  s.year as year,
  s.below_name as below_name,
  s.voucher_line_key,
  y.payment_key
from summed s
left join sent y
  on y.below_code = s.below_code
  and y.voucher_no = s.voucher_no
  and y.voucher_date_day = s.voucher_date_day
where s.total_fen >= :min_amount_fen
