-- Lowest balances of accounts that collect fees for the treasury and were never emptied.
with statement as (
  select
    b.bank_account_key,
    b.unit_code,
    b.holder_name,
    coalesce(b.bank_name, '未登记开户行') as bank,
    -- tells two accounts at one bank apart
    substr(b.account_no, length(b.account_no) - 3, 4) as tail,
    t.bank_transaction_key,
    t.balance_fen,
    min(t.balance_fen) over (partition by b.bank_account_key) as lowest_fen,
    min(t.booked_on_day) over (partition by b.bank_account_key) as first_day,
    max(t.booked_on_day) over (partition by b.bank_account_key) as last_day
  from bank_account b
  join bank_transaction t on t.account_no = b.account_no and t.unit_code = b.unit_code
  where b.kind = 'non_tax'
)
select
  s.unit_code,
  p.normal_name || '|' || s.bank || '|' || s.tail as subject,
  s.lowest_fen as amount_fen,
  s.first_day as from_day,
  s.last_day as to_day,
  p.normal_name as holder,
  s.bank as bank,
  s.tail as tail,
  s.bank_account_key,
  s.bank_transaction_key
from statement s
join party p on p.name = s.holder_name
where s.balance_fen = s.lowest_fen
  and s.last_day - s.first_day >= :min_days
  and s.lowest_fen >= :min_amount_fen
