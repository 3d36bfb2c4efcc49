-- One row per payment for a meeting that no registered meeting or training of the unit can explain.
with paid as (
  select
    y.payment_key,
    y.payment_id,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.payee_name,
    y.purpose,
    y.voucher_no,
    y.voucher_date_day
  from payment y
  join party p on p.name = y.payee_name
  where y.amount_fen >= :min_amount_fen
    and p.kind <> 'person'
    and p.unit_code is null
    and (
      y.econ_class in ('30215', '50202')
      or (
        y.econ_class is null
        and exists (select 1 from text_tag t where t.text = y.purpose and t.tag = 'meeting')
      )
    )
),
compared as (
  select
    d.payment_id,
    max(case
      when e.voucher_no = d.voucher_no
        and (e.voucher_date_day is null or d.voucher_date_day is null or e.voucher_date_day = d.voucher_date_day)
        then 1
      when e.cost_fen >= d.amount_fen
        and e.ends_on_day >= d.paid_on_day - :days_after
        and e.starts_on_day <= d.paid_on_day + :days_before
        then 1
      else 0
    end) as explained,
    -- A unit that registers no events around that time has no register to compare with.
    max(case when e.starts_on_day between d.paid_on_day - 366 and d.paid_on_day + 366 then 1 else 0 end)
      as registered
  from paid d
  join event e on e.unit_code = d.unit_code
  group by d.payment_id
)
select
  d.unit_code,
  d.payment_id as subject,
  d.amount_fen,
  d.paid_on_day as from_day,
  d.paid_on_day as to_day,
  d.payee_name as payee_name,
  d.purpose as purpose,
  d.payment_key
from compared c
join paid d on d.payment_id = c.payment_id
where c.explained = 0
  and c.registered = 1
