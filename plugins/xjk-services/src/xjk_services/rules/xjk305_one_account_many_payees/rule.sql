-- One row per service fee paid into an account, or with a telephone number, that many payees share.
with fee as (
  select
    f.service_fee_key,
    f.fee_id,
    f.unit_code,
    f.paid_on_day,
    f.amount_fen,
    f.account_no,
    f.phone,
    f.id_no,
    p.party_key
  from service_fee f
  join party p on p.name = f.payee_name
),
by_account as (
  select
    f.unit_code,
    f.account_no,
    -- Names alone would count two spellings of one person twice, numbers alone a number mistyped once: when every
    -- fee has a number, the fewer of the two counts.
    case
      when count(f.id_no) < count(*) then count(distinct f.party_key)
      else
        case
          when count(distinct f.id_no) < count(distinct f.party_key) then count(distinct f.id_no)
          else count(distinct f.party_key)
        end
    end as payees,
    sum(f.amount_fen) as total_fen
  from fee f
  group by f.unit_code, f.account_no
),
by_phone as (
  select
    f.unit_code,
    f.phone,
    case
      when count(f.id_no) < count(*) then count(distinct f.party_key)
      else
        case
          when count(distinct f.id_no) < count(distinct f.party_key) then count(distinct f.id_no)
          else count(distinct f.party_key)
        end
    end as payees,
    sum(f.amount_fen) as total_fen
  from fee f
  group by f.unit_code, f.phone
  -- One account as well: by_account speaks for it.
  having count(distinct f.account_no) <> 1
),
company_account as (
  select b.account_no
  from bank_account b
  where coalesce(b.holder_kind, 'unit') <> 'person'
  union all
  select e.account_no
  from enterprise e
  union all
  select y.payee_account
  from payment y
  join party p on p.name = y.payee_name
  where p.kind not in ('person', 'other')
    -- Few of all payments: only accounts that fees went to matter here.
    and y.payee_account in (select f.account_no from fee f)
),
member as (
  select f.service_fee_key, f.fee_id, f.unit_code, f.paid_on_day, 'account' as means, a.account_no as token,
    a.payees, a.total_fen
  from by_account a
  join fee f on f.unit_code = a.unit_code and f.account_no = a.account_no
  where a.payees >= :min_payees
    and a.total_fen >= :min_amount_fen
    and not exists (select 1 from company_account c where c.account_no = a.account_no)
  union all
  select f.service_fee_key, f.fee_id, f.unit_code, f.paid_on_day, 'phone' as means, t.phone as token,
    t.payees, t.total_fen
  from by_phone t
  join fee f on f.unit_code = t.unit_code and f.phone = t.phone
  where t.payees >= :min_payees_phone
    and t.total_fen >= :min_amount_fen
)
select
  m.unit_code,
  m.means || '|' || first_value(m.fee_id) over (
    partition by m.unit_code, m.means, m.token order by m.paid_on_day, m.fee_id
  ) as subject,
  m.total_fen as amount_fen,
  min(m.paid_on_day) over (partition by m.unit_code, m.means, m.token) as from_day,
  max(m.paid_on_day) over (partition by m.unit_code, m.means, m.token) as to_day,
  m.means as shared,
  m.payees as payees,
  m.service_fee_key
from member m
