-- One row per receipt among those that alone make up what a unit receipted in a year beyond booked and remitted income.
with receipted as (
  select
    r.receipt_key,
    r.unit_code,
    substr(r.issued_on, 1, 4) as year,
    cast(substr(r.issued_on, 1, 4) as bigint) as fiscal_year,
    r.issued_on_day,
    r.voucher_no,
    r.status,
    case r.status when 'red' then -abs(r.amount_fen) else r.amount_fen end as amount_fen
  from receipt r
  join unit u on u.unit_code = r.unit_code
  where u.kind in ('administrative', 'public_institution', 'township', 'subdistrict')
    and coalesce(r.status, 'issued') <> 'void'
    and (
      exists (select 1 from fee_item f where f.item_code = r.item_code)
      or exists (select 1 from text_tag g where g.text = r.item_name and g.tag in ('fee_charge', 'fine'))
    )
    and not exists (
      select 1 from text_tag g where g.text = r.item_name and g.tag in ('deposit', 'collected_for_others')
    )
),
ledger as (
  select
    v.unit_code,
    v.fiscal_year,
    min(v.voucher_date_day) as first_day,
    max(v.voucher_date_day) as last_day,
    sum(case when a.role = 'due_to_treasury' then v.credit_fen end) as due_fen,
    sum(case
      when a.role = 'advance_receipt' then v.credit_fen
      when substr(a.role, 1, 7) = 'income_' and a.role not in ('income_fiscal', 'income_interest') then v.credit_fen
    end) as income_fen
  from (select distinct unit_code from receipted) t
  join voucher_line v on v.unit_code = t.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  where coalesce(v.voided, 0) = 0
  group by v.unit_code, v.fiscal_year
),
remitted as (
  select m.unit_code, cast(substr(m.remitted_on, 1, 4) as bigint) as fiscal_year, sum(m.amount_fen) as remitted_fen
  from remittance m
  group by m.unit_code, cast(substr(m.remitted_on, 1, 4) as bigint)
),
counted as (
  select
    r.receipt_key,
    r.unit_code,
    r.year,
    r.issued_on_day,
    r.voucher_no,
    r.amount_fen,
    sum(r.amount_fen) over (partition by r.unit_code, r.year) as receipted_fen,
    coalesce(l.income_fen, 0)
    -- Payers may pay the treasury directly: of dues and remittances the larger counts.
    + case
      when m.remitted_fen > coalesce(l.due_fen, 0) then m.remitted_fen
      else coalesce(l.due_fen, 0)
    end as found_fen
  from receipted r
  join ledger l on l.unit_code = r.unit_code and l.fiscal_year = r.fiscal_year
  left join remitted m on m.unit_code = r.unit_code and m.fiscal_year = r.fiscal_year
  where r.issued_on_day >= l.first_day
    -- Money of the last days is booked in the next year; what was reversed then belongs to earlier receipts.
    and (r.status = 'red' or r.issued_on_day + :grace_days <= l.last_day)
),
-- Receipts without a voucher come first, then the largest; before_fen is what those before a receipt make up.
lined_up as (
  select
    c.receipt_key,
    c.unit_code,
    c.year,
    c.issued_on_day,
    c.receipted_fen,
    c.found_fen,
    sum(c.amount_fen) over (
      partition by c.unit_code, c.year
      order by case when c.voucher_no is null then 0 else 1 end, c.amount_fen desc, c.receipt_key
      rows between unbounded preceding and current row
    ) - c.amount_fen as before_fen
  from counted c
  where c.amount_fen > 0
)
select
  o.unit_code,
  o.year as subject,
  o.receipted_fen - o.found_fen as amount_fen,
  o.issued_on_day as from_day,
  o.issued_on_day as to_day,
  o.year as year,
  o.receipted_fen as receipted_fen,
  o.found_fen as found_fen,
  o.receipt_key
from lined_up o
where o.before_fen < o.receipted_fen - o.found_fen
  and o.receipted_fen - o.found_fen >= :min_short_fen
  and (o.receipted_fen - o.found_fen) * 100 >= o.receipted_fen * :min_short_pct
