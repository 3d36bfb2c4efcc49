-- What a unit paid to unions in a year, where it is well above the dues its wages allow.
with wages as (
  select
    w.unit_code,
    w.month - w.month % 100 as year_number,
    sum(w.amount_fen) as wages_fen
  from payroll w
  group by w.unit_code, w.month - w.month % 100
),
paid as (
  select
    y.payment_key,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.payee_name,
    substr(y.paid_on, 1, 4) as year,
    sum(y.amount_fen) over (partition by y.unit_code, substr(y.paid_on, 1, 4)) as total_fen
  from payment y
  join party p on p.name = y.payee_name
  where p.kind = 'union'
    -- 30229 is welfare, which a union may hand out on the unit's behalf.
    and coalesce(y.econ_class, '') <> '30229'
)
select
  p.unit_code,
  p.year as subject,
  p.total_fen as amount_fen,
  p.paid_on_day as from_day,
  p.paid_on_day as to_day,
  p.year as year,
  p.payee_name as payee_name,
  w.wages_fen as wages_fen,
  p.payment_key
from paid p
join wages w
  on w.unit_code = p.unit_code
  and w.year_number = cast(p.year as bigint) * 100
where (p.total_fen - :min_excess_fen) * 100 >= w.wages_fen * :allowed_pct
