-- Treasury payments of one sum to several of the staff on one day, other than wages, aid and travel.
with staff as (
  select y.payment_key, y.payment_id, y.unit_code, y.paid_on, y.paid_on_day, y.amount_fen, y.purpose, s.person_id, s.person_key
  from person s
  join payment y
    on y.payee_account = s.account_no
    and y.payee_name = s.name
    and y.unit_code = s.unit_code
  where y.amount_fen >= :min_amount_fen
    -- 301 are wages, 303 is aid to persons.
    and substr(coalesce(y.econ_class, ''), 1, 3) not in ('301', '303')
    and not exists (
      select 1 from text_tag t where t.text = y.purpose and t.tag in ('travel', 'allowance', 'refund', 'collected_for_others')
    )
),
alike as (
  select s.unit_code, s.paid_on_day, s.amount_fen, count(distinct s.person_id) as people
  from staff s
  group by s.unit_code, s.paid_on_day, s.amount_fen
)
select
  s.unit_code,
  s.paid_on || '|' || min(s.payment_id) over (partition by s.unit_code, s.paid_on_day, s.amount_fen) as subject,
  sum(s.amount_fen) over (partition by s.unit_code, s.paid_on_day, s.amount_fen) as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  a.people as people,
  s.amount_fen as each_fen,
  s.purpose as purpose,
  s.payment_key,
  s.person_key
from alike a
join staff s
  on s.unit_code = a.unit_code
  and s.paid_on_day = a.paid_on_day
  and s.amount_fen = a.amount_fen
where a.people >= :min_people
