-- Payments under contracts that ended long ago, and claims of invoices issued long ago.
with settled as (
  -- voided, or a debt that was booked in its time and is now paid
  select v.unit_code, v.voucher_no, v.voucher_date_day
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where v.voided = 1
    or (v.debit_fen > 0 and r.role in ('payable', 'other_payable', 'accrued_expense', 'long_term_payable'))
),
spent as (
  select
    y.unit_code,
    k.contract_id as subject,
    k.party_name as payee,
    '合同' || k.contract_id || '终止于' as document,
    'contract ' || k.contract_id || ' ended on' as document_en,
    y.purpose as what,
    y.voucher_no,
    y.voucher_date_day,
    coalesce(k.terminated_on_day, k.ends_on_day) as old_day,
    y.paid_on_day as on_day,
    y.amount_fen as fen,
    k.amount_fen * :retained_pct as retained,
    y.payment_key,
    k.contract_key,
    null as invoice_use_key,
    null as invoice_key
  from payment y
  join contract k on k.contract_id = y.contract_id and k.unit_code = y.unit_code
  where coalesce(k.side, 'expense') = 'expense'
    and coalesce(k.kind, 'other') <> 'works'
  union all
  select
    u.unit_code,
    p.party_key || '|' || substr(u.voucher_date, 1, 4) as subject,
    i.seller_name as payee,
    '发票最早开具于' as document,
    'the oldest invoice is of' as document_en,
    i.item as what,
    u.voucher_no,
    u.voucher_date_day,
    i.issued_on_day as old_day,
    u.voucher_date_day as on_day,
    u.claimed_amount_fen as fen,
    0 as retained,
    null as payment_key,
    null as contract_key,
    u.invoice_use_key,
    i.invoice_key
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
  join party p on p.name = i.seller_name
  -- what was paid under a contract is judged by the contract
  where not exists (
    select 1
    from payment y
    where y.unit_code = u.unit_code
      and y.voucher_no = u.voucher_no
      and y.voucher_date_day = u.voucher_date_day
      and y.contract_id is not null
  )
),
-- Refunds of any day reduce what was spent late.
late as (
  select
    s.unit_code,
    s.subject,
    s.payee,
    s.document,
    s.document_en,
    s.old_day,
    s.on_day,
    s.retained,
    s.payment_key,
    s.contract_key,
    s.invoice_use_key,
    s.invoice_key,
    sum(s.fen) over (partition by s.unit_code, s.subject) as total_fen
  from spent s
  where (s.on_day - s.old_day >= :min_days or s.fen < 0)
    and not exists (
      select 1
      from settled b
      where b.unit_code = s.unit_code
        and b.voucher_no = s.voucher_no
        and b.voucher_date_day = s.voucher_date_day
    )
    -- works are settled after their audit, and security is returned late by nature
    and not exists (select 1 from text_tag t where t.text = s.what and t.tag in ('works', 'deposit'))
)
select
  l.unit_code,
  l.subject,
  l.total_fen as amount_fen,
  l.on_day as from_day,
  l.on_day as to_day,
  min(l.payee) over (partition by l.unit_code, l.subject) as payee,
  l.document,
  l.document_en,
  min(l.old_day) over (partition by l.unit_code, l.subject) as old_on_day,
  l.payment_key,
  l.contract_key,
  l.invoice_use_key,
  l.invoice_key
from late l
where l.total_fen >= :min_amount_fen
  and l.total_fen * 100 > l.retained
