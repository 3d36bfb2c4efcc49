-- One row per movement on an account of the unit that is neither filed with the bureau nor carried in the books.
with hidden as (
  select
    b.bank_account_key,
    b.account_no,
    b.unit_code,
    p.normal_name as holder,
    coalesce(b.bank_name, '未登记开户行') as bank
  from bank_account b
  join party p on p.name = b.holder_name
  where b.registered = 0
    and b.in_books = 0
    and coalesce(b.holder_kind, 'unit') not in ('person', 'union')
),
moved as (
  select
    h.bank_account_key,
    h.unit_code,
    h.holder,
    h.bank,
    t.bank_transaction_key,
    t.booked_on_day,
    sum(case when t.direction = 'in' then t.amount_fen else 0 end) over (
      partition by h.unit_code, h.holder, h.bank
    ) as received_fen,
    sum(case when t.direction = 'out' then t.amount_fen else 0 end) over (
      partition by h.unit_code, h.holder, h.bank
    ) as paid_fen
  from hidden h
  join bank_transaction t
    on t.account_no = h.account_no
    and t.unit_code = h.unit_code
)
select
  m.unit_code,
  m.holder || '|' || m.bank as subject,
  case when m.received_fen >= m.paid_fen then m.received_fen else m.paid_fen end as amount_fen,
  m.booked_on_day as from_day,
  m.booked_on_day as to_day,
  m.holder as holder,
  m.bank as bank,
  m.received_fen as received_fen,
  m.paid_fen as paid_fen,
  m.bank_account_key,
  m.bank_transaction_key
from moved m
where case when m.received_fen >= m.paid_fen then m.received_fen else m.paid_fen end >= :min_amount_fen
