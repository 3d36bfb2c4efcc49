-- Vouchers that take money out of income and put it among payables, by a debit or in red.
with booked as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_no,
    v.voucher_date,
    v.voucher_date_day,
    case when r.role = 'other_payable' then 1 else 0 end as is_payable,
    coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0) as net_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in (
      'other_payable', 'income_service', 'income_operating', 'income_other', 'income_rent', 'income_donation',
      'income_interest', 'income_investment', 'income_extra_budget', 'income_subordinate_remittance'
    )
    and coalesce(v.voided, 0) = 0
    and not exists (
      select 1 from text_tag t where t.text = v.summary and t.tag in ('refund', 'collected_for_others', 'deposit')
    )
),
moved as (
  select
    b.unit_code,
    b.voucher_no,
    b.voucher_date_day,
    -sum(case when b.is_payable = 0 then b.net_fen else 0 end) as taken_fen,
    sum(case when b.is_payable = 1 then b.net_fen else 0 end) as parked_fen
  from booked b
  group by b.unit_code, b.voucher_no, b.voucher_date_day
)
select
  m.unit_code,
  b.voucher_no || '|' || b.voucher_date as subject,
  case when m.taken_fen < m.parked_fen then m.taken_fen else m.parked_fen end as amount_fen,
  m.voucher_date_day as from_day,
  m.voucher_date_day as to_day,
  m.voucher_no as voucher_no,
  b.voucher_line_key
from moved m
join booked b
  on b.unit_code = m.unit_code
  and b.voucher_no = m.voucher_no
  and b.voucher_date_day = m.voucher_date_day
where m.taken_fen >= :min_amount_fen
  and m.parked_fen >= :min_amount_fen
