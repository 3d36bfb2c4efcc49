-- Debts to one party that a voucher without cash turns into a debt to, or sets off against a claim on, another.
with side as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_no,
    v.voucher_date,
    v.voucher_date_day,
    v.counterparty_name,
    p.party_key,
    r.role,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where r.role in ('payable', 'other_payable', 'receivable', 'other_receivable', 'prepayment')
    and coalesce(v.voided, 0) = 0
    -- a wrong name or account put right
    and not exists (select 1 from text_tag t where t.text = v.summary and t.tag = 'red_letter')
),
cleared as (
  select
    s.unit_code,
    s.voucher_no,
    s.voucher_date,
    s.voucher_date_day,
    s.party_key,
    min(s.counterparty_name) as name,
    sum(s.net_fen) as fen
  from side s
  where s.role in ('payable', 'other_payable')
  group by s.unit_code, s.voucher_no, s.voucher_date, s.voucher_date_day, s.party_key
),
taken as (
  select
    s.unit_code,
    s.voucher_no,
    s.voucher_date_day,
    s.party_key,
    min(s.counterparty_name) as name,
    -sum(s.net_fen) as fen
  from side s
  group by s.unit_code, s.voucher_no, s.voucher_date_day, s.party_key
),
pair as (
  select
    c.unit_code,
    c.voucher_no,
    c.voucher_date,
    c.voucher_date_day,
    c.party_key as creditor_key,
    c.name as creditor_name,
    k.party_key as taker_key,
    k.name as taker_name,
    case when c.fen < k.fen then c.fen else k.fen end as fen
  from cleared c
  join taken k
    on k.unit_code = c.unit_code
    and k.voucher_no = c.voucher_no
    and k.voucher_date_day = c.voucher_date_day
  where k.party_key <> c.party_key
),
paid as (
  select
    a.unit_code,
    a.voucher_no,
    a.voucher_date_day
  from pair a
  join voucher_line v
    on v.unit_code = a.unit_code
    and v.voucher_no = a.voucher_no
    and v.voucher_date_day = a.voucher_date_day
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in ('cash', 'bank', 'zero_balance_quota', 'other_monetary', 'income_fiscal')
  group by a.unit_code, a.voucher_no, a.voucher_date_day
)
select
  a.unit_code,
  a.creditor_key || '>' || a.taker_key || '|' || a.voucher_date as subject,
  a.fen as amount_fen,
  a.voucher_date_day as from_day,
  a.voucher_date_day as to_day,
  a.creditor_name as creditor_name,
  a.taker_name as taker_name,
  a.voucher_no as voucher_no,
  s.voucher_line_key
from pair a
join side s
  on s.unit_code = a.unit_code
  and s.voucher_no = a.voucher_no
  and s.voucher_date_day = a.voucher_date_day
left join paid d
  on d.unit_code = a.unit_code
  and d.voucher_no = a.voucher_no
  and d.voucher_date_day = a.voucher_date_day
where a.fen >= :min_amount_fen
  and d.unit_code is null
  and s.party_key in (a.creditor_key, a.taker_key)
