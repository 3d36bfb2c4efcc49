-- Whole hundreds paid to a supermarket or department store, or claimed on its invoices, several times in a year.
with bought as (
  select
    'payment' as source,
    y.unit_code,
    y.payee_name as shop,
    y.paid_on as on_date,
    y.paid_on_day as on_day,
    y.amount_fen as fen,
    y.payment_key,
    null as invoice_use_key,
    null as invoice_key
  from payment y
  union all
  select
    'invoice' as source,
    u.unit_code,
    i.seller_name as shop,
    u.voucher_date as on_date,
    u.voucher_date_day as on_day,
    u.claimed_amount_fen as fen,
    null as payment_key,
    u.invoice_use_key,
    i.invoice_key
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
),
round_sum as (
  select
    b.unit_code,
    b.source,
    p.party_key,
    substr(b.on_date, 1, 4) as year,
    b.shop,
    b.on_day,
    b.payment_key,
    b.invoice_use_key,
    b.invoice_key,
    count(*) over (partition by b.unit_code, b.source, p.party_key, substr(b.on_date, 1, 4)) as times,
    sum(b.fen) over (partition by b.unit_code, b.source, p.party_key, substr(b.on_date, 1, 4)) as total_fen
  from bought b
  join party p on p.name = b.shop
  where b.fen >= :min_each_fen
    and b.fen % 10000 = 0
    and exists (select 1 from text_tag g where g.text = b.shop and g.tag = 'retailer')
    and not exists (
      select 1
      from contract c
      join party q on q.name = c.party_name
      where c.unit_code = b.unit_code
        and q.party_key = p.party_key
    )
)
-- The payments and the invoices tell of the same money; the larger sum counts.
select
  r.unit_code,
  r.party_key || '|' || r.year as subject,
  max(r.total_fen) over (partition by r.unit_code, r.party_key, r.year) as amount_fen,
  r.on_day as from_day,
  r.on_day as to_day,
  r.shop,
  r.year,
  max(r.times) over (partition by r.unit_code, r.party_key, r.year) as times,
  r.payment_key,
  r.invoice_use_key,
  r.invoice_key
from round_sum r
where r.times >= :min_times
  and r.total_fen >= :min_total_fen
