-- Payments to another unit of the data that its own books, which cover the day, do not show.
with paid as (
  select
    y.payment_key,
    y.unit_code as payer_code,
    y.payee_name,
    y.paid_on_day,
    y.amount_fen,
    p.unit_code
  from payment y
  join party p on p.name = y.payee_name
  where p.unit_code <> y.unit_code
    and y.amount_fen > 0
),
book as (
  select v.unit_code, min(v.voucher_date_day) as first_day, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
covered as (
  select d.payment_key, d.payer_code, d.payee_name, d.paid_on_day, d.amount_fen, d.unit_code
  from paid d
  join book b on b.unit_code = d.unit_code
  where d.paid_on_day >= b.first_day
    and d.paid_on_day + :days <= b.last_day
),
missing as (
  select
    c.payment_key,
    c.payer_code,
    c.payee_name,
    c.paid_on_day,
    c.unit_code,
    sum(c.amount_fen) over (partition by c.unit_code, c.payer_code) as total_fen,
    count(*) over (partition by c.unit_code, c.payer_code) as payments
  from covered c
  -- By the very sum, or by the name of the payer: several payments may be booked as one.
  where not exists (
    select 1
    from voucher_line v
    left join party p on p.name = v.counterparty_name
    where v.unit_code = c.unit_code
      and v.voucher_date_day between c.paid_on_day - 7 and c.paid_on_day + :days
      and coalesce(v.voided, 0) = 0
      and (v.debit_fen = c.amount_fen or v.credit_fen = c.amount_fen or p.unit_code = c.payer_code)
  )
)
select
  m.unit_code,
  m.payer_code as subject,
  m.total_fen as amount_fen,
  m.paid_on_day as from_day,
  m.paid_on_day as to_day,
  n.name as payer_name,
  u.name as receiver_name,
  m.payments as payments,
  m.payment_key,
  u.unit_key
from missing m
join unit n on n.unit_code = m.payer_code
join unit u on u.unit_code = m.unit_code
where m.total_fen >= :min_amount_fen
