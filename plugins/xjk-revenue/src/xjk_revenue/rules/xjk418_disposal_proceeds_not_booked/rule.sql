-- One row per disposal of an asset whose proceeds are neither booked nor remitted for the most part.
with disposing as (
  select distinct d.unit_code
  from asset_disposal d
),
book as (
  select v.unit_code, min(v.voucher_date_day) as first_day, max(v.voucher_date_day) as last_day
  from disposing t
  join voucher_line v on v.unit_code = t.unit_code
  group by v.unit_code
),
sold as (
  select
    d.asset_disposal_key,
    d.disposal_id,
    d.unit_code,
    d.asset_id,
    d.disposed_on_day,
    d.proceeds_fen,
    d.buyer_name,
    coalesce(p.party_key, '') as buyer_key
  from asset_disposal d
  left join party p on p.name = d.buyer_name
),
credit as (
  select
    v.unit_code,
    v.voucher_date_day,
    v.credit_fen,
    n.buyer_key,
    case
      when exists (select 1 from text_tag g where g.text = v.summary and g.tag = 'asset_disposal') then 1
      else 0
    end as says_disposal
  from disposing t
  join voucher_line v on v.unit_code = t.unit_code
  join account_role a
    on a.unit_code = v.unit_code
    and a.fiscal_year = v.fiscal_year
    and a.account_code = v.account_code
  left join party p on p.name = v.counterparty_name
  left join (select distinct s.unit_code, s.buyer_key from sold s) n
    on n.unit_code = v.unit_code
    and n.buyer_key = p.party_key
  where a.role in (
      'due_to_treasury', 'pending_asset_loss', 'income_other', 'income_operating', 'income_extra_budget',
      'income_investment'
    )
    and coalesce(v.voided, 0) = 0
),
-- An entry for a disposal that names no buyer of the unit may be anybody's; one of the very sum may be this one's.
booked as (
  select s.disposal_id, sum(c.credit_fen) as booked_fen
  from sold s
  join credit c on c.unit_code = s.unit_code
  where c.voucher_date_day >= s.disposed_on_day - :lead_days
    and (
      c.buyer_key = s.buyer_key
      or (c.buyer_key is null and c.says_disposal = 1)
      or c.credit_fen = s.proceeds_fen
    )
  group by s.disposal_id
),
remitted as (
  select s.disposal_id, sum(m.amount_fen) as remitted_fen
  from sold s
  join remittance m on m.unit_code = s.unit_code
  left join fee_item f on f.item_code = m.item_code
  where m.remitted_on_day >= s.disposed_on_day - :lead_days
    and (
      m.amount_fen = s.proceeds_fen
      or exists (select 1 from text_tag g where g.text = f.item_name and g.tag = 'asset_disposal')
    )
  group by s.disposal_id
)
select
  s.unit_code,
  s.disposal_id as subject,
  s.proceeds_fen - coalesce(k.booked_fen, 0) as amount_fen,
  s.disposed_on_day as from_day,
  b.last_day as to_day,
  coalesce(a.name, s.asset_id, '') as asset_name,
  coalesce(s.buyer_name, '') as buyer_name,
  s.proceeds_fen as proceeds_fen,
  coalesce(k.booked_fen, 0) as booked_fen,
  s.asset_disposal_key,
  a.asset_key
from sold s
join book b on b.unit_code = s.unit_code
left join booked k on k.disposal_id = s.disposal_id
left join remitted m on m.disposal_id = s.disposal_id
left join asset a on a.asset_id = s.asset_id
where s.disposed_on_day >= b.first_day
  and s.disposed_on_day + :grace_days <= b.last_day
  and coalesce(k.booked_fen, 0) * 100 < s.proceeds_fen * :booked_pct
  and coalesce(m.remitted_fen, 0) * 100 < s.proceeds_fen * :booked_pct
