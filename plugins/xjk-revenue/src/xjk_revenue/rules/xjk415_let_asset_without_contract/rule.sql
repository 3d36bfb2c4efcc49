-- Buildings and land that the register calls let or lent, and that no lease of the unit covers in the last year of its books.
with book as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
)
select
  a.unit_code,
  a.asset_id as subject,
  0 as amount_fen,
  b.last_day - :days as from_day,
  b.last_day as to_day,
  a.name as asset_name,
  case when a.status = 'leased' then '出租' else '出借' end as status_zh,
  case when a.status = 'leased' then 'let' else 'lent' end as status_en,
  coalesce(a.address, '坐落未填') as address,
  a.asset_key
from asset a
join book b on b.unit_code = a.unit_code
where a.kind in ('building', 'land', 'resource')
  and a.status in ('leased', 'lent')
  and coalesce(a.acquired_on_day, b.last_day - :days) <= b.last_day - :days
  and not exists (
    select 1
    from lease l
    where l.unit_code = a.unit_code
      and l.asset_id = a.asset_id
      and coalesce(l.terminated_on_day, l.ends_on_day) > b.last_day - :days
      and l.starts_on_day <= b.last_day
  )
  -- Leases that do not say which asset may be of this one.
  and not exists (
    select 1 from lease l where l.unit_code = a.unit_code and l.asset_id is null
  )
