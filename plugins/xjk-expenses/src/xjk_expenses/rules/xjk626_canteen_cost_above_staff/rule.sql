-- What the canteen cost a unit in a year, less what the diners paid, against the number of its staff.
with heads as (
  select n.unit_code, n.staff_quota as people
  from unit n
  union all
  select p.unit_code, count(*) as people
  from person p
  where coalesce(p.status, 'active') <> 'retired'
  group by p.unit_code
),
staffed as (
  select n.unit_code, n.unit_key, max(h.people) as staff
  from unit n
  join heads h on h.unit_code = n.unit_code
  where n.kind in ('administrative', 'public_institution', 'township', 'subdistrict')
  group by n.unit_code, n.unit_key
),
canteen as (
  select
    v.unit_code,
    substr(v.voucher_date, 1, 4) as year,
    v.voucher_date_day,
    v.voucher_line_key,
    s.unit_key,
    s.staff,
    sum(coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0)) over (
      partition by v.unit_code, substr(v.voucher_date, 1, 4)
    ) as net_fen
  from staffed s
  join voucher_line v on v.unit_code = s.unit_code
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where (
      substr(r.role, 1, 8) = 'expense_'
      -- where the money of the diners is credited
      or r.role in ('income_other', 'income_service', 'income_operating', 'other_payable', 'advance_receipt')
    )
    and coalesce(v.voided, 0) = 0
    and s.staff > 0
    and exists (select 1 from text_tag g where g.text = v.summary and g.tag = 'canteen')
    -- rebuilding, repairs and hands for the canteen are not meals
    and not exists (
      select 1 from text_tag g where g.text = v.summary and g.tag in ('works', 'repair', 'labour')
    )
)
select
  c.unit_code,
  c.year as subject,
  c.net_fen - c.staff * 264 * :day_max_fen as amount_fen,
  c.voucher_date_day as from_day,
  c.voucher_date_day as to_day,
  c.year,
  c.staff,
  c.net_fen,
  c.staff * 264 * :day_max_fen as ordinary_fen,
  c.unit_key,
  c.voucher_line_key
from canteen c
where c.net_fen > c.staff * 264 * :day_max_fen
  and c.net_fen * 100 >= c.staff * 264 * :day_max_fen * :over_pct
