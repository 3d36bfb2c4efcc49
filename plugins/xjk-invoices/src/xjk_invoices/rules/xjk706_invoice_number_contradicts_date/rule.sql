-- The year inside an invoice's number or code against its date of issue. Two digits of a year, compared as text.
with numbered as (
  select i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name,
         coalesce(i.invoice_code, i.invoice_number) as written,
         case when i.invoice_code is null then 1 else 0 end as digital,
         substr(i.issued_on, 3, 2) as issue_year,
         case when i.invoice_code is null and length(i.invoice_number) = 20 then substr(i.invoice_number, 1, 2)
              when length(i.invoice_code) = 10 then substr(i.invoice_code, 5, 2)
              when length(i.invoice_code) = 12 and substr(i.invoice_code, 1, 1) = '0'
                then substr(i.invoice_code, 6, 2) end as inner_year
  from invoice i
  where i.total_amount_fen > 0 and i.issued_on_day >= 10957 -- 2000-01-01: two digits then stand for 20xx
    and coalesce(i.kind, 'digital') not in ('fiscal', 'other')
),
contrary as (
  select n.invoice_id, n.invoice_key, n.issued_on_day, n.seller_name, n.written, n.inner_year
  from numbered n
  where n.inner_year between '00' and '99'
    -- a digital number is given on the day of issue; a paper invoice is printed before it is used, maybe a year before
    and ((n.digital = 1 and n.inner_year <> n.issue_year) or n.inner_year > n.issue_year)
),
claim as (
  select c.invoice_id, u.unit_code, u.invoice_use_key, u.voucher_date_day,
         sum(u.claimed_amount_fen) over (partition by u.unit_code, u.invoice_id) as claimed_fen
  from contrary c
  join invoice_use u on u.invoice_id = c.invoice_id
)
select a.unit_code,
       c.invoice_id as subject,
       a.claimed_fen as amount_fen,
       c.issued_on_day as from_day,
       a.voucher_date_day as to_day,
       c.invoice_key,
       a.invoice_use_key,
       c.seller_name,
       c.written,
       '20' || c.inner_year as inner_year,
       c.issued_on_day
from contrary c
join claim a on a.invoice_id = c.invoice_id
where a.claimed_fen >= :min_amount_fen
