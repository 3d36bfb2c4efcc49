-- One row per receipt for a fee, fine or gift that a public unit wrote on a form of its own.
with own as (
  select
    r.receipt_key,
    r.unit_code,
    r.issued_on_day,
    r.item_name,
    r.kind,
    sum(r.amount_fen) over (partition by r.unit_code, r.item_name) as total_fen,
    count(*) over (partition by r.unit_code, r.item_name) as receipts
  from receipt r
  join unit u on u.unit_code = r.unit_code
  where r.fiscal = 0
    and r.amount_fen > 0
    and coalesce(r.status, 'issued') = 'issued'
    and u.kind in ('administrative', 'public_institution', 'township', 'subdistrict')
    and exists (
      select 1
      from text_tag t
      where t.text = r.item_name
        and t.tag in ('fee_charge', 'fine', 'sponsorship', 'donation')
    )
    and not exists (
      select 1 from text_tag t where t.text = r.item_name and t.tag in ('deposit', 'collected_for_others')
    )
)
select
  o.unit_code,
  o.item_name as subject,
  o.total_fen as amount_fen,
  o.issued_on_day as from_day,
  o.issued_on_day as to_day,
  o.item_name as item_name,
  coalesce(o.kind, '收据') as kind,
  o.receipts as receipts,
  o.receipt_key
from own o
where o.total_fen >= :min_total_fen
