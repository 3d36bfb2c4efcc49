-- One row per bank receipt from a debtor whose debt was written off before, with no such receipt in the books.
with written as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_no,
    v.voucher_date_day,
    v.credit_fen,
    p.party_key,
    p.normal_name
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role in ('receivable', 'other_receivable', 'prepayment', 'note_receivable')
    and v.credit_fen > 0
    and coalesce(v.voided, 0) = 0
),
against as (
  -- What stands on the debit side of those vouchers: a loss and no money.
  select
    w.voucher_line_key,
    max(case
      when r.role in ('expense_asset_disposal', 'bad_debt_provision', 'pending_asset_loss', 'expense_other') then 1
      else 0
    end) as losses,
    max(case when r.role in ('bank', 'cash', 'zero_balance_quota', 'other_monetary') then 1 else 0 end) as money
  from written w
  join voucher_line v
    on v.unit_code = w.unit_code
    and v.voucher_no = w.voucher_no
    and v.voucher_date_day = w.voucher_date_day
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where v.debit_fen > 0
    and coalesce(v.voided, 0) = 0
  group by w.voucher_line_key
),
lost as (
  select w.voucher_line_key, w.unit_code, w.party_key, w.normal_name, w.voucher_date_day, w.credit_fen
  from against a
  join written w on w.voucher_line_key = a.voucher_line_key
  where a.losses = 1
    and a.money = 0
),
debtor as (
  select l.unit_code, l.party_key, min(l.voucher_date_day) as first_day,
    sum(l.credit_fen) as lost_fen
  from lost l
  group by l.unit_code, l.party_key
),
received as (
  select d.unit_code, d.party_key, t.bank_transaction_key, t.booked_on_day, t.amount_fen
  from debtor d
  join party p on p.party_key = d.party_key
  join bank_transaction t
    on t.counterparty_name = p.name
    and t.unit_code = d.unit_code
  where t.direction = 'in'
    and t.booked_on_day > d.first_day
),
booked as (
  select v.unit_code, v.debit_fen, v.voucher_date_day
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'bank'
    and coalesce(v.voided, 0) = 0
),
missing as (
  select e.unit_code, e.party_key, e.bank_transaction_key, e.booked_on_day, e.amount_fen,
    sum(e.amount_fen) over (partition by e.unit_code, e.party_key) as total_fen
  from received e
  left join booked b
    on b.unit_code = e.unit_code
    and b.debit_fen = e.amount_fen
    and b.voucher_date_day between e.booked_on_day - :days and e.booked_on_day + :days
  where b.debit_fen is null
)
select
  d.unit_code,
  d.party_key as subject,
  m.total_fen as amount_fen,
  m.booked_on_day as from_day,
  m.booked_on_day as to_day,
  l.normal_name as debtor,
  d.first_day as written_off_day,
  d.lost_fen as lost_fen,
  l.voucher_line_key,
  m.bank_transaction_key
from missing m
join debtor d on d.unit_code = m.unit_code and d.party_key = m.party_key
join lost l on l.unit_code = m.unit_code and l.party_key = m.party_key
where m.total_fen >= :min_amount_fen
