-- One row per newest balance of a payable that stands under a name that tells nobody who is owed.
with newest as (
  select n.unit_code, n.fiscal_year, max(n.period) as period
  from account_balance n
  join (
    select b.unit_code, max(b.fiscal_year) as fiscal_year
    from account_balance b
    group by b.unit_code
  ) y on y.unit_code = n.unit_code and y.fiscal_year = n.fiscal_year
  group by n.unit_code, n.fiscal_year
),
payable as (
  select
    b.unit_code,
    b.fiscal_year,
    b.period,
    b.account_code,
    a.account_name,
    b.closing_fen,
    b.account_balance_key
  from account_balance b
  join newest n
    on n.unit_code = b.unit_code
    and n.fiscal_year = b.fiscal_year
    and n.period = b.period
  join account_role r
    on r.unit_code = b.unit_code
    and r.fiscal_year = b.fiscal_year
    and r.account_code = b.account_code
  join ledger_account a
    on a.unit_code = b.unit_code
    and a.fiscal_year = b.fiscal_year
    and a.account_code = b.account_code
  where r.role in ('other_payable', 'payable', 'advance_receipt', 'custody_liability')
)
select
  p.unit_code,
  p.account_code as subject,
  -p.closing_fen as amount_fen,
  p.account_code as account_code,
  p.account_name as vague_name,
  p.fiscal_year as year,
  p.period as month,
  p.account_balance_key,
  null as party_balance_key
from payable p
where -p.closing_fen >= :min_amount_fen
  -- Accounts kept by party tell who is owed by their parties, not by their names.
  and not exists (
    select 1
    from party_balance k
    where k.unit_code = p.unit_code
      and k.fiscal_year = p.fiscal_year
      and k.account_code = p.account_code
  )
  and (
    p.account_name in ('其他', '其它')
    or substr(p.account_name, length(p.account_name) - 2, 3) in ('-其他', '-其它', '—其他', '/其他', '\其他', '_其他')
    or exists (select 1 from text_tag g where g.text = p.account_name and g.tag = 'vague_party')
  )
union all
select
  b.unit_code,
  b.account_code || '|' || b.party_name as subject,
  -b.closing_fen as amount_fen,
  b.account_code as account_code,
  b.party_name as vague_name,
  b.fiscal_year as year,
  b.period as month,
  null as account_balance_key,
  b.party_balance_key
from party_balance b
join payable p
  on p.unit_code = b.unit_code
  and p.fiscal_year = b.fiscal_year
  and p.period = b.period
  and p.account_code = b.account_code
where -b.closing_fen >= :min_amount_fen
  and (
    b.party_name in ('其他', '其它')
    or exists (select 1 from text_tag g where g.text = b.party_name and g.tag = 'vague_party')
  )
