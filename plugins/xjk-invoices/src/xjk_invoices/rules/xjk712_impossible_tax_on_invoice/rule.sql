-- Invoices whose rate was not in force on their date, or whose sums do not agree.
with rated as (
  select s.value as rate_micro, s.valid_from_day, s.valid_to_day
  from standard s
  where s.standard_key = 'vat_rate'
),
taxed as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name, i.tax_rate_micro,
         i.net_amount_fen, i.tax_amount_fen, i.total_amount_fen
  from invoice i
  where i.total_amount_fen >= :min_amount_fen and coalesce(i.kind, 'digital') not in ('fiscal', 'toll', 'other')
),
-- days and rates are few, invoices are many: ask the standard once for each
day_rate as (
  select distinct t.issued_on_day, t.tax_rate_micro
  from taxed t
  where t.tax_rate_micro < 1000000
),
wrong_rate as (
  select d.issued_on_day, d.tax_rate_micro
  from day_rate d
  where not exists (
      select 1 from rated r
      where r.rate_micro = d.tax_rate_micro and r.valid_from_day <= d.issued_on_day
        and d.issued_on_day - r.valid_to_day < :transition_days
    )
    and exists (
      select 1 from rated r where r.valid_from_day <= d.issued_on_day
    )
),
highest as (
  select d.issued_on_day, max(r.rate_micro) as rate_micro
  from (select distinct t.issued_on_day from taxed t) d
  join rated r on r.valid_from_day <= d.issued_on_day and d.issued_on_day - r.valid_to_day < :transition_days
  group by d.issued_on_day
),
doubtful as (
  select t.invoice_id, 'rate' as reason
  from wrong_rate w
  join taxed t on t.issued_on_day = w.issued_on_day and t.tax_rate_micro = w.tax_rate_micro
  union all
  select t.invoice_id, 'sum' as reason
  from taxed t
  where abs(t.net_amount_fen + t.tax_amount_fen - t.total_amount_fen) >= :min_difference_fen
  union all
  select t.invoice_id, 'tax' as reason
  from taxed t
  join highest h on h.issued_on_day = t.issued_on_day
  where t.tax_amount_fen * 1000000 - t.net_amount_fen * h.rate_micro >= :min_difference_fen * 1000000
),
reason as (
  select d.invoice_id, max(d.reason) as reason
  from doubtful d
  group by d.invoice_id
)
select u.unit_code,
       t.invoice_id as subject,
       sum(u.claimed_amount_fen) over (partition by u.unit_code, t.invoice_id) as amount_fen,
       t.issued_on_day as from_day,
       t.issued_on_day as to_day,
       t.invoice_key,
       u.invoice_use_key,
       t.seller_name,
       t.issued_on_day,
       t.tax_rate_micro,
       t.net_amount_fen as net_fen,
       t.tax_amount_fen as tax_fen,
       t.total_amount_fen as total_fen,
       case r.reason when 'rate' then '该税率在开票日不在适用的税率、征收率之列'
            when 'sum' then '金额与税额之和不等于价税合计'
            else '税额超过当时最高税率应有的数额' end as reason_zh,
       case r.reason when 'rate' then 'the rate was not among those in force on that day'
            when 'sum' then 'net amount and tax do not add up to the total'
            else 'the tax is more than the highest rate of that day gives' end as reason_en
from reason r
join taxed t on t.invoice_id = r.invoice_id
join invoice_use u on u.invoice_id = r.invoice_id
where u.claimed_amount_fen > 0
