-- Claims of bills made out to the superior that the subordinate bears in full.
with claim as (
  select
    u.unit_code,
    u.invoice_use_key,
    u.claimed_amount_fen,
    coalesce(i.red_of, i.invoice_id) as bill_id
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
),
bill as (
  select
    own.unit_code,
    s.unit_code as superior_code,
    s.name as superior_name,
    b.invoice_key,
    b.issued_on_day,
    b.item,
    b.total_amount_fen,
    c.invoice_use_key,
    c.claimed_amount_fen,
    -- What a red-letter invoice takes back counts against the bill it cancels.
    sum(c.claimed_amount_fen) over (partition by own.unit_code, b.invoice_id) as borne_fen
  from invoice b
  join party p on p.name = b.buyer_name
  join unit s on s.unit_code = p.unit_code
  join unit own on own.parent_code = s.unit_code
  join claim c on c.bill_id = b.invoice_id and c.unit_code = own.unit_code
  -- What canteens and unions pay for others is a matter of its own.
  where own.kind not in ('canteen', 'union')
    and coalesce(b.buyer_tax_id, '-') <> coalesce(own.uscc, '')
    -- Bills of a shared house, for power, water or lines, are the superior's by name only.
    and exists (
      select 1
      from text_tag g
      where g.text = b.item
        and g.tag in (
          'hospitality', 'travel', 'meeting', 'training', 'printing', 'office_supplies', 'vehicle', 'fuel', 'gift',
          'tobacco_liquor', 'tourism', 'luxury', 'prepaid_card', 'vague_goods', 'consulting', 'labour'
        )
    )
),
summed as (
  select
    b.unit_code,
    b.superior_code,
    b.superior_name,
    b.invoice_key,
    b.issued_on_day,
    b.item,
    b.invoice_use_key,
    sum(b.claimed_amount_fen) over (partition by b.unit_code, b.superior_code) as total_fen
  from bill b
  -- A share in a common purchase is less than the bill.
  where b.borne_fen >= b.total_amount_fen
)
select
  s.unit_code,
  s.superior_code as subject,
  s.total_fen as amount_fen,
  s.issued_on_day as from_day,
  s.issued_on_day as to_day,
  s.superior_name as superior_name,
  s.item as item,
  s.invoice_key,
  s.invoice_use_key
from summed s
where s.total_fen >= :min_amount_fen
