-- Meal and fuel invoices of one seller that keep falling on weekends and holidays.
with bought as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name,
         coalesce(i.seller_tax_id, p.party_key) as seller_key,
         case when c.kind in ('weekend', 'holiday') then 1 else 0 end as off_day
  from invoice i
  join party p on p.name = i.seller_name
  join calendar c on c.day = i.issued_on_day
  where i.total_amount_fen > 0
    and exists (select 1 from text_tag t where t.text = i.item and t.tag in ('hospitality', 'fuel'))
),
claimed as (
  select u.unit_code, b.invoice_id, b.invoice_key, b.issued_on_day, b.seller_name, b.seller_key, b.off_day,
         sum(u.claimed_amount_fen) as claimed_fen
  from bought b
  join invoice_use u on u.invoice_id = b.invoice_id
  group by u.unit_code, b.invoice_id, b.invoice_key, b.issued_on_day, b.seller_name, b.seller_key, b.off_day
  having sum(u.claimed_amount_fen) > 0
),
counted as (
  select c.unit_code, c.invoice_id, c.invoice_key, c.issued_on_day, c.seller_name, c.seller_key, c.off_day,
         count(*) over (partition by c.unit_code, c.seller_key) as invoices,
         sum(c.off_day) over (partition by c.unit_code, c.seller_key) as off_days,
         sum(c.claimed_fen * c.off_day) over (partition by c.unit_code, c.seller_key) as off_fen
  from claimed c
)
select k.unit_code,
       k.seller_key as subject,
       k.off_fen as amount_fen,
       k.issued_on_day as from_day,
       k.issued_on_day as to_day,
       k.invoice_key,
       u.invoice_use_key,
       k.seller_name,
       k.invoices,
       k.off_days
from counted k
join invoice_use u on u.invoice_id = k.invoice_id and u.unit_code = k.unit_code
where k.off_day = 1
  and k.off_days >= :min_invoices
  and k.off_fen >= :min_amount_fen
  and k.off_days * 100 >= k.invoices * :min_share_pct
