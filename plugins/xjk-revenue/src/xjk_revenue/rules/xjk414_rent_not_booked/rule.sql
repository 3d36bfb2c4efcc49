-- One row per rent period of a tenant whose rent, due while the books were kept, is not booked or remitted in full.
with letting as (
  select distinct l.unit_code
  from lease l
),
book as (
  select v.unit_code, min(v.voucher_date) as first_date, max(v.voucher_date_day) as last_day
  from letting t
  join voucher_line v on v.unit_code = t.unit_code
  group by v.unit_code
),
rented as (
  select
    l.lease_key,
    l.unit_code,
    l.tenant_name,
    p.party_key,
    p.normal_name,
    l.rent_per_period_fen,
    l.period_months,
    cast(substr(l.starts_on, 1, 4) as bigint) * 12 + cast(substr(l.starts_on, 6, 2) as bigint) as start_month,
    cast(substr(l.starts_on, 9, 2) as bigint) as start_date,
    coalesce(l.terminated_on_day, l.ends_on_day) as end_day
  from lease l
  join party p on p.name = l.tenant_name
  where l.period_months > 0
),
month_start as (
  select
    c.day,
    cast(substr(c.iso, 1, 4) as bigint) * 12 + cast(substr(c.iso, 6, 2) as bigint) as month_no
  from calendar c
  where substr(c.iso, 9, 2) = '01'
),
period as (
  select
    r.lease_key,
    r.unit_code,
    r.tenant_name,
    r.party_key,
    r.normal_name,
    r.rent_per_period_fen,
    m.day + r.start_date - 1 as due_day
  from rented r
  join book b on b.unit_code = r.unit_code
  join month_start m
    on m.month_no >= r.start_month
    and (m.month_no - r.start_month) % r.period_months = 0
  -- Rent of the first month of the books may have been paid before they began.
  where m.month_no > cast(substr(b.first_date, 1, 4) as bigint) * 12 + cast(substr(b.first_date, 6, 2) as bigint)
    -- Whole periods only: the rent of the last one may have been cut with it.
    and m.day + r.start_date - 1 + 28 * r.period_months <= r.end_day
    and m.day + r.start_date - 1 + :grace_days <= b.last_day
),
due as (
  select q.unit_code, q.party_key, count(*) as periods, sum(q.rent_per_period_fen) as due_fen
  from period q
  group by q.unit_code, q.party_key
),
credit as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.credit_fen,
    a.role,
    n.party_key as tenant_key,
    case
      when a.role = 'income_rent' then 1
      when exists (select 1 from text_tag g where g.text = v.summary and g.tag = 'rent') then 1
      else 0
    end as says_rent
  from letting t
  join voucher_line v on v.unit_code = t.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  left join party p on p.name = v.counterparty_name
  left join (select distinct r.unit_code, r.party_key from rented r) n
    on n.unit_code = v.unit_code
    and n.party_key = p.party_key
  where a.role in (
      'income_rent', 'income_other', 'income_operating', 'income_service', 'income_extra_budget',
      'due_to_treasury', 'advance_receipt'
    )
    and v.credit_fen <> 0
    and coalesce(v.voided, 0) = 0
),
booked as (
  select c.unit_code, c.tenant_key, sum(c.credit_fen) as booked_fen
  from credit c
  group by c.unit_code, c.tenant_key
),
-- Rent that names no tenant of the unit may be anybody's.
unnamed as (
  select
    c.unit_code,
    sum(case when c.tenant_key is null and c.says_rent = 1 then c.credit_fen else 0 end) as unnamed_fen,
    sum(case
      when c.role = 'due_to_treasury' and (c.tenant_key is not null or c.says_rent = 1) then c.credit_fen
      else 0
    end) as owed_fen
  from credit c
  group by c.unit_code
),
receipted as (
  select i.unit_code, p.party_key, sum(i.amount_fen) as receipted_fen
  from receipt i
  join party p on p.name = i.payer_name
  join text_tag g on g.text = i.item_name and g.tag = 'rent'
  where i.status = 'issued'
    and i.fiscal = 1
  group by i.unit_code, p.party_key
),
remitted as (
  select m.unit_code, sum(m.amount_fen) as remitted_fen
  from remittance m
  join fee_item f on f.item_code = m.item_code
  join text_tag g on g.text = f.item_name and g.tag = 'rent'
  group by m.unit_code
),
compared as (
  select
    d.unit_code,
    d.party_key,
    d.periods,
    d.due_fen,
    case
      when coalesce(i.receipted_fen, 0) > coalesce(k.booked_fen, 0) then i.receipted_fen
      else coalesce(k.booked_fen, 0)
    end
    + coalesce(u.unnamed_fen, 0)
    -- Tenants may pay straight into the treasury: what was remitted and never owed in the books.
    + case
      when m.remitted_fen > coalesce(u.owed_fen, 0) then m.remitted_fen - coalesce(u.owed_fen, 0)
      else 0
    end as found_fen
  from due d
  left join booked k on k.unit_code = d.unit_code and k.tenant_key = d.party_key
  left join unnamed u on u.unit_code = d.unit_code
  left join receipted i on i.unit_code = d.unit_code and i.party_key = d.party_key
  left join remitted m on m.unit_code = d.unit_code
)
select
  o.unit_code,
  q.normal_name as subject,
  o.due_fen - o.found_fen as amount_fen,
  q.due_day as from_day,
  q.due_day as to_day,
  q.tenant_name as tenant_name,
  o.periods as periods,
  o.due_fen as due_fen,
  o.found_fen as found_fen,
  q.lease_key,
  c.voucher_line_key
from compared o
join period q on q.unit_code = o.unit_code and q.party_key = o.party_key
left join credit c on c.unit_code = o.unit_code and c.tenant_key = o.party_key
where (o.due_fen - o.found_fen) * 100 > o.due_fen * :tolerance_pct
