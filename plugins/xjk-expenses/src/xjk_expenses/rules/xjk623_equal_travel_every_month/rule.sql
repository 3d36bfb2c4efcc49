-- Travel costs of one person that come to the very same sum month after month.
with claim as (
  select
    v.unit_code,
    p.party_key,
    p.normal_name as person,
    substr(v.voucher_date, 1, 7) as month,
    v.voucher_date_day,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as fen,
    v.voucher_line_key
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  join party p on p.name = v.counterparty_name
  where substr(r.role, 1, 8) = 'expense_'
    and coalesce(v.voided, 0) = 0
    and p.kind = 'person'
    -- the transport allowance that replaced official cars is a fixed monthly sum by grade
    and coalesce(v.econ_class, '') <> '30239'
    and exists (select 1 from text_tag t where t.text = v.summary and t.tag = 'travel')
    and not exists (select 1 from text_tag t where t.text = v.summary and t.tag = 'allowance')
),
monthly as (
  select c.unit_code, c.party_key, c.month, sum(c.fen) as month_fen
  from claim c
  group by c.unit_code, c.party_key, c.month
),
equal_sum as (
  select m.unit_code, m.party_key, m.month_fen, count(*) as months, count(*) * m.month_fen as total_fen
  from monthly m
  group by m.unit_code, m.party_key, m.month_fen
  having count(*) >= :min_months and count(*) * m.month_fen >= :min_total_fen
),
person_total as (
  select
    e.unit_code,
    e.party_key,
    max(e.month_fen) as month_fen,
    sum(e.months) as months,
    sum(e.total_fen) as total_fen
  from equal_sum e
  group by e.unit_code, e.party_key
)
select
  t.unit_code,
  t.party_key as subject,
  t.total_fen as amount_fen,
  c.voucher_date_day as from_day,
  c.voucher_date_day as to_day,
  c.person,
  t.months,
  t.month_fen,
  c.voucher_line_key
from person_total t
join equal_sum e on e.unit_code = t.unit_code and e.party_key = t.party_key
join monthly m on m.unit_code = e.unit_code and m.party_key = e.party_key and m.month_fen = e.month_fen
join claim c on c.unit_code = m.unit_code and c.party_key = m.party_key and c.month = m.month
