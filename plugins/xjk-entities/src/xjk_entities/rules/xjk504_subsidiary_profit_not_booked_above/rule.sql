-- What a unit below hands up by its own books, where the books of the unit above have less from it.
with handed as (
  select
    f.unit_code as firm_code,
    f.name as firm,
    f.parent_code as unit_code,
    v.voucher_line_key,
    v.voucher_date_day,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as handed_fen
  from unit f
  join voucher_line v on v.unit_code = f.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.book = 'financial'
    and r.role not in ('bank', 'cash')
    and coalesce(v.voided, 0) = 0
    and (
      r.role = 'expense_superior_remittance'
      or exists (select 1 from text_tag t where t.text = v.summary and t.tag = 'transfer_up')
    )
),
book as (
  select v.unit_code, min(v.voucher_date_day) as first_day, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
-- What the books above do not reach back to, or forward to, cannot be missed there.
due as (
  select
    h.firm_code,
    h.firm,
    h.unit_code,
    h.voucher_line_key,
    h.voucher_date_day,
    b.last_day,
    sum(h.handed_fen) over (partition by h.firm_code) as handed_fen
  from handed h
  join book b on b.unit_code = h.unit_code
  where h.voucher_date_day >= b.first_day
    and h.voucher_date_day + :grace_days <= b.last_day
),
booked as (
  select f.unit_code as firm_code, sum(v.credit_fen) as booked_fen
  from unit f
  join party p on p.unit_code = f.unit_code
  join voucher_line v on v.counterparty_name = p.name and v.unit_code = f.parent_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.book = 'financial'
    and r.role not in ('bank', 'cash')
    and coalesce(v.voided, 0) = 0
  group by f.unit_code
)
select
  d.unit_code,
  d.firm_code as subject,
  d.handed_fen - coalesce(k.booked_fen, 0) as amount_fen,
  d.voucher_date_day as from_day,
  d.voucher_date_day as to_day,
  d.firm as firm,
  d.handed_fen as handed_fen,
  coalesce(k.booked_fen, 0) as booked_fen,
  d.last_day as booked_until_day,
  u.unit_key,
  d.voucher_line_key
from due d
join unit u on u.unit_code = d.unit_code
left join booked k on k.firm_code = d.firm_code
where d.handed_fen - coalesce(k.booked_fen, 0) >= :min_amount_fen
