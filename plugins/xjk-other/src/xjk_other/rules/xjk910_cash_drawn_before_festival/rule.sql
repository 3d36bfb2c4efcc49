-- Cash drawn from the bank in the days before a festival, where it is much of what the unit draws in the year.
with festival as (
  select c.name, substr(c.iso, 1, 4) as year, min(c.day) as first_day
  from calendar c
  where c.kind = 'holiday'
    and c.name in ('春节', '中秋节', '国庆节', '中秋节、国庆节', '国庆节、中秋节')
  group by c.name, substr(c.iso, 1, 4)
),
drawn as (
  select
    t.unit_code,
    t.bank_transaction_key,
    t.booked_on_day,
    t.amount_fen,
    substr(t.booked_on, 1, 4) as year,
    sum(t.amount_fen) over (partition by t.unit_code, substr(t.booked_on, 1, 4)) as year_fen
  from bank_transaction t
  where t.direction = 'out'
    and t.channel = 'cash'
),
before as (
  select
    d.unit_code,
    d.bank_transaction_key,
    d.booked_on_day,
    d.year_fen,
    f.name,
    f.year,
    f.first_day,
    sum(d.amount_fen) over (partition by d.unit_code, f.name, f.year) as total_fen
  from drawn d
  join festival f on f.year = d.year
  where d.booked_on_day between f.first_day - :days and f.first_day - 1
)
select
  b.unit_code,
  b.name || '|' || b.year as subject,
  b.total_fen as amount_fen,
  b.booked_on_day as from_day,
  b.booked_on_day as to_day,
  b.name as festival,
  b.first_day as holiday_day,
  b.year as year,
  b.year_fen as year_total_fen,
  b.bank_transaction_key
from before b
where b.total_fen >= :min_amount_fen
  and b.total_fen * 100 >= b.year_fen * :min_share_pct
