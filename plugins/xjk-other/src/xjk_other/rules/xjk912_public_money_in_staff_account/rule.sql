-- One row per piece of evidence that money of the unit went into the salary account of one of its staff.
with staff as (
  select p.person_key, p.person_id, p.unit_code, p.name as staff_name, p.account_no as card
  from person p
),
income as (
  -- What organisations pay for halls, stalls, fees and the like belongs to the unit.
  select
    s.person_id,
    t.bank_transaction_key,
    t.booked_on_day as moved_day,
    t.amount_fen,
    q.party_key
  from staff s
  join bank_transaction t
    on t.account_no = s.card
    and t.unit_code = s.unit_code
  join party q on q.name = t.counterparty_name
  where t.direction = 'in'
    and q.kind not in ('person', 'bank')
    and q.unit_code is null
    and exists (
      select 1
      from text_tag g
      where g.text = t.memo
        and g.tag in ('rent', 'fee_charge', 'fine', 'donation', 'sponsorship', 'asset_disposal')
    )
    and not exists (select 1 from text_tag g where g.text = t.memo and g.tag = 'refund')
),
several as (
  select i.person_id, sum(i.amount_fen) as income_fen
  from income i
  group by i.person_id
  having count(distinct i.party_key) >= :min_payers
),
cash_line as (
  select v.unit_code, v.voucher_no, v.voucher_date_day, min(v.voucher_line_key) as line_key
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'cash'
    and coalesce(v.voided, 0) = 0
  group by v.unit_code, v.voucher_no, v.voucher_date_day
),
carded as (
  -- The books say cash; the bank sent it to a private card, or got it back from there.
  select
    s.person_id,
    v.voucher_line_key,
    k.line_key,
    v.voucher_date_day as moved_day,
    coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0) as net_fen
  from cash_line k
  join voucher_line v
    on v.unit_code = k.unit_code
    and v.voucher_no = k.voucher_no
    and v.voucher_date_day = k.voucher_date_day
  join staff s
    on s.card = v.counterparty_account
    and s.unit_code = v.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role = 'bank'
    and coalesce(v.voided, 0) = 0
),
as_cash as (
  select c.person_id, sum(c.net_fen) as cash_fen
  from carded c
  group by c.person_id
),
kept as (
  select
    s.person_id,
    s.person_key,
    s.unit_code,
    s.staff_name,
    coalesce(a.income_fen, 0) as income_fen,
    coalesce(k.cash_fen, 0) as cash_fen
  from staff s
  left join several a on a.person_id = s.person_id
  left join as_cash k on k.person_id = s.person_id
  where coalesce(a.income_fen, 0) + coalesce(k.cash_fen, 0) >= :min_amount_fen
),
proof as (
  select i.person_id, i.moved_day, i.bank_transaction_key, null as voucher_line_key, null as line_key
  from income i
  join several a on a.person_id = i.person_id
  union all
  select c.person_id, c.moved_day, null as bank_transaction_key, c.voucher_line_key, c.line_key
  from carded c
)
select
  k.unit_code,
  k.person_id as subject,
  k.income_fen + k.cash_fen as amount_fen,
  f.moved_day as from_day,
  f.moved_day as to_day,
  k.staff_name as staff_name,
  k.income_fen as income_fen,
  k.cash_fen as cash_fen,
  k.person_key,
  f.bank_transaction_key,
  f.voucher_line_key,
  f.line_key as cash__voucher_line_key
from kept k
join proof f on f.person_id = k.person_id
