-- Treasury payments to banks, finance offices and special accounts that are no account of the unit or of another unit.
with paid as (
  select
    y.payment_key,
    y.unit_code,
    y.payee_name,
    y.paid_on_day,
    y.amount_fen,
    coalesce(y.purpose, '—') as purpose,
    p.party_key,
    substr(y.paid_on, 1, 4) as year
  from payment y
  join party p on p.name = y.payee_name
  where (p.kind = 'bank' or exists (select 1 from text_tag g where g.text = y.payee_name and g.tag = 'special_account'))
    -- a supplier's own finance department is a supplier
    and p.kind not in ('company', 'sole_trader', 'cooperative')
    and p.unit_code is null
    -- 301 are wages, 303 is aid to persons, which banks pay out in batches; 307 is interest on debt.
    and substr(coalesce(y.econ_class, ''), 1, 3) not in ('301', '303', '307')
    and not exists (
      select 1 from text_tag t where t.text = y.purpose and t.tag in ('collected_for_others', 'official_card', 'interest', 'refund', 'deposit')
    )
    and not exists (select 1 from bank_account b where b.account_no = y.payee_account)
    and not exists (
      select 1
      from contract c
      join party q on q.name = c.party_name
      where c.unit_code = y.unit_code
        and q.party_key = p.party_key
    )
),
summed as (
  select
    d.payment_key,
    d.unit_code,
    d.payee_name,
    d.paid_on_day,
    d.party_key,
    d.year,
    d.purpose,
    sum(d.amount_fen) over (partition by d.unit_code, d.party_key, d.year) as total_fen,
    count(*) over (partition by d.unit_code, d.party_key, d.year) as payments
  from paid d
)
select
  s.unit_code,
  s.party_key || '|' || s.year as subject,
  s.total_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.payee_name as payee_name,
  s.year as year,
  s.payments as payments,
  s.purpose as purpose,
  s.payment_key
from summed s
where s.total_fen >= :min_amount_fen
