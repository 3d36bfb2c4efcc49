-- Years in which an expense item of the budget was hardly executed, of items where that happened often or almost wholly.
-- The newest budget of a unit may still be under way.
with newest as (
  select b.unit_code, max(b.fiscal_year) as fiscal_year
  from budget b
  group by b.unit_code
),
low as (
  select
    b.budget_key,
    b.unit_code,
    b.fiscal_year,
    b.item_code,
    b.item_name,
    b.amount_fen,
    b.executed_fen
  from budget b
  join newest n on n.unit_code = b.unit_code
  where b.side = 'expense'
    and b.fiscal_year < n.fiscal_year
    and b.amount_fen >= :min_amount_fen
    and b.executed_fen * 100 < b.amount_fen * :low_pct
),
-- Items of which a year ends enough low years in a row, or was executed to almost nothing.
doubtful as (
  select a.unit_code, a.item_code
  from low a
  join low b
    on b.unit_code = a.unit_code
    and b.item_code = a.item_code
    and b.fiscal_year > a.fiscal_year - :years
    and b.fiscal_year <= a.fiscal_year
  group by a.unit_code, a.item_code, a.fiscal_year, a.amount_fen, a.executed_fen
  having count(*) = :years
    or a.executed_fen * 100 < a.amount_fen * :very_low_pct
)
select
  a.unit_code,
  a.item_code as subject,
  sum(a.amount_fen - a.executed_fen) over (partition by a.unit_code, a.item_code) as amount_fen,
  coalesce(a.item_name, a.item_code) as item_name,
  sum(a.amount_fen) over (partition by a.unit_code, a.item_code) as budgeted_fen,
  sum(a.executed_fen) over (partition by a.unit_code, a.item_code) as executed_fen,
  count(*) over (partition by a.unit_code, a.item_code) as low_years,
  a.budget_key
from low a
where exists (
  select 1 from doubtful d where d.unit_code = a.unit_code and d.item_code = a.item_code
)
