-- One row per sum of rent, gifts, proceeds or interest that came in against a payable, of payables that still hold them.
with parked as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.voucher_date_day,
    v.account_code,
    v.account_name,
    v.credit_fen,
    p.party_key
  from voucher_line v
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  left join party p on p.name = v.counterparty_name
  where a.role in ('other_payable', 'custody_liability')
    and v.credit_fen > 0
    and coalesce(v.voided, 0) = 0
    and exists (select 1 from text_tag g where g.text = v.summary and g.tag in ('rent', 'sponsorship', 'donation', 'asset_disposal', 'interest'))
    and not exists (
      select 1 from text_tag g where g.text = v.summary and g.tag in ('deposit', 'collected_for_others', 'refund')
    )
    -- Money came in by the same voucher.
    and exists (
      select 1
      from voucher_line i
      join account_role c
        on c.unit_code = i.unit_code
        and c.fiscal_year = i.fiscal_year
        and c.account_code = i.account_code
      where i.unit_code = v.unit_code
        and i.voucher_no = v.voucher_no
        and i.voucher_date_day = v.voucher_date_day
        and c.role in ('cash', 'bank', 'other_monetary')
        and i.debit_fen > 0
    )
),
book as (
  select v.unit_code, max(v.voucher_date_day) as last_day
  from voucher_line v
  group by v.unit_code
),
-- What left the account: to a payer, as such income, in a sum that was remitted, or to dues or income.
moved as (
  select
    v.unit_code,
    v.account_code,
    sum(coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0)) as moved_fen
  from (select distinct k.unit_code, k.account_code from parked k) t
  join voucher_line v on v.unit_code = t.unit_code and v.account_code = t.account_code
  left join party p on p.name = v.counterparty_name
  left join (select distinct k.unit_code, k.account_code, k.party_key from parked k) n
    on n.unit_code = v.unit_code
    and n.account_code = v.account_code
    and n.party_key = p.party_key
  left join (select distinct m.unit_code, m.amount_fen from remittance m) m
    on m.unit_code = v.unit_code
    and m.amount_fen = v.debit_fen
  where coalesce(v.voided, 0) = 0
    and coalesce(v.credit_fen, 0) <= 0
    and (
      n.party_key is not null
      or m.amount_fen is not null
      or exists (select 1 from text_tag g where g.text = v.summary and g.tag in ('rent', 'sponsorship', 'donation', 'asset_disposal', 'interest'))
      or exists (
        select 1
        from voucher_line o
        join account_role c
          on c.unit_code = o.unit_code
          and c.fiscal_year = o.fiscal_year
          and c.account_code = o.account_code
        where o.unit_code = v.unit_code
          and o.voucher_no = v.voucher_no
          and o.voucher_date_day = v.voucher_date_day
          and (c.role = 'due_to_treasury' or substr(c.role, 1, 7) = 'income_')
      )
    )
  group by v.unit_code, v.account_code
),
held as (
  select
    k.voucher_line_key,
    k.unit_code,
    k.voucher_date_day,
    k.account_code,
    k.account_name,
    b.last_day,
    sum(k.credit_fen) over (partition by k.unit_code, k.account_code) as parked_fen,
    count(*) over (partition by k.unit_code, k.account_code) as sums
  from parked k
  join book b on b.unit_code = k.unit_code
  where k.voucher_date_day + :hold_days <= b.last_day
)
select
  h.unit_code,
  h.account_code as subject,
  h.parked_fen - coalesce(m.moved_fen, 0) as amount_fen,
  h.voucher_date_day as from_day,
  h.voucher_date_day as to_day,
  coalesce(h.account_name, h.account_code) as account_name,
  h.sums as sums,
  h.parked_fen as parked_fen,
  coalesce(m.moved_fen, 0) as moved_fen,
  h.last_day as booked_until_day,
  h.voucher_line_key
from held h
left join moved m on m.unit_code = h.unit_code and m.account_code = h.account_code
where h.parked_fen - coalesce(m.moved_fen, 0) >= :min_amount_fen
