-- One row per fee at or just below the tax-free amount, of people who have many such fees.
with near as (
  select
    f.service_fee_key,
    f.unit_code,
    f.payee_name,
    f.paid_on_day,
    f.amount_fen,
    coalesce(f.id_no, f.payee_name) as person,
    substr(f.paid_on, 1, 7) as month
  from service_fee f
  join standard s
    on s.standard_key = 'labour_tax_free'
    and f.paid_on_day between s.valid_from_day and s.valid_to_day
  where f.amount_fen <= s.value
    and f.amount_fen * 100 >= s.value * :near_pct
    and coalesce(f.tax_withheld_fen, 0) = 0
),
counted as (
  select
    n.service_fee_key,
    n.unit_code,
    n.payee_name,
    n.paid_on_day,
    n.amount_fen,
    n.person,
    count(*) over (partition by n.unit_code, n.person, n.month) as in_month,
    count(*) over (
      partition by n.unit_code, n.person order by n.paid_on_day
      range between :window_days preceding and current row
    ) as in_window
  from near n
),
repeated as (
  select
    c.unit_code,
    c.person,
    min(c.payee_name) as payee_name,
    count(*) as fees,
    sum(c.amount_fen) as total_fen,
    max(c.in_month) as most_in_month,
    max(c.in_window) as most_in_window,
    min(c.paid_on_day) as first_day,
    max(c.paid_on_day) as last_day
  from counted c
  group by c.unit_code, c.person
  having sum(c.amount_fen) >= :min_total_fen
    and (
      max(c.in_month) >= :min_in_month
      -- The same amount every time is the fixed pay of a part-time worker.
      or (max(c.in_window) >= :min_in_window and min(c.amount_fen) < max(c.amount_fen))
    )
)
select
  r.unit_code,
  r.payee_name as subject,
  r.total_fen as amount_fen,
  r.first_day as from_day,
  r.last_day as to_day,
  r.payee_name as payee_name,
  r.fees as fees,
  r.most_in_month as most_in_month,
  r.most_in_window as most_in_window,
  n.service_fee_key
from repeated r
join near n on n.unit_code = r.unit_code and n.person = r.person
