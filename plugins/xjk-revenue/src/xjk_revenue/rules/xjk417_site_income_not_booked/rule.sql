-- One row per receipt of site income (parking, stalls, halls …) on the account of somebody on the unit's roll, of a
-- kind that the unit's own books do not know.
with card as (
  select b.bank_account_key, b.account_no, b.unit_code, n.person_key, n.person_id, n.name
  from bank_account b
  join person n
    on n.name = b.holder_name
    and n.unit_code = b.unit_code
  where b.holder_kind = 'person'
),
taken as (
  select
    c.bank_account_key,
    c.unit_code,
    c.person_key,
    c.person_id,
    c.name,
    t.bank_transaction_key,
    t.booked_on_day,
    substr(t.booked_on, 1, 7) as booked_month,
    t.amount_fen,
    g.word
  from card c
  join bank_transaction t on t.account_no = c.account_no
  join text_tag g on g.text = t.memo and g.tag in ('rent', 'fee_charge')
  where t.direction = 'in'
    and t.amount_fen > 0
    and g.word in (
      '停车费', '车位费', '摊位费', '柜台费', '场租', '场地租', '场地费', '广告位', '占道费', '门票', '卫生费', '鱼塘承包', '仓库租'
    )
),
booked as (
  select v.unit_code, g.word
  from (select c.unit_code from card c group by c.unit_code) u
  join voucher_line v on v.unit_code = u.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  join text_tag g on g.text = v.summary and g.tag in ('rent', 'fee_charge')
  where a.role in (
      'income_rent', 'income_other', 'income_operating', 'income_service', 'income_extra_budget', 'due_to_treasury'
    )
    and v.credit_fen > 0
    and coalesce(v.voided, 0) = 0
),
summed as (
  select d.unit_code, d.person_id, d.word, count(distinct d.booked_month) as months, sum(d.amount_fen) as total_fen
  from taken d
  group by d.unit_code, d.person_id, d.word
)
select
  d.unit_code,
  d.person_id || '|' || d.word as subject,
  s.total_fen as amount_fen,
  d.booked_on_day as from_day,
  d.booked_on_day as to_day,
  d.name as person_name,
  d.word as income,
  s.months as months,
  d.bank_transaction_key,
  d.bank_account_key,
  d.person_key
from summed s
join taken d on d.person_id = s.person_id and d.word = s.word
left join booked k on k.unit_code = s.unit_code and k.word = s.word
where k.word is null
  and s.months >= :min_months
  and s.total_fen >= :min_total_fen
