-- What an invoice bills against what its seller is registered to do, both read through the lexicons.
with fits (item_tag, scope_tag) as (
  select 'office_supplies', 'office_supplies' union all select 'office_supplies', 'printing'
  union all select 'office_supplies', 'vague_goods'
  union all select 'printing', 'printing' union all select 'printing', 'office_supplies'
  union all select 'hospitality', 'hospitality' union all select 'hospitality', 'meeting'
  union all select 'hospitality', 'canteen' union all select 'hospitality', 'tourism'
  union all select 'fuel', 'fuel'
),
-- trades the lexicons can tell; a scope with none of them says nothing
trade (tag) as (
  select 'office_supplies' union all select 'printing' union all select 'hospitality' union all select 'fuel'
  union all select 'vehicle' union all select 'repair' union all select 'works' union all select 'canteen'
  union all select 'tourism' union all select 'tobacco_liquor' union all select 'labour'
  union all select 'luxury'
),
billed as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.item, i.seller_tax_id, t.tag as item_tag,
         count(*) over (partition by i.invoice_id) as tags
  from invoice i
  join text_tag t on t.text = i.item
  where i.total_amount_fen > 0 and t.tag in ('office_supplies', 'printing', 'hospitality', 'fuel')
),
outside as (
  select b.invoice_id, b.invoice_key, b.issued_on_day, b.item, e.uscc, e.enterprise_key, e.name, e.scope
  from billed b
  join enterprise e on e.uscc = b.seller_tax_id
  where b.tags = 1
    and exists (
      select 1 from text_tag s join trade r on r.tag = s.tag where s.text = e.scope
    )
    and not exists (
      select 1 from text_tag s join fits f on f.scope_tag = s.tag
      where s.text = e.scope and f.item_tag = b.item_tag
    )
    -- a registered name may say what the scope does not
    and not exists (
      select 1 from text_tag s join fits f on f.scope_tag = s.tag
      where s.text = e.name and f.item_tag = b.item_tag
    )
),
summed as (
  select o.invoice_key, o.issued_on_day, o.item, o.uscc, o.enterprise_key, o.name, o.scope, u.unit_code,
         u.invoice_use_key,
         sum(u.claimed_amount_fen) over (partition by u.unit_code, o.uscc) as claimed_fen
  from outside o
  join invoice_use u on u.invoice_id = o.invoice_id
)
select s.unit_code,
       s.uscc as subject,
       s.claimed_fen as amount_fen,
       s.issued_on_day as from_day,
       s.issued_on_day as to_day,
       s.invoice_key,
       s.invoice_use_key,
       s.enterprise_key,
       s.name as seller_name,
       s.item,
       s.scope
from summed s
where s.claimed_fen >= :min_amount_fen
