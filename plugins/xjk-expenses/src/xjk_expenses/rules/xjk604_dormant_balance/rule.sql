-- Balances with a party that did not move in the newest years of a unit's books.
with yearly as (
  select
    b.unit_code,
    b.account_code,
    p.party_key,
    b.fiscal_year,
    min(b.closing_fen) as least_fen,
    max(b.closing_fen) as most_fen,
    max(abs(coalesce(b.debit_fen, 0)) + abs(coalesce(b.credit_fen, 0))) as moved_fen
  from party_balance b
  join account_role r
    on r.unit_code = b.unit_code
    and r.fiscal_year = b.fiscal_year
    and r.account_code = b.account_code
  join party p on p.name = b.party_name
  where r.role in (
    'receivable', 'other_receivable', 'prepayment', 'payable', 'other_payable', 'advance_receipt',
    'long_term_payable'
  )
  group by b.unit_code, b.account_code, p.party_key, b.fiscal_year
),
newest as (
  select
    b.unit_code,
    max(b.fiscal_year) as fiscal_year
  from party_balance b
  group by b.unit_code
),
still as (
  select
    y.unit_code,
    y.account_code,
    y.party_key,
    n.fiscal_year,
    abs(max(y.most_fen)) as balance_fen
  from yearly y
  join newest n on n.unit_code = y.unit_code
  where y.fiscal_year > n.fiscal_year - :min_years
  group by y.unit_code, y.account_code, y.party_key, n.fiscal_year
  having count(*) = :min_years
    and max(y.moved_fen) = 0
    and min(y.least_fen) = max(y.most_fen)
    and abs(max(y.most_fen)) >= :min_amount_fen
)
select
  s.unit_code,
  s.account_code || '|' || s.party_key as subject,
  s.balance_fen as amount_fen,
  b.party_name as party_name,
  s.account_code as account_code,
  s.fiscal_year - :min_years + 1 as since_year,
  s.fiscal_year as until_year,
  b.party_balance_key
from still s
join party_balance b
  on b.unit_code = s.unit_code
  and b.account_code = s.account_code
  and b.fiscal_year = s.fiscal_year
join party p on p.name = b.party_name and p.party_key = s.party_key
-- deposits are kept for as long as the contract runs
left join ledger_account a
  on a.unit_code = s.unit_code
  and a.fiscal_year = s.fiscal_year
  and a.account_code = s.account_code
left join text_tag t on t.text = a.account_name and t.tag = 'deposit'
where t.tag is null
