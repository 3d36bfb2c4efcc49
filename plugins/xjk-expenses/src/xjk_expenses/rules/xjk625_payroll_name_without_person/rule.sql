-- One row per month of a payroll name that is never insured and either has the account of somebody else or is on no roll.
with paid as (
  select
    y.unit_code,
    y.person_id,
    own.party_key,
    y.account_no,
    count(*) as months,
    min(y.month) as first_month,
    max(y.month) as last_month,
    sum(y.amount_fen) as total_fen
  from payroll y
  join party own on own.name = y.person_name
  group by y.unit_code, y.person_id, own.party_key, y.account_no
  having max(y.social_insured) = 0
    and count(*) >= :min_months
    and sum(y.amount_fen) > 0
),
known as (
  select p.person_key, p.person_id, p.unit_code, p.account_no, p.status, other.party_key
  from person p
  join party other on other.name = p.name
),
-- What the roll of the unit says of each name: whose account it is, and whether it stands there at all.
compared as (
  select
    d.unit_code,
    d.person_id,
    d.account_no,
    d.months,
    d.first_month,
    d.last_month,
    d.total_fen,
    min(case
      when k.account_no = d.account_no
        and k.person_id <> d.person_id
        and k.party_key <> d.party_key
        and k.status = 'active'
        then k.person_key
    end) as holder_key,
    max(case
      when k.account_no = d.account_no or k.person_id = d.person_id or k.party_key = d.party_key then 1 else 0
    end) as on_roll,
    -- Only a roll that lists temporary workers says anything about who is not on it.
    max(case when k.status = 'temporary' then 1 else 0 end) as lists_temporary
  from paid d
  join known k on k.unit_code = d.unit_code
  group by d.unit_code, d.person_id, d.account_no, d.months, d.first_month, d.last_month, d.total_fen
)
select
  c.unit_code,
  c.person_id as subject,
  c.total_fen as amount_fen,
  y.person_name as person_name,
  c.months as months,
  c.first_month as first_month,
  c.last_month as last_month,
  case when c.holder_key is null then '姓名、编号、账户均不在名册上' else '收款账户是另一名在职人员的' end as reason_zh,
  case when c.holder_key is null then 'whose name, number and account are on no roll'
    else 'whose account is that of another member of staff' end as reason_en,
  y.payroll_key,
  c.holder_key as person_key
from compared c
join payroll y on y.unit_code = c.unit_code and y.person_id = c.person_id and y.account_no = c.account_no
where c.holder_key is not null
  or (c.on_roll = 0 and c.lists_temporary = 1)
