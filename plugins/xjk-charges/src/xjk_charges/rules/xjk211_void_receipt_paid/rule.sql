-- One row per sum that came into an account of the unit from the payer of a void receipt, in its very amount.
with voided as (
  select
    r.receipt_key,
    r.receipt_id,
    r.unit_code,
    r.number,
    r.payer_name,
    p.party_key,
    r.amount_fen,
    r.issued_on_day
  from receipt r
  join party p on p.name = r.payer_name
  where r.status = 'void'
    and r.amount_fen >= :min_amount_fen
),
money as (
  select v.receipt_key as void_key, b.bank_transaction_key, b.booked_on_day, b.direction
  from voided v
  join bank_transaction b on b.unit_code = v.unit_code and b.amount_fen = v.amount_fen
  join party p on p.name = b.counterparty_name and p.party_key = v.party_key
),
standing as (
  select v.receipt_key as void_key, r.receipt_key, r.issued_on_day
  from voided v
  join receipt r on r.unit_code = v.unit_code and r.amount_fen = v.amount_fen
  join party p on p.name = r.payer_name and p.party_key = v.party_key
  where r.status = 'issued'
),
-- Of several void receipts one payment speaks against the latest only.
paid as (
  select
    v.receipt_key,
    v.receipt_id,
    v.unit_code,
    v.number,
    v.payer_name,
    v.amount_fen,
    v.issued_on_day,
    m.bank_transaction_key,
    m.booked_on_day,
    row_number() over (partition by m.bank_transaction_key order by v.issued_on_day desc, v.receipt_key desc) as place
  from voided v
  join money m
    on m.void_key = v.receipt_key
    and m.booked_on_day between v.issued_on_day - :pay_days and v.issued_on_day + :pay_days
)
select
  d.unit_code,
  d.receipt_id as subject,
  d.amount_fen as amount_fen,
  d.booked_on_day as from_day,
  d.booked_on_day as to_day,
  d.number as number,
  d.payer_name as payer_name,
  d.issued_on_day as issued_on_day,
  d.receipt_key,
  d.bank_transaction_key
from paid d
-- Another receipt was made out for the money, or it went back; what went out counts as gone back itself.
left join standing s
  on s.void_key = d.receipt_key
  and s.issued_on_day between d.issued_on_day - :settle_days and d.issued_on_day + :settle_days
left join money o
  on o.void_key = d.receipt_key
  and o.direction = 'out'
  and o.booked_on_day between d.booked_on_day and d.booked_on_day + :settle_days
where d.place = 1
  and s.receipt_key is null
  and o.bank_transaction_key is null
