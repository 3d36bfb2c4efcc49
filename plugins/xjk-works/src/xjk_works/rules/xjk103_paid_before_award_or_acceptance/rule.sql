-- Works contracts paid for the most part before they were signed, or almost in full before the works were accepted.
with works as (
  select
    c.contract_id,
    c.contract_key,
    c.unit_code,
    c.party_name,
    c.amount_fen,
    coalesce(c.signed_on_day, j.awarded_on_day) as agreed_day,
    j.project_key,
    -- Without a date of acceptance only works that are known to be unfinished count as not accepted.
    case
      when j.accepted_on_day is not null then j.accepted_on_day
      when j.progress_pct_micro < 100000000 then :as_of_day + 1
    end as accepted_day
  from contract c
  left join project j on j.project_code = c.project_code
  where c.kind = 'works'
    and coalesce(c.side, 'expense') = 'expense'
    and c.amount_fen > 0
),
early as (
  select
    w.contract_id,
    w.contract_key,
    w.unit_code,
    w.party_name,
    w.amount_fen as price_fen,
    'agreed' as stage,
    w.project_key,
    y.payment_key,
    y.paid_on_day,
    y.amount_fen,
    :min_before_agreed_pct as share_pct
  from works w
  join payment y on y.contract_id = w.contract_id and y.unit_code = w.unit_code
  where y.paid_on_day < w.agreed_day
  union all
  select
    w.contract_id,
    w.contract_key,
    w.unit_code,
    w.party_name,
    w.amount_fen as price_fen,
    'accepted' as stage,
    w.project_key,
    y.payment_key,
    y.paid_on_day,
    y.amount_fen,
    :min_before_accepted_pct as share_pct
  from works w
  join payment y on y.contract_id = w.contract_id and y.unit_code = w.unit_code
  where y.paid_on_day < w.accepted_day
),
summed as (
  select
    e.contract_id,
    e.contract_key,
    e.unit_code,
    e.party_name,
    e.price_fen,
    e.stage,
    e.project_key,
    e.payment_key,
    e.paid_on_day,
    e.share_pct,
    sum(e.amount_fen) over (partition by e.contract_id, e.stage) as early_fen
  from early e
)
select
  s.unit_code,
  s.contract_id || '|' || s.stage as subject,
  s.early_fen as amount_fen,
  s.paid_on_day as from_day,
  s.paid_on_day as to_day,
  s.contract_key,
  s.project_key,
  s.payment_key,
  s.party_name as party_name,
  s.contract_id as contract_id,
  s.price_fen as price_fen,
  case s.stage when 'agreed' then '签约或中标之前' else '竣工验收之前' end as stage_zh,
  case s.stage when 'agreed' then 'the contract was signed' else 'the works were accepted' end as stage_en
from summed s
where s.early_fen * 100 >= s.price_fen * s.share_pct
