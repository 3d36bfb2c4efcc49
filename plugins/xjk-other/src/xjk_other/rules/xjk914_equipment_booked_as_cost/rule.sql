-- One row per expense line that bought equipment: for an asset the register calls unbooked, or by its own class.
with spent as (
  select
    v.voucher_line_key,
    v.line_id,
    v.unit_code,
    v.voucher_date_day,
    v.debit_fen,
    v.summary,
    v.econ_class
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in ('expense_activity', 'expense_management', 'expense_operating', 'expense_other')
    and v.debit_fen >= :min_amount_fen
    and coalesce(v.voided, 0) = 0
),
classed as (
  -- 309 and 310 share the names of their classes: office and special equipment, cars and other vehicles.
  select s.voucher_line_key, s.line_id, s.unit_code, s.voucher_date_day, s.debit_fen, s.summary
  from spent s
  where s.econ_class in ('30902', '30903', '30913', '30919', '31002', '31003', '31013', '31019')
),
covered as (
  select c.line_id, sum(a.cost_fen) as cost_fen
  from classed c
  join asset a
    on a.unit_code = c.unit_code
    and a.acquired_on_day between c.voucher_date_day - :days and c.voucher_date_day + :days
  where coalesce(a.booked, 1) = 1
  group by c.line_id
),
bought as (
  select s.voucher_line_key, s.line_id, s.unit_code, s.voucher_date_day, s.debit_fen, s.summary,
    a.asset_key, a.name as asset_name
  from asset a
  join spent s
    on s.unit_code = a.unit_code
    and s.debit_fen = a.cost_fen
    and s.voucher_date_day between a.acquired_on_day - :days and a.acquired_on_day + :days
  where a.booked = 0
    and a.kind in ('equipment', 'vehicle')
  union all
  select c.voucher_line_key, c.line_id, c.unit_code, c.voucher_date_day, c.debit_fen, c.summary,
    null as asset_key, '（资产台账中没有）' as asset_name
  from classed c
  left join covered k on k.line_id = c.line_id
  where coalesce(k.cost_fen, 0) < c.debit_fen
)
select
  b.unit_code,
  b.line_id as subject,
  b.debit_fen as amount_fen,
  b.voucher_date_day as from_day,
  b.voucher_date_day as to_day,
  b.summary as summary,
  b.asset_name as asset_name,
  b.voucher_line_key,
  b.asset_key
from bought b
