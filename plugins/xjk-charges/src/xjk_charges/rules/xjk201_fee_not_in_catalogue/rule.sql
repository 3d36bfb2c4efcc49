-- One row per receipt for an item that the catalogue does not allow the unit to charge on that day.
with charged as (
  select
    r.receipt_key,
    r.unit_code,
    r.item_code,
    r.item_name,
    r.issued_on_day,
    r.amount_fen,
    i.fee_item_key,
    i.valid_from,
    i.valid_to,
    case
      when i.item_code is null then 'not_listed'
      when i.unit_code <> r.unit_code then 'other_unit'
      when r.issued_on_day < i.valid_from_day then 'not_yet_valid'
      when r.issued_on_day > i.valid_to_day + :grace_days then 'expired'
    end as reason
  from receipt r
  left join fee_item i on i.item_code = r.item_code
  left join (select f.item_name from fee_item f group by f.item_name) n on n.item_name = r.item_name
  where r.amount_fen > 0
    and r.item_code is not null
    and coalesce(r.status, 'issued') = 'issued'
    and (
      i.item_code is not null
      or (
        n.item_name is null
        and exists (select 1 from text_tag t where t.text = r.item_name and t.tag = 'fee_charge')
      )
    )
),
summed as (
  select
    c.receipt_key,
    c.unit_code,
    c.item_code,
    c.item_name,
    c.issued_on_day,
    c.fee_item_key,
    c.valid_from,
    c.valid_to,
    c.reason,
    sum(c.amount_fen) over (partition by c.unit_code, c.item_code, c.reason) as total_fen,
    count(*) over (partition by c.unit_code, c.item_code, c.reason) as receipts
  from charged c
  where c.reason is not null
)
select
  s.unit_code,
  s.item_code || '|' || s.reason as subject,
  s.total_fen as amount_fen,
  s.issued_on_day as from_day,
  s.issued_on_day as to_day,
  s.item_code as item_code,
  s.item_name as item_name,
  case s.reason
    when 'not_listed' then '不在收费目录内'
    when 'other_unit' then '在目录中属于其他单位'
    when 'not_yet_valid' then '自' || s.valid_from || '起才生效'
    else '已于' || s.valid_to || '废止'
  end as reason_zh,
  case s.reason
    when 'not_listed' then 'is not in the catalogue of fees'
    when 'other_unit' then 'is an item of another unit'
    when 'not_yet_valid' then 'is valid from ' || s.valid_from || ' on'
    else 'expired on ' || s.valid_to
  end as reason_en,
  s.receipts as receipts,
  s.receipt_key,
  s.fee_item_key
from summed s
where s.total_fen >= :min_total_fen
