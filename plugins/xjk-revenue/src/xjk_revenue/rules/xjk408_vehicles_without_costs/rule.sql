-- Vehicles in use in years in which the whole books of the unit show no cost of fuel, repair or tolls.
with year as (
  select
    v.unit_code,
    substr(v.voucher_date, 1, 4) as year,
    min(v.voucher_date_day) as first_day,
    max(v.voucher_date_day) as last_day,
    count(distinct substr(v.voucher_date, 6, 2)) as months
  from voucher_line v
  group by v.unit_code, substr(v.voucher_date, 1, 4)
),
-- By the text of a voucher, a payment or an invoice that was claimed.
driven as (
  select v.unit_code, substr(v.voucher_date, 1, 4) as year
  from voucher_line v
  join text_tag g on g.text = v.summary
  where g.tag in ('vehicle', 'fuel')
    and coalesce(v.voided, 0) = 0
  union all
  select y.unit_code, substr(y.paid_on, 1, 4) as year
  from payment y
  join text_tag g on g.text = y.purpose
  where g.tag in ('vehicle', 'fuel')
  union all
  select u.unit_code, substr(u.voucher_date, 1, 4) as year
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
  join text_tag g on g.text = i.item
  where g.tag in ('vehicle', 'fuel')
)
select
  a.unit_code,
  t.year as subject,
  0 as amount_fen,
  t.first_day as from_day,
  t.last_day as to_day,
  t.year as year,
  count(*) over (partition by a.unit_code, t.year) as vehicles,
  a.asset_key
from asset a
join year t on t.unit_code = a.unit_code
left join driven d on d.unit_code = t.unit_code and d.year = t.year
where a.kind = 'vehicle'
  and a.status = 'in_use'
  and coalesce(a.acquired_on_day, t.first_day) <= t.first_day
  and t.months = 12
  and d.unit_code is null
