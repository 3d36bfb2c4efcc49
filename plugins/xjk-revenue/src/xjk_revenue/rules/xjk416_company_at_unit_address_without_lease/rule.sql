-- One row per market entity registered at a building or plot of a unit that no lease covers.
with site as (
  select
    a.asset_key,
    a.asset_id,
    a.unit_code,
    a.name,
    a.status,
    a.acquired_on_day,
    replace(a.address, ' ', '') as address,
    substr(replace(a.address, ' ', ''), length(replace(a.address, ' ', '')) - 5, 6) as ending
  from asset a
  where a.kind in ('building', 'land')
    and a.status in ('idle', 'in_use', 'lent')
    and not exists (select 1 from lease l where l.asset_id = a.asset_id)
    -- The address of the office itself is shared by bodies of many kinds.
    and not exists (
      select 1 from unit u where u.unit_code = a.unit_code and replace(u.address, ' ', '') = replace(a.address, ' ', '')
    )
),
entity as (
  select distinct
    e.enterprise_key,
    e.uscc,
    e.name,
    p.party_key,
    e.founded_on,
    e.founded_on_day,
    replace(e.address, ' ', '') as address,
    substr(replace(e.address, ' ', ''), length(replace(e.address, ' ', '')) - 5, 6) as ending
  from enterprise e
  join party p on p.name = e.name
  where coalesce(e.status, 'active') in ('active', 'abnormal')
    and coalesce(e.kind, 'company') in ('company', 'sole_trader', 'cooperative')
    and e.declared_by is null
    and p.unit_code is null
),
-- Addresses are written with or without province and city in front: the ends are compared.
found as (
  select
    s.asset_key, s.asset_id, s.unit_code, s.name, s.status,
    e.enterprise_key, e.uscc, e.name as entity_name, e.party_key, e.founded_on, e.founded_on_day
  from site s
  join entity e
    on e.ending = s.ending
  where length(s.address) >= 8
    and substr(e.address, length(e.address) - length(s.address) + 1, length(s.address)) = s.address
    -- Registered there before the unit had it: the former owner's tenant, perhaps never moved on paper.
    and (e.founded_on_day is null or s.acquired_on_day is null or e.founded_on_day >= s.acquired_on_day)
)
select
  f.unit_code,
  f.asset_id || '|' || f.uscc as subject,
  0 as amount_fen,
  f.founded_on_day as from_day,
  f.founded_on_day as to_day,
  f.name as asset_name,
  case f.status when 'idle' then '闲置' when 'in_use' then '在用' else '出借' end as status_zh,
  f.status as status,
  f.entity_name as entity_name,
  coalesce(f.founded_on, '') as founded_on,
  f.asset_key,
  f.enterprise_key
from found f
where not exists (
  select 1
  from lease l
  join party p on p.name = l.tenant_name
  where l.unit_code = f.unit_code
    and p.party_key = f.party_key
)
