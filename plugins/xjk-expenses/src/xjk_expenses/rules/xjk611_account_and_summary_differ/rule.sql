-- Payments whose purpose speaks of something that their economic class cannot hold, and of nothing that it can.
with classed as (
  select
    y.payment_key,
    y.payment_id,
    y.unit_code,
    y.paid_on_day,
    y.amount_fen,
    y.payee_name,
    y.econ_class,
    y.purpose,
    case
      when y.econ_class in ('30212', '30215', '30216', '30217', '50202', '50203', '50206', '50207') then 'event'
      when y.econ_class in ('30231', '50208') then 'vehicle'
      when y.econ_class in ('30201', '30202', '30209', '30213', '30218', '50209') then 'office'
    end as kind
  from payment y
  where y.amount_fen >= :min_amount_fen
)
select
  c.unit_code,
  c.payment_id as subject,
  c.amount_fen,
  c.paid_on_day as from_day,
  c.paid_on_day as to_day,
  c.payee_name as payee_name,
  c.econ_class as econ_class,
  c.purpose as purpose,
  c.payment_key
from classed c
join text_tag w on w.text = c.purpose
where (
    (
      c.kind = 'event'
      and w.tag in (
        'gift', 'tobacco_liquor', 'luxury', 'prepaid_card', 'tourism', 'fuel', 'vehicle', 'repair', 'works',
        'office_supplies', 'allowance'
      )
    )
    or (
      c.kind = 'vehicle'
      and w.tag in (
        'gift', 'tobacco_liquor', 'luxury', 'prepaid_card', 'tourism', 'hospitality', 'meeting', 'training',
        'office_supplies', 'printing', 'works', 'allowance'
      )
    )
    or (
      c.kind = 'office'
      and w.tag in ('gift', 'tobacco_liquor', 'luxury', 'prepaid_card', 'tourism', 'hospitality')
    )
  )
  and not exists (
    select 1
    from text_tag r
    where r.text = c.purpose
      and (
        (
          c.kind = 'event'
          and r.tag in (
            'meeting', 'training', 'lecture', 'expert_review', 'hospitality', 'travel', 'rent', 'printing'
          )
        )
        or (c.kind = 'vehicle' and r.tag in ('vehicle', 'fuel', 'repair', 'rent'))
        or (c.kind = 'office' and r.tag in ('office_supplies', 'printing', 'repair', 'works'))
      )
  )
