-- Treasury payments to a subordinate that stand as an advance to it and were never accounted for.
with below as (
  select
    u.parent_code as unit_code,
    u.unit_code as below_code,
    u.name as below_name,
    p.name as written,
    p.party_key
  from unit u
  join party p on p.unit_code = u.unit_code
),
moved as (
  select
    v.voucher_line_key,
    v.unit_code,
    b.below_code,
    b.below_name,
    v.voucher_no,
    v.voucher_date_day,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as open_fen
  from below b
  join voucher_line v on v.unit_code = b.unit_code and v.counterparty_name = b.written
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in ('other_receivable', 'prepayment')
    and coalesce(v.voided, 0) = 0
    -- A contract says when the advance is due back in goods or services.
    and not exists (
      select 1
      from contract c
      join party q on q.name = c.party_name
      where c.unit_code = b.unit_code
        and q.party_key = b.party_key
    )
),
newest as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
sent as (
  select y.payment_key, b.below_code, y.voucher_no, y.voucher_date_day
  from below b
  join payment y on y.unit_code = b.unit_code and y.payee_name = b.written
),
advance as (
  select
    m.voucher_line_key,
    m.unit_code,
    m.below_code,
    m.below_name,
    m.voucher_date_day,
    n.last_day,
    s.payment_key
  from moved m
  join newest n on n.unit_code = m.unit_code
  join sent s
    on s.below_code = m.below_code
    and s.voucher_no = m.voucher_no
    and s.voucher_date_day = m.voucher_date_day
  where m.open_fen > 0
    and m.voucher_date_day + :wait_days <= n.last_day
),
-- Whatever was accounted for or returned counts, for whichever advance it was.
overdue as (
  select m.below_code, sum(m.open_fen) as overdue_fen
  from moved m
  where m.open_fen < 0
    or exists (select 1 from advance a where a.voucher_line_key = m.voucher_line_key)
  group by m.below_code
)
select
  a.unit_code,
  a.below_code as subject,
  o.overdue_fen as amount_fen,
  a.voucher_date_day as from_day,
  a.last_day as to_day,
  a.below_name as below_name,
  a.voucher_line_key,
  a.payment_key
from overdue o
join advance a on a.below_code = o.below_code
where o.overdue_fen >= :min_amount_fen
