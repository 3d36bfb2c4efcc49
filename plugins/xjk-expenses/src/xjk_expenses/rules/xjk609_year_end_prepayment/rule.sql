-- Money prepaid at the year end for meetings, meals, travel or fuel, and not settled or returned since.
with prepayment as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    substr(v.voucher_date, 1, 4) as paid_year,
    cast(substr(v.voucher_date, 6, 2) as integer) as paid_month,
    v.summary,
    v.counterparty_name,
    p.party_key,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role = 'prepayment'
    and coalesce(v.voided, 0) = 0
),
late as (
  select
    y.voucher_line_key,
    y.unit_code,
    y.party_key,
    y.paid_year,
    y.voucher_date_day,
    y.summary,
    y.counterparty_name,
    sum(y.net_fen) over (partition by y.unit_code, y.party_key, y.paid_year) as prepaid_fen,
    min(y.voucher_date_day) over (partition by y.unit_code, y.party_key, y.paid_year) as first_day,
    max(y.voucher_date_day) over (partition by y.unit_code, y.party_key, y.paid_year) as last_day
  from prepayment y
  where y.net_fen > 0
    and y.paid_month >= :from_month
    and (
      exists (
        select 1
        from text_tag t
        where t.text = y.summary
          and t.tag in ('meeting', 'training', 'hospitality', 'travel', 'tourism', 'fuel', 'prepaid_card')
      )
      or exists (
        select 1
        from text_tag t
        where t.text = y.counterparty_name
          and t.tag in ('meeting', 'training', 'hospitality', 'travel', 'tourism', 'fuel', 'prepaid_card')
      )
    )
),
-- The last time that anything was settled, returned or taken back.
cleared as (
  select
    y.unit_code,
    y.party_key,
    max(y.voucher_date_day) as cleared_day
  from prepayment y
  where y.net_fen < 0
  group by y.unit_code, y.party_key
),
-- How far the books of each unit go: what they do not cover may have been settled.
newest as (
  select
    v.unit_code,
    max(v.voucher_date_day) as booked_until_day
  from voucher_line v
  group by v.unit_code
)
select
  l.unit_code,
  l.party_key || '|' || l.paid_year as subject,
  l.prepaid_fen as amount_fen,
  l.voucher_date_day as from_day,
  l.voucher_date_day as to_day,
  l.counterparty_name as payee_name,
  l.summary as summary,
  n.booked_until_day as booked_until_day,
  l.voucher_line_key
from late l
join newest n on n.unit_code = l.unit_code
left join cleared c on c.unit_code = l.unit_code and c.party_key = l.party_key
where l.prepaid_fen >= :min_amount_fen
  and n.booked_until_day - l.last_day >= :wait_days
  and (c.cleared_day is null or c.cleared_day < l.first_day)
