-- Money from the superior after which the subordinate drew far more cash from its bank than before.
with received as (
  select
    v.voucher_line_key as receipt_key,
    v.unit_code,
    v.voucher_date_day as receipt_day,
    v.debit_fen as received_fen,
    s.name as superior_name
  from unit u
  join unit s on s.unit_code = u.parent_code
  join party p on p.unit_code = s.unit_code
  join voucher_line v on v.unit_code = u.unit_code and v.counterparty_name = p.name
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'bank'
    and v.debit_fen >= :min_amount_fen
    and coalesce(v.voided, 0) = 0
),
-- Cash debited on a voucher that credits the bank; one voucher may name several accounts.
drawn as (
  select distinct
    v.voucher_line_key as drawn_key,
    v.unit_code,
    v.voucher_date_day as drawn_day,
    v.debit_fen as drawn_fen
  from (select distinct t.unit_code from received t) t
  join voucher_line v on v.unit_code = t.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join voucher_line o
    on o.unit_code = v.unit_code
    and o.voucher_no = v.voucher_no
    and o.voucher_date_day = v.voucher_date_day
  join account_role b
    on b.unit_code = o.unit_code
    and b.fiscal_year = o.fiscal_year
    and b.account_code = o.account_code
  where r.role = 'cash'
    and v.debit_fen <> 0
    and coalesce(v.voided, 0) = 0
    and b.role = 'bank'
    and o.credit_fen <> 0
),
near as (
  select
    c.receipt_key,
    d.drawn_key,
    d.drawn_day,
    d.drawn_fen,
    case when d.drawn_day >= c.receipt_day then 1 else -1 end as side
  from received c
  join drawn d on d.unit_code = c.unit_code
  where d.drawn_day between c.receipt_day - :window_days and c.receipt_day + :window_days
),
-- What the unit draws anyway shows in as many days before.
summed as (
  select n.receipt_key, sum(n.drawn_fen * n.side) as more_fen
  from near n
  group by n.receipt_key
),
found as (
  select
    c.receipt_key,
    c.unit_code,
    c.receipt_day,
    c.received_fen,
    c.superior_name,
    case when m.more_fen > c.received_fen then c.received_fen else m.more_fen end as amount_fen
  from received c
  join summed m on m.receipt_key = c.receipt_key
  where m.more_fen * 100 >= c.received_fen * :min_share_pct
),
shown as (
  select f.receipt_key, f.receipt_key as line_key, f.receipt_day as day
  from found f
  union all
  select n.receipt_key, n.drawn_key as line_key, n.drawn_day as day
  from near n
  where n.side = 1
)
select
  f.unit_code,
  f.receipt_key as subject,
  f.amount_fen,
  s.day as from_day,
  s.day as to_day,
  f.receipt_day,
  f.received_fen as received_fen,
  f.superior_name as superior_name,
  s.line_key as voucher_line_key
from found f
join shown s on s.receipt_key = f.receipt_key
