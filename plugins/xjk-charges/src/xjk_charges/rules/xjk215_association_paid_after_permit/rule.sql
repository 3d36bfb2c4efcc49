-- Money an association took from a firm in the days after the unit above it had decided on a permit of that firm.
with society as (
  select a.unit_code, a.name, a.parent_code
  from unit a
  where a.kind in ('association', 'enterprise', 'other')
),
-- Firms that got a permit from the unit above.
allowed as (
  select
    s.unit_code,
    s.name,
    m.permit_key,
    m.issued_on_day,
    p.party_key
  from society s
  join permit m on m.unit_code = s.parent_code
  join party p on p.name = m.party_name
),
taken as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    substr(v.voucher_date, 1, 4) as year,
    v.credit_fen,
    p.party_key
  from society s
  join voucher_line v on v.unit_code = s.unit_code
  join party p on p.name = v.counterparty_name
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where v.credit_fen <> 0
    and coalesce(v.voided, 0) = 0
    and (substr(r.role, 1, 7) = 'income_' or r.role in ('other_payable', 'advance_receipt'))
    and not exists (
      select 1 from text_tag g where g.text = v.summary and g.tag in ('deposit', 'collected_for_others', 'refund')
    )
),
-- What these firms paid in all: a firm that pays all year round pays near a permit by chance.
paid as (
  select t.unit_code, t.year, sum(t.credit_fen) as paid_fen
  from taken t
  where exists (
    select 1 from allowed a where a.unit_code = t.unit_code and a.party_key = t.party_key
  )
  group by t.unit_code, t.year
),
matched as (
  select
    t.unit_code,
    a.name,
    a.permit_key,
    t.voucher_line_key,
    t.voucher_date_day,
    t.year,
    t.credit_fen,
    t.party_key,
    row_number() over (partition by t.voucher_line_key order by a.issued_on_day desc, a.permit_key) as nearest
  from taken t
  join allowed a on a.unit_code = t.unit_code and a.party_key = t.party_key
  where t.voucher_date_day between a.issued_on_day and a.issued_on_day + :days
),
summed as (
  select m.unit_code, m.year, sum(m.credit_fen) as total_fen, count(distinct m.party_key) as firms
  from matched m
  where m.nearest = 1
  group by m.unit_code, m.year
)
select
  m.unit_code,
  m.unit_code || '|' || m.year as subject,
  s.total_fen as amount_fen,
  m.voucher_date_day as from_day,
  m.voucher_date_day as to_day,
  m.name as association,
  m.year as year,
  s.firms as firms,
  p.paid_fen as paid_fen,
  m.permit_key,
  m.voucher_line_key
from matched m
join summed s on s.unit_code = m.unit_code and s.year = m.year
join paid p on p.unit_code = m.unit_code and p.year = m.year
where m.nearest = 1
  and s.firms >= :min_firms
  and s.total_fen >= :min_amount_fen
  and s.total_fen * 100 >= p.paid_fen * :min_share_pct
