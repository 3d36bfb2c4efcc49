-- Claims paid to another firm than the one that issued the invoice.
with paid as (
  select u.unit_code, u.invoice_use_key, u.claimed_amount_fen, u.voucher_date_day, i.invoice_key,
         i.seller_name, u.payee_name, s.party_key as seller_key, p.party_key as payee_key
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
  join party s on s.name = i.seller_name
  join party p on p.name = u.payee_name
  where p.party_key <> s.party_key
    and p.kind in ('company', 'sole_trader', 'cooperative')
    and s.kind not in ('person', 'public_body')
    -- head office and branch bear one name, the branch with an addition
    and substr(p.normal_name, 1, length(s.normal_name)) <> s.normal_name
    and substr(s.normal_name, 1, length(p.normal_name)) <> p.normal_name
),
summed as (
  select a.unit_code, a.invoice_use_key, a.voucher_date_day, a.invoice_key, a.seller_name, a.payee_name,
         a.seller_key, a.payee_key,
         sum(a.claimed_amount_fen) over (partition by a.unit_code, a.seller_key, a.payee_key) as claimed_fen
  from paid a
)
select s.unit_code,
       s.seller_key || '>' || s.payee_key as subject,
       s.claimed_fen as amount_fen,
       s.voucher_date_day as from_day,
       s.voucher_date_day as to_day,
       s.invoice_key,
       s.invoice_use_key,
       s.seller_name,
       s.payee_name
from summed s
where s.claimed_fen >= :min_amount_fen
