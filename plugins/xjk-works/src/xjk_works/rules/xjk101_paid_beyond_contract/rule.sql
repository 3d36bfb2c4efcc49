-- Works contracts on which more was paid than was agreed, and more than the audited settlement where that is higher.
with works as (
  select
    c.contract_id,
    c.contract_key,
    c.unit_code,
    c.party_name,
    c.project_code,
    c.amount_fen,
    p.party_key,
    -- Contracts that name no project stand alone.
    case when c.project_code is null then c.contract_id end as own_id
  from contract c
  join party p on p.name = c.party_name
  where c.kind = 'works'
    and coalesce(c.side, 'expense') = 'expense'
),
deal as (
  -- Supplements with the same contractor on the same project add to what was agreed.
  select
    w.contract_id,
    w.contract_key,
    w.unit_code,
    w.party_name,
    w.project_code,
    sum(w.amount_fen) over (partition by w.unit_code, w.party_key, w.project_code, w.own_id) as agreed_fen,
    first_value(w.contract_id) over (
      partition by w.unit_code, w.party_key, w.project_code, w.own_id order by w.contract_id
    ) as first_id
  from works w
),
paid as (
  select d.unit_code, d.first_id, d.project_code, d.agreed_fen, sum(y.amount_fen) as paid_fen
  from deal d
  join payment y on y.contract_id = d.contract_id and y.unit_code = d.unit_code
  where d.agreed_fen > 0
  group by d.unit_code, d.first_id, d.project_code, d.agreed_fen
),
beyond as (
  select
    p.unit_code,
    p.first_id,
    p.agreed_fen,
    p.paid_fen,
    j.project_key,
    j.settled_amount_fen,
    case
      when coalesce(j.settled_amount_fen, 0) > p.agreed_fen then coalesce(j.settled_amount_fen, 0)
      else p.agreed_fen
    end as limit_fen
  from paid p
  left join project j on j.project_code = p.project_code
  where p.paid_fen > coalesce(j.settled_amount_fen, 0)
    and p.paid_fen * 100 > p.agreed_fen * (100 + :tolerance_pct)
)
select
  b.unit_code,
  b.first_id as subject,
  b.paid_fen - b.limit_fen as amount_fen,
  y.paid_on_day as from_day,
  y.paid_on_day as to_day,
  d.contract_key,
  y.payment_key,
  b.project_key,
  d.party_name as party_name,
  b.first_id as contract_id,
  b.agreed_fen as agreed_fen,
  b.settled_amount_fen as settled_fen,
  b.limit_fen as limit_fen,
  b.paid_fen as paid_fen
from beyond b
join deal d on d.first_id = b.first_id
left join payment y on y.contract_id = d.contract_id and y.unit_code = d.unit_code
