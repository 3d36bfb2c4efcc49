-- Claims on invoices whose buyer is neither the claiming unit nor one that belongs to it.
with claim as (
  select u.unit_code, i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name, i.buyer_name, i.buyer_tax_id,
         u.claimed_amount_fen, u.invoice_use_key
  from invoice i
  join invoice_use u on u.invoice_id = i.invoice_id
  union all
  -- red-letter invoices take back what was claimed on the invoices they cancel
  select u.unit_code, i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name, i.buyer_name, i.buyer_tax_id,
         u.claimed_amount_fen, u.invoice_use_key
  from invoice r
  join invoice i on i.invoice_id = r.red_of
  join invoice_use u on u.invoice_id = r.invoice_id
),
other as (
  select c.unit_code, c.invoice_key, c.issued_on_day, c.seller_name, c.buyer_name, c.claimed_amount_fen,
         c.invoice_use_key, b.party_key as buyer_key,
         sum(c.claimed_amount_fen) over (partition by c.unit_code, c.invoice_id) as invoice_fen
  from claim c
  join unit own on own.unit_code = c.unit_code
  join party b on b.name = c.buyer_name
  join party o on o.name = own.name
  where b.kind not in ('person', 'other')
    and b.party_key <> o.party_key
    and coalesce(c.buyer_tax_id, '-') <> coalesce(own.uscc, '')
    and not exists (
      select 1 from unit r
      where :allow_relatives = 1
        and (r.unit_code = own.parent_code or r.parent_code = own.unit_code)
        and (r.unit_code = b.unit_code or r.uscc = c.buyer_tax_id)
    )
),
summed as (
  select o.unit_code, o.invoice_key, o.issued_on_day, o.seller_name, o.buyer_name, o.invoice_use_key, o.buyer_key,
         sum(o.claimed_amount_fen) over (partition by o.unit_code, o.buyer_key) as claimed_fen
  from other o
  where o.invoice_fen > 0
)
select s.unit_code,
       s.buyer_key as subject,
       s.claimed_fen as amount_fen,
       s.issued_on_day as from_day,
       s.issued_on_day as to_day,
       s.invoice_key,
       s.invoice_use_key,
       s.buyer_name,
       s.seller_name
from summed s
where s.claimed_fen >= :min_amount_fen
