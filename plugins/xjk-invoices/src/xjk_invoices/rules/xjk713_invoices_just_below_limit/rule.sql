-- Several invoices of one seller to one unit within a few days, each just below a limit.
with near as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name,
         coalesce(i.seller_tax_id, p.party_key) as seller_key, p.party_key
  from invoice i
  join party p on p.name = i.seller_name
  where i.total_amount_fen < :limit_amount_fen
    and i.total_amount_fen * 100 >= :limit_amount_fen * :near_pct
),
claimed as (
  select u.unit_code, n.invoice_id, n.invoice_key, n.issued_on_day, n.seller_name, n.seller_key, n.party_key,
         sum(u.claimed_amount_fen) as claimed_fen
  from near n
  join invoice_use u on u.invoice_id = n.invoice_id
  group by u.unit_code, n.invoice_id, n.invoice_key, n.issued_on_day, n.seller_name, n.seller_key, n.party_key
  having sum(u.claimed_amount_fen) > 0
),
windowed as (
  select c.unit_code, c.invoice_id, c.invoice_key, c.issued_on_day, c.seller_name, c.seller_key, c.party_key,
         c.claimed_fen,
         count(*) over (
           partition by c.unit_code, c.seller_key
           order by c.issued_on_day range between :within_days preceding and current row
         ) as invoices
  from claimed c
),
clustered as (
  select w.unit_code, w.invoice_id, w.invoice_key, w.issued_on_day, w.seller_name, w.seller_key, w.party_key,
         w.claimed_fen,
         max(w.invoices) over (
           partition by w.unit_code, w.seller_key
           order by w.issued_on_day range between current row and :within_days following
         ) as invoices
  from windowed w
),
counted as (
  select k.unit_code, k.invoice_id, k.invoice_key, k.issued_on_day, k.seller_name, k.seller_key,
         sum(k.claimed_fen) over (partition by k.unit_code, k.seller_key) as total_fen,
         count(*) over (partition by k.unit_code, k.seller_key) as invoices
  from clustered k
  where k.invoices >= :min_invoices
    -- ordered as a whole under a contract, billed part by part
    and not exists (
      select 1 from contract o
      join party q on q.name = o.party_name
      where o.unit_code = k.unit_code and q.party_key = k.party_key and o.amount_fen >= :limit_amount_fen
        and coalesce(o.signed_on_day, o.starts_on_day, k.issued_on_day) <= k.issued_on_day
        and coalesce(o.ends_on_day, k.issued_on_day) + :after_contract_days >= k.issued_on_day
    )
)
select c.unit_code,
       c.seller_key as subject,
       c.total_fen as amount_fen,
       c.issued_on_day as from_day,
       c.issued_on_day as to_day,
       c.invoice_key,
       u.invoice_use_key,
       c.seller_name,
       c.invoices,
       cast(:limit_amount_fen as bigint) as limit_fen
from counted c
join invoice_use u on u.invoice_id = c.invoice_id and u.unit_code = c.unit_code
where c.invoices >= :min_invoices
