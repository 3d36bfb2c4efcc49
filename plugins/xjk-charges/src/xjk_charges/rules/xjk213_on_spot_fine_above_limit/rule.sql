-- One row per fine that was collected on the spot and is above the limit of the day of the decision.
select
  f.unit_code,
  f.decision_no as subject,
  f.amount_fen,
  f.decided_on_day as from_day,
  f.decided_on_day as to_day,
  f.decision_no as decision_no,
  f.party_name as party_name,
  s.value as limit_fen,
  coalesce(f.receipt_id, '未登记') as receipt,
  coalesce(f.receipt_id, 'none registered') as receipt_en,
  coalesce(f.remitted_on, '未登记') as remitted,
  coalesce(f.remitted_on, 'none registered') as remitted_en,
  f.penalty_key
from penalty f
join standard s
  on s.standard_key = 'fine_on_spot_max'
  and f.decided_on_day between s.valid_from_day and s.valid_to_day
where f.collected_on_spot = 1
  and f.amount_fen > s.value
