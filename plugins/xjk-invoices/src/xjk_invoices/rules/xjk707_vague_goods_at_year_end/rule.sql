-- Round invoices for goods nobody can tell, one seller, at the end of the year.
with vague as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name, i.item,
         coalesce(i.seller_tax_id, p.party_key) as seller_key,
         substr(i.issued_on, 1, 4) as year
  from invoice i
  join party p on p.name = i.seller_name
  where cast(substr(i.issued_on, 6, 2) as integer) >= :from_month
    and i.total_amount_fen > 0 and i.total_amount_fen % :round_to_fen = 0
    and coalesce(i.quantity_micro, 1000000) <= 1000000
    and exists (select 1 from text_tag t where t.text = i.item and t.tag = 'vague_goods')
    and not exists (select 1 from text_tag t where t.text = i.item and t.tag = 'detailed_list')
),
claimed as (
  select u.unit_code, v.invoice_id, sum(u.claimed_amount_fen) as claimed_fen
  from vague v
  join invoice_use u on u.invoice_id = v.invoice_id
  group by u.unit_code, v.invoice_id
  having sum(u.claimed_amount_fen) > 0
),
summed as (
  select c.unit_code, v.invoice_id, v.invoice_key, v.issued_on_day, v.seller_name, v.item, v.seller_key, v.year,
         count(*) over (partition by c.unit_code, v.seller_key, v.year) as invoices,
         sum(c.claimed_fen) over (partition by c.unit_code, v.seller_key, v.year) as total_fen
  from claimed c
  join vague v on v.invoice_id = c.invoice_id
)
select s.unit_code,
       s.seller_key || ':' || s.year as subject,
       s.total_fen as amount_fen,
       s.issued_on_day as from_day,
       s.issued_on_day as to_day,
       s.invoice_key,
       u.invoice_use_key,
       s.seller_name,
       s.item,
       s.year,
       s.invoices
from summed s
join invoice_use u on u.invoice_id = s.invoice_id and u.unit_code = s.unit_code
where s.invoices >= :min_invoices and s.total_fen >= :min_total_fen
