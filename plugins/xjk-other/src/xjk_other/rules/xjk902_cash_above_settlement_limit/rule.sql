-- One row per cash payment to a firm above the sum from which payments go through the bank.
select
  v.unit_code,
  v.line_id as subject,
  v.credit_fen as amount_fen,
  v.voucher_date_day as from_day,
  v.voucher_date_day as to_day,
  v.counterparty_name as payee_name,
  v.summary as summary,
  :limit_fen as limit_fen,
  v.voucher_line_key
from voucher_line v
join account_role r
  on r.unit_code = v.unit_code
  and r.fiscal_year = v.fiscal_year
  and r.account_code = v.account_code
join party p on p.name = v.counterparty_name
where r.role = 'cash'
  and p.kind in ('company', 'sole_trader')
  and p.unit_code is null
  and v.credit_fen > :limit_fen
  and coalesce(v.voided, 0) = 0
