-- One sum paid by many firms within days to a unit, or to a body below it, as sponsorship or for an event.
with asked as (
  select
    v.voucher_line_key,
    v.line_id,
    v.unit_code as taker_code,
    u.name as taker,
    coalesce(h.unit_code, u.unit_code) as unit_code,
    coalesce(h.unit_key, u.unit_key) as unit_key,
    substr(v.voucher_date, 1, 4) as year,
    v.voucher_no,
    v.voucher_date_day,
    v.credit_fen,
    p.party_key
  from voucher_line v
  join unit u on u.unit_code = v.unit_code
  left join unit h on h.unit_code = u.parent_code and u.kind in ('association', 'enterprise', 'other')
  join party p on p.name = v.counterparty_name
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where (substr(r.role, 1, 7) = 'income_' or r.role in ('other_payable', 'advance_receipt'))
    and coalesce(v.voided, 0) = 0
    and p.kind in ('company', 'sole_trader', 'cooperative')
    and exists (select 1 from text_tag g where g.text = v.summary and g.tag = 'sponsorship')
),
-- A payment belongs to a round when enough firms paid the same sum within days of it.
crowded as (
  select a.voucher_line_key, count(distinct b.party_key) as firms
  from asked a
  join asked b
    on b.taker_code = a.taker_code
    and b.credit_fen = a.credit_fen
    and b.voucher_date_day between a.voucher_date_day - :days and a.voucher_date_day + :days
  group by a.voucher_line_key
),
round as (
  select
    a.voucher_line_key,
    a.line_id,
    a.taker_code,
    a.taker,
    a.unit_code,
    a.unit_key,
    a.year,
    a.voucher_no,
    a.voucher_date_day,
    a.credit_fen,
    sum(a.credit_fen) over (partition by a.taker_code, a.credit_fen, a.year) as total_fen,
    count(*) over (partition by a.taker_code, a.credit_fen, a.year) as payments
  from asked a
  join crowded c on c.voucher_line_key = a.voucher_line_key
  where c.firms >= :min_firms
)
-- The line of the income and, of the same voucher, the line where the money came in.
select
  r.unit_code,
  r.taker_code || '|' || r.year || '|' || min(r.line_id) over (partition by r.taker_code, r.credit_fen, r.year) as subject,
  r.total_fen as amount_fen,
  r.voucher_date_day as from_day,
  r.voucher_date_day as to_day,
  r.taker as taker,
  r.payments as payments,
  r.credit_fen as each_fen,
  r.unit_key,
  v.voucher_line_key
from round r
join voucher_line v
  on v.unit_code = r.taker_code
  and v.voucher_no = r.voucher_no
  and v.voucher_date_day = r.voucher_date_day
where r.total_fen >= :min_amount_fen
  and (v.voucher_line_key = r.voucher_line_key or v.debit_fen = r.credit_fen)
