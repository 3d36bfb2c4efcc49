-- Claims on invoices that the tax administration calls void, cancelled, unknown or different.
with cancellation as (
  select r.red_of as invoice_id, min(r.issued_on_day) as cancelled_day
  from invoice r
  group by r.red_of
),
doubtful as (
  select i.invoice_id, i.invoice_key, i.seller_name, i.buyer_name, i.issued_on_day, i.total_amount_fen,
         i.verified_status, i.verified_on_day,
         c.cancelled_day
  from invoice i
  left join cancellation c on c.invoice_id = i.invoice_id
  where i.total_amount_fen > 0
    and i.verified_status in ('void', 'red', 'not_found', 'mismatch')
    -- the platform does not know bills of other systems, invoices of the last hours and those over five years old
    and (i.verified_status <> 'not_found'
         or (coalesce(i.kind, 'digital') not in ('fiscal', 'other')
             and coalesce(i.verified_on_day - i.issued_on_day, :min_check_days) >= :min_check_days
             and coalesce(i.verified_on_day - i.issued_on_day, 0) <= :max_check_days))
),
claim as (
  select d.invoice_id, u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from doubtful d
  join invoice_use u on u.invoice_id = d.invoice_id
  union all
  select d.invoice_id, u.unit_code, u.voucher_no, u.voucher_date_day, u.claimed_amount_fen, u.invoice_use_key
  from invoice r
  join doubtful d on d.invoice_id = r.red_of
  join invoice_use u on u.invoice_id = r.invoice_id
),
live as (
  select c.invoice_id, c.unit_code, c.voucher_date_day, c.invoice_use_key,
         sum(c.claimed_amount_fen) over (partition by c.invoice_id, c.unit_code) as net_fen,
         max(case when c.claimed_amount_fen > 0 then c.voucher_date_day end)
           over (partition by c.invoice_id, c.unit_code) as claimed_day
  from claim c
  where not exists (
    select 1 from voucher_line v
    where v.unit_code = c.unit_code and v.voucher_no = c.voucher_no
      and v.voucher_date_day = c.voucher_date_day and v.voided = 1
  )
),
newest as (
  select max(u.voucher_date_day) as day from invoice_use u
)
select l.unit_code,
       d.invoice_id as subject,
       l.net_fen as amount_fen,
       d.issued_on_day as from_day,
       l.claimed_day as to_day,
       d.invoice_key,
       l.invoice_use_key,
       d.seller_name,
       d.verified_status as status,
       case d.verified_status when 'void' then '已作废' when 'red' then '已红冲'
            when 'not_found' then '查无此票' else '票面信息不一致' end as status_zh,
       d.total_amount_fen as invoice_total_fen,
       d.verified_on_day as checked_day
from live l
join doubtful d on d.invoice_id = l.invoice_id
join newest n on 1 = 1
where l.net_fen >= :min_amount_fen
  -- cancelled by a red-letter invoice after it was claimed, and the correction may still be on its way
  and not (coalesce(d.cancelled_day, l.claimed_day - 1) >= l.claimed_day and n.day - d.cancelled_day < :grace_days)
  -- cancelled and issued again, the list of claims still names the old one
  and not (d.verified_status in ('void', 'red') and exists (
    select 1 from invoice a
    where a.seller_name = d.seller_name and a.total_amount_fen = d.total_amount_fen
      and a.issued_on_day >= d.issued_on_day
      and coalesce(a.buyer_name, '') = coalesce(d.buyer_name, '')
      and coalesce(a.verified_status, 'unchecked') in ('valid', 'unchecked')
      and not exists (select 1 from invoice_use b where b.invoice_id = a.invoice_id)
  ))
