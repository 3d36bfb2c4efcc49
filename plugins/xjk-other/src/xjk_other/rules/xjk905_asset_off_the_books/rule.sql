-- Securities and other assets of value that the register holds and the books do not.
select
  a.unit_code,
  a.asset_id as subject,
  a.cost_fen as amount_fen,
  a.acquired_on_day as from_day,
  a.acquired_on_day as to_day,
  a.name as asset_name,
  case a.kind when 'securities' then '有价证券' when 'building' then '房屋' when 'land' then '土地'
    when 'vehicle' then '车辆' when 'intangible' then '无形资产' else '资产' end as kind_zh,
  case a.kind when 'securities' then 'securities' when 'building' then 'a building' when 'land' then 'land'
    when 'vehicle' then 'a vehicle' when 'intangible' then 'an intangible asset' else 'an asset' end as kind_en,
  coalesce(a.acquired_on, '—') as acquired,
  a.asset_key
from asset a
where a.booked = 0
  and coalesce(a.status, 'in_use') not in ('disposed', 'demolished', 'lent')
  and a.cost_fen >= :min_cost_fen
  and coalesce(a.acquired_on_day, 0) + :grace_days <= :as_of_day
