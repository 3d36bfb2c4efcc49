-- Receipts from payers that used to pay at regular intervals and then stopped while the books went on.
with received as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    v.credit_fen,
    p.party_key,
    p.normal_name
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role in ('due_to_treasury', 'income_rent', 'income_operating', 'income_other')
    and v.credit_fen > 0
    and coalesce(v.voided, 0) = 0
    and p.kind in ('company', 'sole_trader', 'cooperative', 'person')
),
book as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
spaced as (
  select
    c.voucher_line_key,
    c.unit_code,
    c.voucher_date_day,
    c.credit_fen,
    c.party_key,
    c.normal_name,
    c.voucher_date_day - lag(c.voucher_date_day) over (
      partition by c.unit_code, c.party_key order by c.voucher_date_day, c.voucher_line_key
    ) as gap
  from received c
),
payer as (
  select
    s.unit_code,
    s.party_key,
    count(*) as times,
    max(s.voucher_date_day) as last_day,
    min(s.gap) as shortest,
    max(s.gap) as longest,
    min(s.credit_fen) as least_fen,
    max(s.credit_fen) as most_fen
  from spaced s
  group by s.unit_code, s.party_key
),
stopped as (
  select
    p.unit_code,
    p.party_key,
    p.times,
    p.last_day,
    p.longest,
    b.last_day as booked_until_day,
    -- The silence is long enough for two receipts at least.
    p.least_fen * 2 as missed_fen
  from payer p
  join book b on b.unit_code = p.unit_code
  where p.times >= :min_times
    -- regular in time and sum
    and p.shortest >= 20
    and p.longest <= p.shortest + 31
    and p.most_fen <= p.least_fen * 2
    and b.last_day - p.last_day >= 2 * p.longest + :grace_days
    -- The lease ended when the payments did.
    and not exists (
      select 1
      from lease l
      join party t on t.name = l.tenant_name
      where l.unit_code = p.unit_code
        and t.party_key = p.party_key
        and coalesce(l.terminated_on_day, l.ends_on_day) <= p.last_day + 2 * p.longest + :grace_days
    )
)
select
  t.unit_code,
  t.party_key as subject,
  t.missed_fen as amount_fen,
  s.voucher_date_day as from_day,
  s.voucher_date_day as to_day,
  s.normal_name as payer,
  t.times as times,
  t.longest as longest,
  t.booked_until_day as booked_until_day,
  s.voucher_line_key
from stopped t
join spaced s on s.unit_code = t.unit_code and s.party_key = t.party_key
where t.missed_fen >= :min_amount_fen
