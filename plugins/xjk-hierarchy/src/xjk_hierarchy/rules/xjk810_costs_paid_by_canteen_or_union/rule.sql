-- Bills of a unit or its superior that its canteen or union claims after the unit gave it money.
with given as (
  select
    y.payment_key,
    y.unit_code,
    b.unit_code as body_code,
    b.name as body_name,
    o.parent_code,
    y.paid_on_day
  from unit b
  join unit o on o.unit_code = b.parent_code
  join party p on p.unit_code = b.unit_code
  join payment y on y.payee_name = p.name and y.unit_code = o.unit_code
  where b.kind in ('canteen', 'union')
    and y.amount_fen >= :min_amount_fen
),
-- What a red-letter invoice takes back counts against the bill it cancels.
claim as (
  select
    u.unit_code,
    u.invoice_use_key,
    u.voucher_date_day,
    u.claimed_amount_fen,
    coalesce(i.red_of, i.invoice_id) as bill_id
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
),
borne as (
  select
    g.unit_code,
    g.body_code,
    g.body_name,
    g.payment_key,
    g.paid_on_day,
    c.invoice_use_key,
    c.voucher_date_day,
    c.claimed_amount_fen,
    i.invoice_key,
    i.item,
    i.buyer_name
  from given g
  join claim c on c.unit_code = g.body_code
  join invoice i on i.invoice_id = c.bill_id
  join party q on q.name = i.buyer_name
  where c.voucher_date_day between g.paid_on_day and g.paid_on_day + :window_days
    and q.unit_code in (g.unit_code, g.parent_code)
    -- A kitchen without a tax number of its own buys its food in the name of the unit.
    and exists (
      select 1
      from text_tag t
      where t.text = i.item
        and t.tag in (
          'hospitality', 'travel', 'meeting', 'training', 'printing', 'vehicle', 'gift', 'tobacco_liquor', 'tourism',
          'luxury', 'prepaid_card'
        )
    )
),
-- One claim may follow several payments.
summed as (
  select b.unit_code, b.body_code, sum(b.claimed_amount_fen) as total_fen
  from (
    select distinct x.unit_code, x.body_code, x.invoice_use_key, x.claimed_amount_fen
    from borne x
  ) b
  group by b.unit_code, b.body_code
  having sum(b.claimed_amount_fen) >= :min_amount_fen
)
select
  b.unit_code,
  b.body_code as subject,
  s.total_fen as amount_fen,
  b.paid_on_day as from_day,
  b.voucher_date_day as to_day,
  b.body_name as body_name,
  b.buyer_name as buyer_name,
  b.item as item,
  b.payment_key,
  b.invoice_key,
  b.invoice_use_key
from summed s
join borne b on b.body_code = s.body_code
