-- Money that a subordinate sent, after its superior had paid it, to an account of the superior that is not in the books.
with given as (
  select
    y.payment_key,
    y.unit_code,
    u.unit_code as below_code,
    u.name as below_name,
    p.name as written,
    y.paid_on_day
  from unit u
  join party p on p.unit_code = u.unit_code
  join party q on q.unit_code = u.unit_code
  join payment y on y.unit_code = u.parent_code and y.payee_name = q.name
  where y.amount_fen > 0
),
back as (
  select
    g.unit_code,
    g.below_code,
    g.below_name,
    g.payment_key,
    g.paid_on_day,
    b.bank_account_key,
    t.bank_transaction_key,
    t.booked_on_day,
    t.amount_fen
  from bank_account b
  join bank_transaction t on t.account_no = b.account_no and t.unit_code = b.unit_code
  join given g on g.unit_code = b.unit_code and g.written = t.counterparty_name
  where b.in_books = 0
    and coalesce(b.holder_kind, 'unit') <> 'union'
    and t.direction = 'in'
    and t.booked_on_day between g.paid_on_day and g.paid_on_day + :window_days
    -- Party dues and the like are kept apart by rule.
    and not exists (select 1 from text_tag x where x.text = t.memo and x.tag = 'collected_for_others')
),
-- One receipt may follow several payments.
summed as (
  select r.unit_code, r.below_code, sum(r.amount_fen) as total_fen
  from (
    select distinct k.unit_code, k.below_code, k.bank_transaction_key, k.amount_fen
    from back k
  ) r
  group by r.unit_code, r.below_code
  having sum(r.amount_fen) >= :min_amount_fen
)
select
  k.unit_code,
  k.below_code as subject,
  s.total_fen as amount_fen,
  k.paid_on_day as from_day,
  k.booked_on_day as to_day,
  k.below_name as below_name,
  k.payment_key,
  k.bank_account_key,
  k.bank_transaction_key
from summed s
join back k on k.below_code = s.below_code
