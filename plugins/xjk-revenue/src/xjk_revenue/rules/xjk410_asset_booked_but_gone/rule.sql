-- Assets still on the books that the register calls disposed of or demolished, without any record of a disposal.
with book as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
)
select
  a.unit_code,
  a.asset_id as subject,
  coalesce(a.cost_fen, 0) as amount_fen,
  b.last_day as from_day,
  b.last_day as to_day,
  a.name as asset_name,
  case when a.status = 'demolished' then '拆除' else '处置' end as status_zh,
  case when a.status = 'demolished' then 'demolished' else 'disposed of' end as status_en,
  coalesce(a.address, '坐落未填') as address,
  a.asset_key
from asset a
join book b on b.unit_code = a.unit_code
where a.status in ('demolished', 'disposed')
  and a.booked = 1
  and coalesce(a.cost_fen, 0) >= :min_cost_fen
  and not exists (
    select 1 from asset_disposal d where d.unit_code = a.unit_code and d.asset_id = a.asset_id
  )
  -- A disposal that names no asset may be of this one.
  and not exists (
    select 1 from asset_disposal d where d.unit_code = a.unit_code and d.asset_id is null
  )
