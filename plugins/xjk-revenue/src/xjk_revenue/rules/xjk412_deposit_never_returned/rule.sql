-- Deposits held for a party without any movement in the newest years, with no contract or lease still running.
with newest as (
  select b.unit_code, max(b.fiscal_year) as fiscal_year
  from party_balance b
  group by b.unit_code
),
still as (
  select
    b.unit_code,
    b.account_code,
    p.party_key,
    n.fiscal_year,
    -b.closing_fen as held_fen
  from party_balance b
  join newest n on n.unit_code = b.unit_code
  join account_role r
    on r.unit_code = b.unit_code
    and r.fiscal_year = b.fiscal_year
    and r.account_code = b.account_code
  join ledger_account a
    on a.unit_code = b.unit_code
    and a.fiscal_year = b.fiscal_year
    and a.account_code = b.account_code
  join party p on p.name = b.party_name
  where b.fiscal_year > n.fiscal_year - :min_years
    and r.role in ('other_payable', 'custody_liability', 'long_term_payable')
    and exists (select 1 from text_tag t where t.text = a.account_name and t.tag = 'deposit')
    and -b.closing_fen >= :min_amount_fen
  group by b.unit_code, b.account_code, p.party_key, n.fiscal_year, b.closing_fen
  having count(distinct b.fiscal_year) = :min_years
    and sum(abs(coalesce(b.debit_fen, 0)) + abs(coalesce(b.credit_fen, 0))) = 0
),
-- The year in which the last contract or lease with a party ends.
running as (
  select c.unit_code, p.party_key, cast(substr(coalesce(c.terminated_on, c.ends_on), 1, 4) as bigint) as last_year
  from contract c
  join party p on p.name = c.party_name
  union all
  select l.unit_code, p.party_key, cast(substr(coalesce(l.terminated_on, l.ends_on), 1, 4) as bigint) as last_year
  from lease l
  join party p on p.name = l.tenant_name
)
select
  s.unit_code,
  s.account_code || '|' || s.party_key as subject,
  s.held_fen as amount_fen,
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
where not exists (
  select 1
  from running r
  where r.unit_code = s.unit_code
    and r.party_key = s.party_key
    -- Without an end it may still run.
    and coalesce(r.last_year, s.fiscal_year) >= s.fiscal_year
)
