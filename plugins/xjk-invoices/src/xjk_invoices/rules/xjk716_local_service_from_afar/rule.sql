-- Meals, fuel and canteen food billed again and again by a seller of another province where nobody had travelled.
with remote as (
  select
    u.unit_code,
    i.seller_tax_id,
    i.seller_name,
    i.item,
    i.issued_on_day,
    substr(i.seller_tax_id, 3, 2) as seller_region,
    substr(n.uscc, 3, 2) as unit_region,
    u.claimed_amount_fen,
    u.claimant,
    u.invoice_use_key,
    i.invoice_key,
    n.unit_key
  from invoice i
  join invoice_use u on u.invoice_id = i.invoice_id
  join unit n on n.unit_code = u.unit_code
  where i.total_amount_fen > 0
    -- tax numbers of other lengths have the region elsewhere; 10 is the national registry
    and length(i.seller_tax_id) = 18
    and substr(i.seller_tax_id, 3, 2) <> substr(n.uscc, 3, 2)
    and substr(i.seller_tax_id, 3, 2) <> '10'
    and substr(n.uscc, 3, 2) <> '10'
    and exists (
      select 1 from text_tag g where g.text = i.item and g.tag in ('hospitality', 'fuel', 'canteen')
    )
),
unexplained as (
  select
    r.unit_code,
    r.seller_tax_id,
    r.seller_name,
    r.item,
    r.issued_on_day,
    r.seller_region,
    r.unit_region,
    r.invoice_use_key,
    r.invoice_key,
    r.unit_key,
    sum(r.claimed_amount_fen) over (partition by r.unit_code, r.seller_tax_id) as total_fen,
    count(*) over (partition by r.unit_code, r.seller_tax_id) as claims
  from remote r
  where not exists (
    select 1
    from travel t
    where t.unit_code = r.unit_code
      and t.kind = 'trip'
      and t.person_name = coalesce(r.claimant, t.person_name)
      and r.issued_on_day >= t.starts_on_day - :near_days
      and r.issued_on_day <= t.ends_on_day + :near_days
  )
)
select
  x.unit_code,
  x.seller_tax_id as subject,
  x.total_fen as amount_fen,
  x.issued_on_day as from_day,
  x.issued_on_day as to_day,
  x.seller_name,
  x.item,
  x.seller_region,
  x.unit_region,
  x.claims,
  x.unit_key,
  x.invoice_key,
  x.invoice_use_key
from unexplained x
where x.claims >= :min_claims
  and x.total_fen >= :min_amount_fen
