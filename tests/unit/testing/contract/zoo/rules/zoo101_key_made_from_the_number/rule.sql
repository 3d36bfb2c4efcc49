-- Claims that go beyond the invoice they rest on.
select u.unit_code,
       i.invoice_id || '|' || u.voucher_no as subject,
       u.claimed_amount_fen - i.total_amount_fen as amount_fen,
       i.invoice_number as invoice_key,
       u.invoice_use_key,
       i.seller_name
from invoice i
join invoice_use u on u.invoice_id = i.invoice_id
where u.claimed_amount_fen - i.total_amount_fen >= :min_excess_fen
