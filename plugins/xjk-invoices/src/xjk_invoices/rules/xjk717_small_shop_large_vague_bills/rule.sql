-- Vague goods bought in a year from a shop with next to no staff, for more than the shop's own capital.
with bought as (
  select
    u.unit_code,
    e.uscc,
    substr(u.voucher_date, 1, 4) as year,
    u.voucher_date_day,
    e.enterprise_key,
    e.name as seller_name,
    e.insured_staff,
    e.registered_capital_fen,
    i.invoice_key,
    u.invoice_use_key,
    p.party_key,
    sum(u.claimed_amount_fen) over (partition by u.unit_code, e.uscc, substr(u.voucher_date, 1, 4)) as total_fen,
    count(*) over (partition by u.unit_code, e.uscc, substr(u.voucher_date, 1, 4)) as claims
  from enterprise e
  join party p on p.name = e.name
  join invoice i on i.seller_tax_id = e.uscc
  join invoice_use u on u.invoice_id = i.invoice_id
  -- members of a cooperative are not insured by it, so that its number says nothing
  where e.kind in ('company', 'sole_trader')
    and e.insured_staff <= :max_staff
    and exists (select 1 from text_tag g where g.text = i.item and g.tag = 'vague_goods')
)
select
  b.unit_code,
  b.uscc || ':' || b.year as subject,
  b.total_fen as amount_fen,
  b.voucher_date_day as from_day,
  b.voucher_date_day as to_day,
  b.seller_name,
  b.insured_staff,
  b.registered_capital_fen as capital_fen,
  b.year,
  b.claims,
  b.enterprise_key,
  b.invoice_key,
  b.invoice_use_key
from bought b
where b.total_fen >= :min_amount_fen
  and b.total_fen * 100 >= b.registered_capital_fen * :capital_pct
  and not exists (
    select 1
    from contract c
    join party q on q.name = c.party_name
    where c.unit_code = b.unit_code
      and q.party_key = b.party_key
      and substr(coalesce(c.starts_on, c.signed_on, b.year), 1, 4) <= b.year
      and substr(coalesce(c.ends_on, b.year), 1, 4) >= b.year
  )
