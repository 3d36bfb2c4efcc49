-- Claims whose voucher or invoice itself speaks of liquor, tobacco, jewellery, clubs and the like.
with said as (
  select
    'invoice' as source,
    u.unit_code,
    u.voucher_no,
    u.voucher_date,
    u.voucher_date_day,
    i.item as words,
    u.claimed_amount_fen as fen,
    u.invoice_use_key,
    i.invoice_key,
    null as voucher_line_key
  from invoice i
  join invoice_use u on u.invoice_id = i.invoice_id
  where exists (select 1 from text_tag t where t.text = i.item and t.tag in ('luxury', 'tobacco_liquor'))
  union all
  select
    'voucher' as source,
    v.unit_code,
    v.voucher_no,
    v.voucher_date,
    v.voucher_date_day,
    v.summary as words,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as fen,
    null as invoice_use_key,
    null as invoice_key,
    v.voucher_line_key
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where substr(r.role, 1, 8) = 'expense_'
    and coalesce(v.voided, 0) = 0
    and exists (select 1 from text_tag t where t.text = v.summary and t.tag in ('luxury', 'tobacco_liquor'))
),
summed as (
  select s.unit_code, s.voucher_no, s.voucher_date_day, s.source, sum(s.fen) as total_fen
  from said s
  group by s.unit_code, s.voucher_no, s.voucher_date_day, s.source
),
-- An invoice and its voucher tell of one sum.
claimed as (
  select m.unit_code, m.voucher_no, m.voucher_date_day, max(m.total_fen) as total_fen
  from summed m
  group by m.unit_code, m.voucher_no, m.voucher_date_day
)
select
  s.unit_code,
  s.voucher_no || '|' || s.voucher_date as subject,
  c.total_fen as amount_fen,
  s.voucher_date_day as from_day,
  s.voucher_date_day as to_day,
  s.voucher_no as voucher_no,
  min(s.words) over (partition by s.unit_code, s.voucher_no, s.voucher_date_day) as words,
  s.invoice_use_key,
  s.invoice_key,
  s.voucher_line_key
from claimed c
join said s
  on s.unit_code = c.unit_code
  and s.voucher_no = c.voucher_no
  and s.voucher_date_day = c.voucher_date_day
where c.total_fen >= :min_amount_fen
