-- Expenses booked long before the invoice that is to prove them was issued.
with cancelled as (
  select r.seller_name, r.total_amount_fen, min(r.issued_on_day) as first_day
  from invoice r
  where r.total_amount_fen < 0
  group by r.seller_name, r.total_amount_fen
),
late as (
  select u.unit_code, u.voucher_no, u.voucher_date_day, i.invoice_id, i.invoice_key, u.invoice_use_key,
         u.claimed_amount_fen, i.issued_on_day, i.seller_name
  from invoice i
  join invoice_use u on u.invoice_id = i.invoice_id
  left join cancelled c on c.seller_name = i.seller_name and c.total_amount_fen = -i.total_amount_fen
  where i.issued_on_day - u.voucher_date_day >= :min_days
    and i.total_amount_fen > 0 and u.claimed_amount_fen >= :min_amount_fen
    -- a replacement for a cancelled invoice is younger than the voucher it belongs to
    and (c.first_day is null or c.first_day > i.issued_on_day)
),
line as (
  select l.invoice_use_key, v.voucher_line_key, coalesce(v.voided, 0) as voided,
         case when a.role in ('prepayment', 'other_receivable', 'prepaid_expense', 'works_in_progress', 'receivable')
                and v.debit_fen > 0 then 1 else 0 end as advance,
         case when v.debit_fen > 0 and v.book = 'financial' then 1 else 0 end as expense
  from late l
  join voucher_line v on v.unit_code = l.unit_code and v.voucher_no = l.voucher_no
    and v.voucher_date_day = l.voucher_date_day
  join account_role a on a.unit_code = v.unit_code and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
),
voucher as (
  select n.invoice_use_key, max(n.voided) as voided, max(n.advance) as advance
  from line n
  group by n.invoice_use_key
)
select l.unit_code,
       l.invoice_id || ':' || l.voucher_no as subject,
       l.claimed_amount_fen as amount_fen,
       l.voucher_date_day as from_day,
       l.issued_on_day as to_day,
       l.invoice_key,
       l.invoice_use_key,
       case when n.expense = 1 then n.voucher_line_key end as voucher_line_key,
       l.seller_name,
       l.issued_on_day,
       l.voucher_date_day as booked_on_day,
       l.issued_on_day - l.voucher_date_day as days
from late l
join voucher v on v.invoice_use_key = l.invoice_use_key
join line n on n.invoice_use_key = l.invoice_use_key
where v.voided = 0 and v.advance = 0
