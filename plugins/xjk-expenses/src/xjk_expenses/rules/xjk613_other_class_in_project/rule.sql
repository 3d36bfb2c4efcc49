-- Projects of which a large share is paid under the economic class for everything else.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    y.project_code,
    y.paid_on_day,
    y.amount_fen,
    case
      when y.econ_class in ('30199', '30299', '30399', '30999', '31099', '39999', '50299') then 1
      else 0
    end as other
  from payment y
),
summed as (
  select
    d.unit_code,
    d.project_code,
    sum(d.amount_fen) as total_fen,
    sum(d.amount_fen * d.other) as other_fen
  from paid d
  group by d.unit_code, d.project_code
  having sum(d.amount_fen) >= :min_total_fen
    and sum(d.amount_fen * d.other) * 100 > sum(d.amount_fen) * :max_share_pct
)
select
  s.unit_code,
  s.project_code as subject,
  s.other_fen as amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  coalesce(j.name, s.project_code) as project_name,
  s.total_fen as total_fen,
  d.payment_key
from summed s
join paid d on d.unit_code = s.unit_code and d.project_code = s.project_code
left join project j on j.project_code = s.project_code
where d.other = 1
