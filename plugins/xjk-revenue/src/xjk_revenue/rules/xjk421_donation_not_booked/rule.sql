-- One row per agreed donation or sponsorship, with the donor's entries, that is not booked for the most part.
with receiving as (
  select distinct d.unit_code
  from donation d
),
book as (
  select v.unit_code, min(v.voucher_date_day) as first_day, max(v.voucher_date_day) as last_day
  from receiving t
  join voucher_line v on v.unit_code = t.unit_code
  group by v.unit_code
),
gift as (
  select
    d.donation_key,
    d.donation_id,
    d.unit_code,
    d.donor_name,
    d.agreed_on_day,
    d.amount_fen,
    d.purpose,
    p.party_key
  from donation d
  join party p on p.name = d.donor_name
),
credit as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    v.credit_fen,
    n.party_key as donor_key
  from receiving t
  join voucher_line v on v.unit_code = t.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  left join party p on p.name = v.counterparty_name
  left join (select distinct g.unit_code, g.party_key from gift g) n
    on n.unit_code = v.unit_code
    and n.party_key = p.party_key
  where a.role in (
      'income_donation', 'income_other', 'income_operating', 'income_service', 'income_extra_budget',
      'income_earmarked', 'due_to_treasury', 'other_payable', 'advance_receipt', 'custody_liability', 'special_fund'
    )
    and v.credit_fen <> 0
    and coalesce(v.voided, 0) = 0
    -- A gift that names no donor of the unit may be anybody's.
    and (
      n.party_key is not null
      or exists (
        select 1 from text_tag g where g.text = v.summary and g.tag in ('donation', 'sponsorship')
      )
    )
),
found as (
  select g.donation_id, sum(c.credit_fen) as found_fen
  from gift g
  join credit c on c.unit_code = g.unit_code
  where c.voucher_date_day >= g.agreed_on_day - :lead_days
    and coalesce(c.donor_key, g.party_key) = g.party_key
  group by g.donation_id
)
select
  g.unit_code,
  g.donation_id as subject,
  g.amount_fen - coalesce(f.found_fen, 0) as amount_fen,
  g.agreed_on_day as from_day,
  b.last_day as to_day,
  g.donor_name as donor_name,
  g.purpose as purpose,
  g.amount_fen as agreed_fen,
  coalesce(f.found_fen, 0) as found_fen,
  g.donation_key,
  c.voucher_line_key
from gift g
join book b on b.unit_code = g.unit_code
left join found f on f.donation_id = g.donation_id
left join credit c
  on c.unit_code = g.unit_code
  and c.donor_key = g.party_key
  and c.voucher_date_day >= g.agreed_on_day - :lead_days
where g.agreed_on_day >= b.first_day
  and g.agreed_on_day + :grace_days <= b.last_day
  and coalesce(f.found_fen, 0) * 100 < g.amount_fen * :booked_pct
