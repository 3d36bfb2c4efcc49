-- Transfers from a payee of works or subsidies, or its legal representative, to a staff member's account soon after the unit paid.
with reached as (
  -- Money that came to the card of a staff member, as the card shows it.
  select
    t.txn_id,
    t.bank_transaction_key,
    t.unit_code,
    t.booked_on_day,
    t.amount_fen,
    t.counterparty_name as sender,
    s.person_key,
    s.name as staff_name
  from bank_transaction t
  join person s on s.account_no = t.account_no and s.unit_code = t.unit_code
  where t.direction = 'in'
  union all
  -- The same as the sender's account shows it, when there is no statement of the card.
  select
    t.txn_id,
    t.bank_transaction_key,
    t.unit_code,
    t.booked_on_day,
    t.amount_fen,
    h.holder_name as sender,
    s.person_key,
    s.name as staff_name
  from bank_transaction t
  join person s on s.account_no = t.counterparty_account and s.unit_code = t.unit_code
  join bank_account h on h.account_no = t.account_no
  where t.direction = 'out'
    and not exists (
      select 1 from bank_account k where k.account_no = t.counterparty_account and k.unit_code = t.unit_code
    )
),
back as (
  select
    r.txn_id,
    r.bank_transaction_key,
    r.unit_code,
    r.booked_on_day,
    r.amount_fen,
    r.sender,
    r.person_key,
    r.staff_name,
    p.party_key as sender_key
  from reached r
  join party p on p.name = r.sender
  join party own on own.name = r.staff_name
  -- Between accounts of one person the money is their own.
  where p.party_key <> own.party_key
    and r.amount_fen >= :min_amount_fen
),
tied as (
  select b.bank_transaction_key, b.sender_key as payee_key
  from back b
  union
  select b.bank_transaction_key, q.party_key as payee_key
  from back b
  join party r on r.party_key = b.sender_key
  join enterprise e on e.legal_rep = r.name
  join party q on q.name = e.name
),
followed as (
  select
    b.unit_code,
    b.txn_id,
    b.bank_transaction_key,
    b.person_key,
    b.amount_fen,
    b.booked_on_day,
    b.sender,
    b.staff_name,
    y.payment_key,
    y.payee_name,
    y.paid_on_day,
    y.amount_fen as paid_fen,
    y.project_code,
    y.contract_id
  from back b
  join tied d on d.bank_transaction_key = b.bank_transaction_key
  join party n on n.party_key = d.payee_key
  join payment y on y.payee_name = n.name and y.unit_code = b.unit_code
  where b.booked_on_day - y.paid_on_day between 0 and :max_days
    and b.amount_fen * 100 >= y.amount_fen * :min_share_pct
    and b.amount_fen * 100 <= y.amount_fen * :max_share_pct
)
select
  f.unit_code,
  f.txn_id as subject,
  f.amount_fen,
  f.paid_on_day as from_day,
  f.booked_on_day as to_day,
  f.bank_transaction_key,
  f.person_key,
  f.payment_key,
  f.sender as sender,
  f.staff_name as staff_name,
  f.payee_name as payee_name,
  sum(f.paid_fen) over (partition by f.bank_transaction_key) as paid_fen
from followed f
left join project j on j.project_code = f.project_code
left join contract c on c.contract_id = f.contract_id
where j.kind in ('works', 'repair', 'subsidy')
  or c.kind = 'works'
