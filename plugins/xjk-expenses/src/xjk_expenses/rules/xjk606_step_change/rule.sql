-- A month in which an expense account is many times what it was, mostly through a payee that it never had before.
with line as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    substr(v.voucher_date, 1, 7) as month,
    cast(substr(v.voucher_date, 1, 4) as integer) * 12 + cast(substr(v.voucher_date, 6, 2) as integer) as month_number,
    v.account_code,
    v.account_name,
    v.counterparty_name,
    r.role,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen,
    -- Vouchers that close the accounts into the surplus of the year.
    max(
      case
        when r.role in (
          'current_surplus', 'accumulated_surplus', 'fiscal_carryover', 'non_fiscal_carryover', 'service_surplus',
          'operating_surplus', 'non_fiscal_surplus'
        ) then 1
        else 0
      end
    ) over (partition by v.unit_code, v.voucher_no, v.voucher_date_day) as is_closing
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where coalesce(v.voided, 0) = 0
),
expense as (
  select
    l.voucher_line_key,
    l.unit_code,
    l.voucher_date_day,
    l.month,
    l.month_number,
    l.account_code,
    l.role,
    l.account_name,
    l.counterparty_name,
    l.net_fen
  from line l
  where l.role in (
      'expense_activity', 'expense_management', 'expense_operating', 'expense_other', 'expense_earmarked',
      'expense_cost'
    )
    and l.is_closing = 0
),
-- How many of the months before a month hold books of the unit.
booked as (
  select l.unit_code, l.month_number
  from line l
  group by l.unit_code, l.month_number
),
covered as (
  select
    b.unit_code,
    b.month_number,
    count(*) over (
      partition by b.unit_code
      order by b.month_number
      range between :base_months preceding and 1 preceding
    ) as months
  from booked b
),
monthly as (
  select e.unit_code, e.account_code, e.role, e.month_number, sum(e.net_fen) as month_fen
  from expense e
  group by e.unit_code, e.account_code, e.role, e.month_number
),
prior as (
  select
    m.unit_code,
    m.account_code,
    m.role,
    m.month_number,
    m.month_fen,
    count(*) over (
      partition by m.unit_code, m.account_code, m.role
      order by m.month_number
      range between :base_months preceding and 1 preceding
    ) as moved_months,
    sum(m.month_fen) over (
      partition by m.unit_code, m.account_code, m.role
      order by m.month_number
      range between :base_months preceding and 1 preceding
    ) as prior_fen
  from monthly m
),
contracted as (
  select c.unit_code, q.party_key
  from contract c
  join party q on q.name = c.party_name
),
named as (
  select
    e.voucher_line_key,
    e.unit_code,
    e.voucher_date_day,
    e.month_number,
    e.account_code,
    e.role,
    e.account_name,
    e.counterparty_name,
    e.net_fen,
    p.party_key,
    min(e.month) over (partition by e.unit_code, e.account_code, e.role, p.party_key) as first_month,
    min(e.month_number) over (partition by e.unit_code, e.account_code, e.role, p.party_key) as first_number
  from expense e
  join party p on p.name = e.counterparty_name
  left join contracted k on k.unit_code = e.unit_code and k.party_key = p.party_key
  where p.kind <> 'public_body'
    and k.party_key is null
),
-- What the account had of each party in its first month, less red letters of later months.
newcomer as (
  select
    n.voucher_line_key,
    n.unit_code,
    n.voucher_date_day,
    n.account_code,
    n.role,
    n.account_name,
    n.counterparty_name,
    n.party_key,
    n.first_month,
    n.first_number,
    sum(n.net_fen) over (partition by n.unit_code, n.account_code, n.role, n.party_key) as party_fen,
    sum(case when n.month_number > n.first_number then n.net_fen else 0 end) over (
      partition by n.unit_code, n.account_code, n.role, n.party_key
    ) as red_fen
  from named n
  where n.month_number = n.first_number
    or n.net_fen < 0
)
select
  n.unit_code,
  n.account_code || '|' || n.first_month || '|' || n.party_key as subject,
  n.party_fen as amount_fen,
  n.voucher_date_day as from_day,
  n.voucher_date_day as to_day,
  n.first_month as month,
  min(coalesce(n.account_name, n.account_code)) over (
    partition by n.unit_code, n.account_code, n.role, n.party_key
  ) as account,
  min(n.counterparty_name) over (partition by n.unit_code, n.account_code, n.role, n.party_key) as payee,
  b.month_fen + n.red_fen as month_total_fen,
  b.prior_fen,
  c.months,
  n.voucher_line_key
from newcomer n
join prior b
  on b.unit_code = n.unit_code
  and b.account_code = n.account_code
  and b.role = n.role
  and b.month_number = n.first_number
join covered c on c.unit_code = n.unit_code and c.month_number = n.first_number
where c.months >= :base_months
  and b.moved_months >= :min_moved_months
  and b.month_fen + n.red_fen >= :min_amount_fen
  and (b.month_fen + n.red_fen) * :base_months >= b.prior_fen * :times
  and n.party_fen * 100 >= (b.month_fen + n.red_fen) * :min_share_pct
