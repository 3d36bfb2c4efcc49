-- One row per receipt, or one alone, for a fee of the budget of which next to nothing was executed or remitted.
with year_end as (
  select cast(substr(c.iso, 1, 4) as bigint) as fiscal_year, max(c.day) as day
  from calendar c
  group by cast(substr(c.iso, 1, 4) as bigint)
),
fee as (
  select
    b.budget_key,
    b.unit_code,
    b.fiscal_year,
    b.item_code,
    b.item_name,
    b.amount_fen,
    b.executed_fen,
    f.valid_to_day
  from budget b
  left join fee_item f on f.item_code = b.item_code
  where b.side = 'income'
    and (
      f.item_code is not null
      or exists (select 1 from text_tag g where g.text = b.item_name and g.tag in ('fee_charge', 'fine'))
    )
),
receipted as (
  select
    r.unit_code,
    r.item_code,
    cast(substr(r.issued_on, 1, 4) as bigint) as fiscal_year,
    r.receipt_key,
    r.issued_on_day,
    sum(r.amount_fen) over (partition by r.unit_code, r.item_code, substr(r.issued_on, 1, 4)) as receipted_fen
  from receipt r
  where coalesce(r.status, 'issued') = 'issued'
),
remitted as (
  select
    m.unit_code,
    m.item_code,
    cast(substr(m.remitted_on, 1, 4) as bigint) as fiscal_year,
    sum(m.amount_fen) as remitted_fen
  from remittance m
  group by m.unit_code, m.item_code, cast(substr(m.remitted_on, 1, 4) as bigint)
)
select
  b.unit_code,
  b.budget_key as subject,
  b.amount_fen - b.executed_fen as amount_fen,
  coalesce(r.issued_on_day, y.day) as from_day,
  coalesce(r.issued_on_day, y.day) as to_day,
  coalesce(b.item_name, b.item_code) as item_name,
  b.fiscal_year as year,
  b.amount_fen as budgeted_fen,
  b.executed_fen as executed_fen,
  coalesce(m.remitted_fen, 0) as remitted_fen,
  coalesce(r.receipted_fen, 0) as receipted_fen,
  coalesce(p.executed_fen, 0) as before_fen,
  b.budget_key,
  r.receipt_key
from fee b
join year_end y on y.fiscal_year = b.fiscal_year
left join fee p
  on p.unit_code = b.unit_code
  and p.item_code = b.item_code
  and p.fiscal_year = b.fiscal_year - 1
left join receipted r
  on r.unit_code = b.unit_code
  and r.item_code = b.item_code
  and r.fiscal_year = b.fiscal_year
left join remitted m
  on m.unit_code = b.unit_code
  and m.item_code = b.item_code
  and m.fiscal_year = b.fiscal_year
where y.day + :grace_days <= :as_of_day
  -- A fee abolished in the course of the year leaves its budget behind.
  and coalesce(b.valid_to_day, y.day) >= y.day
  and b.amount_fen >= :min_amount_fen
  and b.executed_fen * 100 <= b.amount_fen * :executed_pct
  and coalesce(m.remitted_fen, 0) * 100 <= b.amount_fen * :executed_pct
  and (coalesce(r.receipted_fen, 0) >= :min_amount_fen or coalesce(p.executed_fen, 0) >= :min_amount_fen)
