-- One row per payment for running vehicles, in a year and unit whose asset register holds no vehicle.
with spent as (
  select
    y.payment_key,
    y.unit_code,
    substr(y.paid_on, 1, 4) as paid_year,
    y.paid_on_day,
    y.amount_fen
  from payment y
  join party p on p.name = y.payee_name
  where p.kind <> 'public_body'
    and p.unit_code is null
    and (
      y.econ_class in ('30231', '50208')
      or (
        y.econ_class is null
        and exists (select 1 from text_tag t where t.text = y.purpose and t.tag = 'vehicle')
        and exists (select 1 from text_tag t where t.text = y.purpose and t.tag in ('fuel', 'repair'))
      )
    )
),
unit_year as (
  select
    s.unit_code,
    s.paid_year,
    count(*) as payments,
    sum(s.amount_fen) as total_fen
  from spent s
  group by s.unit_code, s.paid_year
  having sum(s.amount_fen) >= :min_total_fen
),
-- A unit without any entry handed in no register; some registers count vehicles among the equipment.
register as (
  select
    a.unit_code,
    max(case when a.kind = 'vehicle' or t.tag is not null then 1 else 0 end) as vehicles
  from asset a
  left join text_tag t on t.text = a.name and t.tag = 'vehicle'
  group by a.unit_code
),
-- Cars may be hired by the year; fuel and repairs are then paid besides.
hired as (
  select
    y.unit_code,
    substr(y.paid_on, 1, 4) as paid_year
  from payment y
  join text_tag t on t.text = y.purpose and t.tag = 'vehicle'
  where y.econ_class in ('30214', '50201')
  group by y.unit_code, substr(y.paid_on, 1, 4)
)
select
  u.unit_code,
  u.paid_year as subject,
  u.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  u.paid_year as paid_year,
  u.payments as payments,
  s.payment_key
from unit_year u
join register g on g.unit_code = u.unit_code
join spent s on s.unit_code = u.unit_code and s.paid_year = u.paid_year
left join hired h on h.unit_code = u.unit_code and h.paid_year = u.paid_year
where g.vehicles = 0
  and h.unit_code is null
