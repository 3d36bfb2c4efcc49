-- Expenses booked against another payable, without cash, of which the named creditor was never paid anything.
with payable as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_no,
    v.voucher_date_day,
    v.summary,
    v.counterparty_name,
    p.party_key,
    coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0) as owed_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role = 'other_payable'
    and coalesce(v.voided, 0) = 0
),
credit as (
  select
    y.voucher_line_key,
    y.unit_code,
    y.voucher_no,
    y.voucher_date_day,
    y.counterparty_name,
    y.party_key,
    y.owed_fen
  from payable y
  where y.owed_fen > 0
    -- wages and taxes withheld and sums kept as security are owed to others by nature
    and not exists (
      select 1 from text_tag t where t.text = y.summary and t.tag in ('collected_for_others', 'deposit')
    )
),
entry as (
  select
    c.voucher_line_key as payable_key,
    v.voucher_line_key,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen,
    case
      when r.role in (
        'expense_activity', 'expense_management', 'expense_operating', 'expense_other', 'expense_earmarked',
        'expense_cost'
      ) then 'expense'
      when r.role in ('cash', 'bank', 'zero_balance_quota', 'other_monetary', 'income_fiscal') then 'cash'
      else 'other'
    end as side
  from credit c
  join voucher_line v
    on v.unit_code = c.unit_code
    and v.voucher_no = c.voucher_no
    and v.voucher_date_day = c.voucher_date_day
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
),
booked as (
  select e.payable_key
  from entry e
  group by e.payable_key
  having max(case when e.side = 'cash' then 1 else 0 end) = 0
    and sum(case when e.side = 'expense' then e.net_fen else 0 end) > 0
),
settled as (
  select
    y.unit_code,
    y.party_key,
    max(y.voucher_date_day) as settled_day
  from payable y
  where y.owed_fen < 0
  group by y.unit_code, y.party_key
),
-- How far the books of each unit go: what they do not cover may have been paid.
newest as (
  select
    v.unit_code,
    max(v.voucher_date_day) as booked_until_day
  from voucher_line v
  group by v.unit_code
),
unpaid as (
  select
    c.voucher_line_key,
    c.unit_code,
    c.voucher_date_day,
    c.counterparty_name,
    c.party_key,
    n.booked_until_day,
    sum(c.owed_fen) over (partition by c.unit_code, c.party_key) as total_fen
  from booked b
  join credit c on c.voucher_line_key = b.payable_key
  join newest n on n.unit_code = c.unit_code
  left join settled s on s.unit_code = c.unit_code and s.party_key = c.party_key
  where n.booked_until_day - c.voucher_date_day >= :wait_days
    and (s.settled_day is null or s.settled_day < c.voucher_date_day)
)
select
  u.unit_code,
  u.party_key as subject,
  u.total_fen as amount_fen,
  u.voucher_date_day as from_day,
  u.voucher_date_day as to_day,
  u.counterparty_name as creditor_name,
  u.booked_until_day as booked_until_day,
  e.voucher_line_key
from unpaid u
join entry e on e.payable_key = u.voucher_line_key
where u.total_fen >= :min_amount_fen
  and (e.side = 'expense' or e.voucher_line_key = e.payable_key)
