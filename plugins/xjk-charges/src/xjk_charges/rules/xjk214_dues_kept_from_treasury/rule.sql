-- What was credited to dues to the treasury in a year and not debited again by the end of the books, for the most part.
with dues as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.fiscal_year,
    v.voucher_date_day,
    coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0) as owed_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'due_to_treasury'
    and coalesce(v.voided, 0) = 0
),
book as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
-- Money of the last days may still be on its way.
ripe as (
  select d.voucher_line_key, d.unit_code, d.fiscal_year, d.voucher_date_day, d.owed_fen, b.last_day
  from dues d
  join book b on b.unit_code = d.unit_code
  where d.owed_fen > 0
    and d.voucher_date_day + :grace_days <= b.last_day
),
collected as (
  select r.unit_code, r.fiscal_year, sum(r.owed_fen) as collected_fen
  from ripe r
  group by r.unit_code, r.fiscal_year
),
-- Whatever was handed in from that year on is taken to be of that year first.
handed as (
  select c.unit_code, c.fiscal_year, sum(-d.owed_fen) as handed_fen
  from collected c
  join dues d on d.unit_code = c.unit_code
  where d.owed_fen < 0
    and d.fiscal_year >= c.fiscal_year
  group by c.unit_code, c.fiscal_year
)
select
  r.unit_code,
  r.fiscal_year || '' as subject,
  c.collected_fen - coalesce(h.handed_fen, 0) as amount_fen,
  r.voucher_date_day as from_day,
  r.voucher_date_day as to_day,
  r.fiscal_year as year,
  c.collected_fen as collected_fen,
  coalesce(h.handed_fen, 0) as handed_fen,
  r.last_day as booked_until_day,
  r.voucher_line_key
from ripe r
join collected c on c.unit_code = r.unit_code and c.fiscal_year = r.fiscal_year
left join handed h on h.unit_code = r.unit_code and h.fiscal_year = r.fiscal_year
where coalesce(h.handed_fen, 0) * 100 < c.collected_fen * :max_pct
  and c.collected_fen - coalesce(h.handed_fen, 0) >= :min_amount_fen
