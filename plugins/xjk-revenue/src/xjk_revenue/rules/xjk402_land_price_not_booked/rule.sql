-- One row per land or resource contract whose price is neither booked nor remitted for the most part.
with selling as (
  select distinct l.unit_code
  from land_transfer l
),
book as (
  select v.unit_code, min(v.voucher_date_day) as first_day, max(v.voucher_date_day) as last_day
  from selling s
  join voucher_line v on v.unit_code = s.unit_code
  group by v.unit_code
),
sold as (
  select
    l.land_transfer_key,
    l.transfer_id,
    l.unit_code,
    l.parcel,
    l.buyer_name,
    l.signed_on_day,
    coalesce(l.due_on_day, l.signed_on_day) as due_day,
    l.price_fen,
    p.party_key as buyer_key
  from land_transfer l
  join party p on p.name = l.buyer_name
),
credit as (
  select v.unit_code, v.voucher_date_day, v.credit_fen, p.party_key
  from selling s
  join voucher_line v on v.unit_code = s.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  left join party p on p.name = v.counterparty_name
  where a.role in ('due_to_treasury', 'income_other', 'income_operating', 'income_extra_budget')
    and coalesce(v.voided, 0) = 0
),
-- Of the buyer, or of the very sum: an entry may name nobody.
booked as (
  select s.transfer_id, sum(c.credit_fen) as booked_fen
  from sold s
  join credit c on c.unit_code = s.unit_code
  where c.voucher_date_day >= s.signed_on_day - :lead_days
    and (c.party_key = s.buyer_key or c.credit_fen = s.price_fen)
  group by s.transfer_id
)
select
  s.unit_code,
  s.transfer_id as subject,
  s.price_fen - coalesce(k.booked_fen, 0) as amount_fen,
  s.signed_on_day as from_day,
  b.last_day as to_day,
  s.parcel as parcel,
  s.buyer_name as buyer_name,
  s.due_day as due_day,
  s.price_fen as price_fen,
  coalesce(k.booked_fen, 0) as booked_fen,
  s.land_transfer_key
from sold s
join book b on b.unit_code = s.unit_code
left join booked k on k.transfer_id = s.transfer_id
where s.signed_on_day >= b.first_day
  and s.due_day + :grace_days <= b.last_day
  and coalesce(k.booked_fen, 0) * 100 < s.price_fen * :booked_pct
  and not exists (
    select 1
    from remittance m
    where m.unit_code = s.unit_code
      and m.amount_fen = s.price_fen
      and m.remitted_on_day >= s.signed_on_day - :lead_days
  )
