-- Invoices dated before their seller was founded or after it was deregistered.
with seller as (
  select i.invoice_id, e.uscc
  from invoice i
  join enterprise e on e.uscc = i.seller_tax_id
  union all
  -- no tax number on the invoice: by name, variants folded
  select i.invoice_id, e.uscc
  from invoice i
  join party s on s.name = i.seller_name
  join party r on r.party_key = s.party_key
  join enterprise e on e.name = r.name
  where i.seller_tax_id is null
),
placed as (
  select s.invoice_id, e.uscc, e.name, e.founded_on_day, e.cancelled_on_day, i.issued_on_day, i.invoice_key,
         e.enterprise_key,
         case when e.founded_on_day - i.issued_on_day >= :min_days_before then 'before'
              when i.issued_on_day - e.cancelled_on_day >= :min_days_after then 'after' end as place
  from seller s
  join enterprise e on e.uscc = s.uscc
  join invoice i on i.invoice_id = s.invoice_id
  where i.total_amount_fen > 0
),
dated as (
  select p.invoice_id, p.uscc, p.name, p.founded_on_day, p.cancelled_on_day, p.issued_on_day, p.invoice_key,
         p.enterprise_key, p.place,
         sum(case when p.place is null then 1 else 0 end) over (partition by p.invoice_id) as alive
  from placed p
),
claim as (
  select u.unit_code, d.uscc, d.name, d.founded_on_day, d.cancelled_on_day, d.issued_on_day, d.place,
         d.invoice_key, d.enterprise_key, u.invoice_use_key,
         sum(u.claimed_amount_fen) over (partition by u.unit_code, d.uscc) as claimed_fen
  from dated d
  join invoice_use u on u.invoice_id = d.invoice_id
  where d.alive = 0
    and not exists (
      select 1 from voucher_line v
      where v.unit_code = u.unit_code and v.voucher_no = u.voucher_no
        and v.voucher_date_day = u.voucher_date_day and v.voided = 1
    )
)
select c.unit_code,
       c.uscc as subject,
       c.claimed_fen as amount_fen,
       min(c.issued_on_day) over (partition by c.unit_code, c.uscc) as from_day,
       max(c.issued_on_day) over (partition by c.unit_code, c.uscc) as to_day,
       c.invoice_key,
       c.invoice_use_key,
       c.enterprise_key,
       c.name as seller_name,
       case c.place when 'before' then '成立日期' else '注销日期' end as limit_zh,
       case c.place when 'before' then 'founding date' else 'deregistration' end as limit_en,
       case c.place when 'before' then c.founded_on_day else c.cancelled_on_day end as limit_day,
       c.issued_on_day
from claim c
where c.claimed_fen >= :min_amount_fen
