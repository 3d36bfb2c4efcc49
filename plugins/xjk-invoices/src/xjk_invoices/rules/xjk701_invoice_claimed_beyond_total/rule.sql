-- Claims on one invoice in the order of the books; what goes beyond its total is the finding.
with claim as (
  select i.invoice_id, i.total_amount_fen,
         u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from invoice i
  join invoice_use u on u.invoice_id = i.invoice_id
  union all
  -- a red-letter invoice takes back what was claimed on the invoice it cancels
  select i.invoice_id, i.total_amount_fen,
         u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from invoice r
  join invoice i on i.invoice_id = r.red_of
  join invoice_use u on u.invoice_id = r.invoice_id
  where u.claimed_amount_fen < 0
),
live as (
  select c.invoice_id, c.total_amount_fen, c.unit_code, c.voucher_no, c.voucher_date_day, c.claimed_amount_fen,
         c.invoice_use_key
  from claim c
  where c.total_amount_fen > 0
    and not exists (
      select 1 from voucher_line v
      where v.unit_code = c.unit_code and v.voucher_no = c.voucher_no
        and v.voucher_date_day = c.voucher_date_day and v.voided = 1
    )
),
over_claimed as (
  select l.invoice_id, sum(l.claimed_amount_fen) as claimed_fen
  from live l
  group by l.invoice_id, l.total_amount_fen
  having sum(l.claimed_amount_fen) - l.total_amount_fen >= :min_excess_fen
),
running as (
  select l.invoice_id, l.total_amount_fen, l.unit_code, l.voucher_date_day, l.claimed_amount_fen,
         l.invoice_use_key, o.claimed_fen,
         sum(l.claimed_amount_fen) over (
           partition by l.invoice_id
           order by l.voucher_date_day, l.unit_code, l.voucher_no, l.invoice_use_key
           rows between unbounded preceding and current row
         ) - l.total_amount_fen as beyond_fen
  from over_claimed o
  join live l on l.invoice_id = o.invoice_id
),
excess as (
  select r.invoice_id, r.unit_code,
         sum(case when r.beyond_fen < r.claimed_amount_fen then r.beyond_fen else r.claimed_amount_fen end)
           as excess_fen
  from running r
  where r.claimed_amount_fen > 0 and r.beyond_fen > 0
  group by r.invoice_id, r.unit_code
)
select e.unit_code,
       e.invoice_id as subject,
       case when e.excess_fen < r.claimed_fen - r.total_amount_fen then e.excess_fen
            else r.claimed_fen - r.total_amount_fen end as amount_fen,
       min(r.voucher_date_day) over (partition by e.unit_code, e.invoice_id) as from_day,
       max(r.voucher_date_day) over (partition by e.unit_code, e.invoice_id) as to_day,
       i.invoice_key,
       case when r.unit_code = e.unit_code then r.invoice_use_key end as own__invoice_use_key,
       case when r.unit_code <> e.unit_code then r.invoice_use_key end as other__invoice_use_key,
       i.seller_name,
       r.total_amount_fen as invoice_total_fen,
       r.claimed_fen,
       count(*) over (partition by e.unit_code, e.invoice_id) as claims
from excess e
join running r on r.invoice_id = e.invoice_id
join invoice i on i.invoice_id = e.invoice_id
