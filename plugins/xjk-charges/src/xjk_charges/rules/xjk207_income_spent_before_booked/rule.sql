-- Lines of vouchers in which income and expense meet, so that less money came in than was earned.
with line as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_no,
    v.voucher_date,
    v.voucher_date_day,
    v.summary,
    case
      when r.role in ('due_to_treasury', 'income_service', 'income_operating', 'income_rent', 'income_other')
        then coalesce(v.credit_fen, 0) - coalesce(v.debit_fen, 0)
      else 0
    end as earned_fen,
    case
      when substr(r.role, 1, 8) = 'expense_' then coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0)
      else 0
    end as spent_fen,
    -- Income and expense also meet in closing vouchers, and where an appropriation is spent.
    case
      when r.role in ('current_surplus', 'accumulated_surplus', 'income_fiscal', 'zero_balance_quota') then 1
      else 0
    end as is_other
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where coalesce(v.voided, 0) = 0
),
voucher as (
  select
    l.unit_code,
    l.voucher_no,
    l.voucher_date_day,
    sum(l.earned_fen) as earned_fen,
    sum(l.spent_fen) as spent_fen
  from line l
  group by l.unit_code, l.voucher_no, l.voucher_date_day
  having sum(l.earned_fen) > 0
    and sum(l.spent_fen) >= :min_amount_fen
    and sum(l.spent_fen) * 100 >= sum(l.earned_fen) * :min_pct
    and max(l.is_other) = 0
)
select
  l.unit_code,
  l.voucher_date || '|' || l.voucher_no as subject,
  case when k.spent_fen < k.earned_fen then k.spent_fen else k.earned_fen end as amount_fen,
  l.voucher_date_day as from_day,
  l.voucher_date_day as to_day,
  l.voucher_no as voucher_no,
  k.earned_fen as earned_fen,
  k.spent_fen as spent_fen,
  coalesce(l.summary, '—') as summary,
  l.voucher_line_key
from voucher k
join line l
  on l.unit_code = k.unit_code
  and l.voucher_no = k.voucher_no
  and l.voucher_date_day = k.voucher_date_day
where l.earned_fen <> 0 or l.spent_fen <> 0
