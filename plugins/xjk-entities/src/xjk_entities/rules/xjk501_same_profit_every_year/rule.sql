-- What a body below handed up, year by year, where every year came to nearly the same sum.
with handed as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.fiscal_year,
    v.voucher_date_day,
    v.counterparty_name,
    p.party_key,
    sum(coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0)) over (
      partition by v.unit_code, p.party_key, v.fiscal_year
    ) as year_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where coalesce(v.voided, 0) = 0
    and r.book = 'financial'
    and r.role not in ('bank', 'cash', 'due_to_treasury')
    and (
      r.role in ('income_subordinate_remittance', 'income_investment')
      or exists (select 1 from text_tag g where g.text = v.summary and g.tag = 'transfer_up')
    )
),
payer as (
  select
    h.unit_code,
    h.party_key,
    count(distinct h.fiscal_year) as years,
    min(h.fiscal_year) as first_year,
    max(h.fiscal_year) as last_year,
    min(h.year_fen) as least_fen,
    max(h.year_fen) as most_fen
  from handed h
  group by h.unit_code, h.party_key
)
select
  h.unit_code,
  h.party_key as subject,
  p.most_fen as amount_fen,
  h.voucher_date_day as from_day,
  h.voucher_date_day as to_day,
  h.counterparty_name as payer,
  p.first_year as first_year,
  p.last_year as last_year,
  p.least_fen as least_fen,
  h.voucher_line_key
from payer p
join handed h on h.unit_code = p.unit_code and h.party_key = p.party_key
where p.years >= :min_years
  and p.years = p.last_year - p.first_year + 1
  and p.least_fen >= :min_amount_fen
  and (p.most_fen - p.least_fen) * 100 <= p.least_fen * :within_pct
  -- A sum agreed by contract or lease is the same every year.
  and not exists (
    select 1
    from contract c
    join party q on q.name = c.party_name
    where c.unit_code = h.unit_code
      and q.party_key = h.party_key
  )
  and not exists (
    select 1
    from lease l
    join party q on q.name = l.tenant_name
    where l.unit_code = h.unit_code
      and q.party_key = h.party_key
  )
