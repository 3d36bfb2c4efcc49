-- Vouchers of the days at whose end the cash book stands below zero.
with opened as (
  select b.unit_code, b.fiscal_year, b.account_code, b.closing_fen as opening_fen, b.account_balance_key
  from account_balance b
  join account_role r
    on r.unit_code = b.unit_code
    and r.fiscal_year = b.fiscal_year
    and r.account_code = b.account_code
  where r.role = 'cash'
    and b.period = 0
),
-- The order of vouchers within a day says nothing.
daily as (
  select
    o.account_balance_key,
    o.unit_code,
    o.fiscal_year,
    o.account_code,
    o.opening_fen,
    v.voucher_date_day,
    sum(coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0)) as net_fen
  from opened o
  join voucher_line v
    on v.unit_code = o.unit_code
    and v.fiscal_year = o.fiscal_year
    and v.account_code = o.account_code
  where coalesce(v.voided, 0) = 0
  group by o.account_balance_key, o.unit_code, o.fiscal_year, o.account_code, o.opening_fen, v.voucher_date_day
),
standing as (
  select
    d.account_balance_key,
    d.unit_code,
    d.fiscal_year,
    d.account_code,
    d.voucher_date_day,
    d.opening_fen + sum(d.net_fen) over (partition by d.account_balance_key order by d.voucher_date_day) as closing_fen
  from daily d
),
short as (
  select
    s.account_balance_key,
    s.unit_code,
    s.fiscal_year,
    s.account_code,
    s.voucher_date_day,
    count(*) over (partition by s.account_balance_key) as days,
    -min(s.closing_fen) over (partition by s.account_balance_key) as deficit_fen
  from standing s
  where s.closing_fen < 0
)
select
  s.unit_code,
  s.account_code || '|' || substr(v.voucher_date, 1, 4) as subject,
  s.deficit_fen as amount_fen,
  s.voucher_date_day as from_day,
  s.voucher_date_day as to_day,
  s.account_code as account_code,
  s.days as days,
  s.account_balance_key,
  v.voucher_line_key
from short s
join voucher_line v
  on v.unit_code = s.unit_code
  and v.fiscal_year = s.fiscal_year
  and v.account_code = s.account_code
  and v.voucher_date_day = s.voucher_date_day
where s.deficit_fen >= :min_amount_fen
  and coalesce(v.voided, 0) = 0
