-- Months in a row that end with more cash in the safe than the limit.
with above as (
  select
    b.account_balance_key,
    b.unit_code,
    b.account_code,
    b.fiscal_year,
    b.period,
    b.closing_fen,
    -- Months in a row share the difference of their number and their place.
    b.fiscal_year * 12 + b.period - row_number() over (
      partition by b.unit_code, b.account_code order by b.fiscal_year, b.period
    ) as run
  from account_balance b
  join account_role r
    on r.unit_code = b.unit_code
    and r.fiscal_year = b.fiscal_year
    and r.account_code = b.account_code
  where r.role = 'cash'
    and b.period between 1 and 12
    and b.closing_fen >= :limit_fen
),
kept as (
  select
    a.account_balance_key,
    a.unit_code,
    a.account_code,
    a.closing_fen,
    count(*) over (partition by a.unit_code, a.account_code, a.run) as months
  from above a
)
select
  k.unit_code,
  k.account_code as subject,
  max(k.closing_fen) over (partition by k.unit_code, k.account_code) as amount_fen,
  k.account_code as account_code,
  max(k.months) over (partition by k.unit_code, k.account_code) as months,
  k.account_balance_key
from kept k
where k.months >= :min_months
