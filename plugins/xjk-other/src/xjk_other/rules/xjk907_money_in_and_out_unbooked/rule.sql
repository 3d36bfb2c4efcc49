-- One row per sum that came in, went out again to somebody else within days, and never stood in the books.
with moved as (
  select
    t.bank_transaction_key,
    t.txn_id,
    t.unit_code,
    t.account_no as number,
    t.direction,
    t.amount_fen,
    t.booked_on_day,
    p.party_key,
    p.normal_name
  from bank_account b
  join bank_transaction t
    on t.account_no = b.account_no
    and t.unit_code = b.unit_code
  join party p on p.name = t.counterparty_name
  where b.in_books = 1
    and t.amount_fen >= :min_amount_fen
),
passed as (
  select
    i.unit_code,
    i.txn_id,
    i.amount_fen,
    i.booked_on_day as in_day,
    o.booked_on_day as out_day,
    i.normal_name as came_from,
    o.normal_name as went_to,
    i.bank_transaction_key as in_key,
    o.bank_transaction_key as out_key
  from moved i
  join moved o
    on o.number = i.number
    and o.amount_fen = i.amount_fen
    and o.booked_on_day between i.booked_on_day and i.booked_on_day + :days
  where i.direction = 'in'
    and o.direction = 'out'
    and o.party_key <> i.party_key
),
booked as (
  select v.unit_code, coalesce(v.debit_fen, 0) + coalesce(v.credit_fen, 0) as fen, v.voucher_date_day
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'bank'
    and coalesce(v.voided, 0) = 0
)
select
  d.unit_code,
  d.txn_id as subject,
  d.amount_fen,
  d.in_day as from_day,
  d.out_day as to_day,
  d.came_from as came_from,
  d.went_to as went_to,
  d.in_key as in__bank_transaction_key,
  d.out_key as out__bank_transaction_key
from passed d
left join booked k
  on k.unit_code = d.unit_code
  and k.fen = d.amount_fen
  and k.voucher_date_day between d.in_day - :transit_days and d.out_day + :transit_days
where k.fen is null
