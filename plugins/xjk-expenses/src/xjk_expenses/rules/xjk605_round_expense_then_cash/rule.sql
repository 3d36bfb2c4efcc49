-- Round payments without a contract, proved by invoices that name nothing, and what the payee then sent to a card.
with bought as (
  select
    y.payment_key,
    y.payment_id,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.payee_name,
    y.voucher_no,
    y.voucher_date_day,
    p.party_key
  from payment y
  join party p on p.name = y.payee_name
  where y.amount_fen > 0
    and y.amount_fen % :round_to_fen = 0
    and y.contract_id is null
    and p.kind <> 'person'
    and p.unit_code is null
),
-- Every invoice of the voucher must be vague: one that lists its goods shows what was bought.
vague as (
  select
    b.payment_id,
    b.unit_code,
    b.party_key,
    b.paid_on_day,
    b.amount_fen
  from bought b
  join invoice_use u
    on u.unit_code = b.unit_code
    and u.voucher_no = b.voucher_no
    and u.voucher_date_day = b.voucher_date_day
  join invoice i on i.invoice_id = u.invoice_id
  left join text_tag g on g.text = i.item and g.tag = 'vague_goods'
  left join text_tag l on l.text = i.item and l.tag = 'detailed_list'
  group by b.payment_id, b.unit_code, b.party_key, b.paid_on_day, b.amount_fen
  having min(case
    when g.tag is not null and l.tag is null and coalesce(i.quantity_micro, 1000000) <= 1000000 then 1
    else 0
  end) = 1
),
payee as (
  select
    v.unit_code,
    v.party_key,
    count(*) as payments,
    sum(v.amount_fen) as total_fen
  from vague v
  group by v.unit_code, v.party_key
  having sum(v.amount_fen) >= :min_total_fen
),
-- What the payee sent within some days to accounts of people that were brought in for this unit.
back as (
  select
    v.unit_code,
    v.party_key,
    x.bank_transaction_key,
    x.amount_fen
  from bank_account a
  join bank_transaction x on x.account_no = a.account_no and x.unit_code = a.unit_code
  join party q on q.name = x.counterparty_name
  join vague v on v.unit_code = a.unit_code and v.party_key = q.party_key
  where a.holder_kind = 'person'
    and x.direction = 'in'
    and x.booked_on_day between v.paid_on_day and v.paid_on_day + :return_days
  group by v.unit_code, v.party_key, x.bank_transaction_key, x.amount_fen
),
returned as (
  select
    r.unit_code,
    r.party_key,
    r.bank_transaction_key,
    sum(r.amount_fen) over (partition by r.unit_code, r.party_key) as returned_fen
  from back r
)
select
  t.unit_code,
  t.party_key as subject,
  t.total_fen as amount_fen,
  b.paid_on_day as from_day,
  b.paid_on_day as to_day,
  b.payee_name as payee_name,
  t.payments as payments,
  coalesce(r.returned_fen, 0) as returned_fen,
  b.payment_key,
  i.invoice_key,
  r.bank_transaction_key
from payee t
join vague v on v.unit_code = t.unit_code and v.party_key = t.party_key
join bought b on b.payment_id = v.payment_id
join invoice_use u
  on u.unit_code = b.unit_code
  and u.voucher_no = b.voucher_no
  and u.voucher_date_day = b.voucher_date_day
join invoice i on i.invoice_id = u.invoice_id
left join returned r on r.unit_code = t.unit_code and r.party_key = t.party_key
