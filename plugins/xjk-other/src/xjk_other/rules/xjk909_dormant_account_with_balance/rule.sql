-- Accounts of the unit on which nothing but interest and fees has moved for long, with what the bank still holds.
with moved as (
  select
    t.account_no,
    t.unit_code,
    max(t.booked_on_day) as last_day,
    -- An account on which only interest moved is idle since its statement begins.
    coalesce(
      max(case when coalesce(t.channel, 'other') not in ('interest', 'fee') then t.booked_on_day end),
      min(t.booked_on_day)
    ) as idle_day
  from bank_transaction t
  group by t.account_no, t.unit_code
),
newest as (
  select m.unit_code, max(m.last_day) as newest_day
  from moved m
  group by m.unit_code
),
idle as (
  select m.account_no, m.unit_code, m.last_day, m.idle_day, n.newest_day
  from moved m
  join newest n on n.unit_code = m.unit_code
  where m.idle_day + :idle_days <= n.newest_day
),
-- Of several balances on the last day the lowest is sure.
held as (
  select
    i.account_no,
    i.unit_code,
    i.idle_day,
    i.newest_day,
    t.bank_transaction_key,
    min(t.balance_fen) over (partition by i.account_no, i.unit_code) as balance_fen
  from idle i
  join bank_transaction t
    on t.account_no = i.account_no
    and t.unit_code = i.unit_code
    and t.booked_on_day = i.last_day
)
select
  h.unit_code,
  p.normal_name || '|' || coalesce(b.bank_name, '未登记开户行') as subject,
  h.balance_fen as amount_fen,
  h.idle_day as from_day,
  h.newest_day as to_day,
  p.normal_name as holder,
  coalesce(b.bank_name, '未登记开户行') as bank,
  h.newest_day - h.idle_day as days,
  b.bank_account_key,
  h.bank_transaction_key
from held h
join bank_account b on b.account_no = h.account_no and b.unit_code = h.unit_code
join party p on p.name = b.holder_name
where b.closed_on is null
  and coalesce(b.kind, 'other') not in ('basic', 'zero_balance', 'union')
  and coalesce(b.holder_kind, 'unit') <> 'person'
  and h.balance_fen >= :min_balance_fen
