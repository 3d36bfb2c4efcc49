-- Claims on one invoice in the order of the books; what goes beyond its total is the finding.
with over_claimed as (
  select i.invoice_id, i.invoice_key, i.seller_name, i.total_amount_fen
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
  where i.total_amount_fen > 0 and u.claimed_amount_fen > 0
  group by i.invoice_id, i.invoice_key, i.seller_name, i.total_amount_fen
  having sum(u.claimed_amount_fen) - i.total_amount_fen >= :min_excess_fen
),
claim as (
  select o.invoice_id, o.invoice_key, o.seller_name, o.total_amount_fen,
         u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from over_claimed o
  join invoice_use u on u.invoice_id = o.invoice_id
  union all
  -- a red-letter invoice takes back what was claimed on the invoice it cancels
  select o.invoice_id, o.invoice_key, o.seller_name, o.total_amount_fen,
         u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from over_claimed o
  join invoice r on r.red_of = o.invoice_id
  join invoice_use u on u.invoice_id = r.invoice_id
),
running as (
  select c.invoice_id, c.invoice_key, c.seller_name, c.total_amount_fen,
         c.unit_code, c.voucher_date_day, c.claimed_amount_fen, c.invoice_use_key,
         sum(c.claimed_amount_fen) over (
           partition by c.invoice_id
           order by c.voucher_date_day, c.unit_code, c.voucher_no, c.invoice_use_key
           rows between unbounded preceding and current row
         ) - c.total_amount_fen as beyond_fen,
         sum(c.claimed_amount_fen) over (partition by c.invoice_id) as claimed_fen
  from claim c
  where not exists (
    select 1 from voucher_line v
    where v.unit_code = c.unit_code and v.voucher_no = c.voucher_no
      and v.voucher_date_day = c.voucher_date_day and v.voided = 1
  )
),
excess as (
  select r.invoice_id, r.unit_code,
         sum(case when r.beyond_fen < r.claimed_amount_fen then r.beyond_fen else r.claimed_amount_fen end)
           as excess_fen
  from running r
  where r.claimed_amount_fen > 0 and r.beyond_fen > 0
    and r.claimed_fen - r.total_amount_fen >= :min_excess_fen
  group by r.invoice_id, r.unit_code
)
select e.unit_code,
       e.invoice_id as subject,
       case when e.excess_fen < r.claimed_fen - r.total_amount_fen then e.excess_fen
            else r.claimed_fen - r.total_amount_fen end as amount_fen,
       min(r.voucher_date_day) over (partition by e.unit_code, e.invoice_id) as from_day,
       max(r.voucher_date_day) over (partition by e.unit_code, e.invoice_id) as to_day,
       r.invoice_key,
       case when r.unit_code = e.unit_code then r.invoice_use_key end as own__invoice_use_key,
       case when r.unit_code <> e.unit_code then r.invoice_use_key end as other__invoice_use_key,
       r.seller_name,
       r.total_amount_fen as invoice_total_fen,
       r.claimed_fen,
       count(*) over (partition by e.unit_code, e.invoice_id) as claims
from excess e
join running r on r.invoice_id = e.invoice_id
