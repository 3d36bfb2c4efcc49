-- Money that stands with an insurer, hotel or card issuer as prepaid or receivable, and is neither used nor returned.
with entry as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    v.counterparty_name,
    p.party_key,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role in ('prepayment', 'other_receivable')
    and coalesce(v.voided, 0) = 0
    and exists (
      select 1 from text_tag t where t.text = v.counterparty_name and t.tag in ('insurer', 'hotel', 'prepaid_card')
    )
),
standing as (
  select
    e.unit_code,
    e.party_key,
    sum(e.net_fen) as balance_fen,
    max(case when e.net_fen > 0 then e.voucher_date_day end) as parked_day,
    max(case when e.net_fen < 0 then e.voucher_date_day end) as used_day
  from entry e
  group by e.unit_code, e.party_key
  having sum(e.net_fen) >= :min_amount_fen
),
-- How far the books of each unit go: what they do not cover may have been used.
newest as (
  select v.unit_code, max(v.voucher_date_day) as booked_until_day
  from voucher_line v
  group by v.unit_code
)
select
  s.unit_code,
  s.party_key as subject,
  s.balance_fen as amount_fen,
  e.voucher_date_day as from_day,
  e.voucher_date_day as to_day,
  e.counterparty_name as payee_name,
  n.booked_until_day as booked_until_day,
  n.booked_until_day - s.parked_day as days,
  e.voucher_line_key
from standing s
join newest n on n.unit_code = s.unit_code
join entry e on e.unit_code = s.unit_code and e.party_key = s.party_key
where e.net_fen > 0
  and n.booked_until_day - s.parked_day >= :idle_days
  and (s.used_day is null or s.used_day < s.parked_day)
