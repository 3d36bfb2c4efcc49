-- A restricted kind of expense that nearly vanished in a year in which another kind rose by as much.
with kind as (
  select 'hospitality' as tag, 1 as restricted, '接待用餐' as name, 'hospitality' as name_en
  union all
  select 'allowance' as tag, 1 as restricted, '奖金补贴' as name, 'bonuses and allowances' as name_en
  union all
  select 'tourism' as tag, 1 as restricted, '旅游' as name, 'tourism' as name_en
  union all
  select 'office_supplies' as tag, 0 as restricted, '办公用品' as name, 'office supplies' as name_en
  union all
  select 'printing' as tag, 0 as restricted, '印刷制作' as name, 'printing' as name_en
  union all
  select 'repair' as tag, 0 as restricted, '维修' as name, 'repairs' as name_en
  union all
  select 'labour' as tag, 0 as restricted, '劳务' as name, 'labour services' as name_en
  union all
  select 'vague_goods' as tag, 0 as restricted, '品名笼统货物' as name, 'vague goods' as name_en
  union all
  select 'meeting' as tag, 0 as restricted, '会议' as name, 'meetings' as name_en
),
-- Years whose books begin in January and run to December.
whole as (
  select v.unit_code, v.fiscal_year
  from voucher_line v
  group by v.unit_code, v.fiscal_year
  having min(substr(v.voucher_date, 6, 2)) = '01'
    and max(substr(v.voucher_date, 6, 2)) = '12'
),
compared as (
  select w.unit_code, w.fiscal_year
  from whole w
  join whole b on b.unit_code = w.unit_code and b.fiscal_year = w.fiscal_year - 1
),
-- Vouchers that close the accounts into the surplus of the year.
closing as (
  select v.unit_code, v.voucher_no, v.voucher_date_day
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where r.role in (
    'current_surplus', 'accumulated_surplus', 'fiscal_carryover', 'non_fiscal_carryover', 'service_surplus',
    'operating_surplus', 'non_fiscal_surplus'
  )
),
expense as (
  select
    v.voucher_line_key,
    v.unit_code,
    v.fiscal_year,
    v.voucher_date_day,
    v.summary,
    v.account_name,
    coalesce(v.debit_fen, 0) - coalesce(v.credit_fen, 0) as net_fen
  from voucher_line v
  join account_role r
    on r.unit_code = v.unit_code
    and r.fiscal_year = v.fiscal_year
    and r.account_code = v.account_code
  where substr(r.role, 1, 8) = 'expense_'
    and coalesce(v.voided, 0) = 0
    and not exists (
      select 1
      from closing c
      where c.unit_code = v.unit_code
        and c.voucher_no = v.voucher_no
        and c.voucher_date_day = v.voucher_date_day
    )
),
-- A line is of each kind that its summary or the name of its account speaks of.
spoken as (
  select e.voucher_line_key, e.unit_code, e.fiscal_year, e.voucher_date_day, e.net_fen, t.tag
  from expense e
  join text_tag t on t.text = e.summary
  union
  select e.voucher_line_key, e.unit_code, e.fiscal_year, e.voucher_date_day, e.net_fen, t.tag
  from expense e
  join text_tag t on t.text = e.account_name
),
change as (
  select
    y.unit_code,
    y.fiscal_year,
    k.tag,
    k.restricted,
    k.name,
    k.name_en,
    sum(case when s.fiscal_year = y.fiscal_year then 0 else s.net_fen end) as before_fen,
    sum(case when s.fiscal_year = y.fiscal_year then s.net_fen else 0 end) as after_fen
  from compared y
  join spoken s on s.unit_code = y.unit_code and s.fiscal_year between y.fiscal_year - 1 and y.fiscal_year
  join kind k on k.tag = s.tag
  group by y.unit_code, y.fiscal_year, k.tag, k.restricted, k.name, k.name_en
),
-- The risen kind nearest to each fall, if this fall is also the one nearest to that rise.
matched as (
  select
    f.unit_code,
    f.fiscal_year,
    f.tag,
    f.name,
    f.name_en,
    f.before_fen,
    f.after_fen,
    t.tag as risen_tag,
    t.name as risen_name,
    t.name_en as risen_name_en,
    t.after_fen - t.before_fen as rise_fen,
    row_number() over (
      partition by f.unit_code, f.fiscal_year, f.tag
      order by abs(f.before_fen - f.after_fen - t.after_fen + t.before_fen), t.tag
    ) as rank_of_rise,
    row_number() over (
      partition by f.unit_code, f.fiscal_year, t.tag
      order by abs(f.before_fen - f.after_fen - t.after_fen + t.before_fen), f.tag
    ) as rank_of_fall
  from change f
  join change t on t.unit_code = f.unit_code and t.fiscal_year = f.fiscal_year
  where f.restricted = 1
    and t.restricted = 0
)
select
  m.unit_code,
  m.tag || '|' || m.risen_tag || '|' || m.fiscal_year as subject,
  m.rise_fen as amount_fen,
  s.voucher_date_day as from_day,
  s.voucher_date_day as to_day,
  m.fiscal_year as year,
  m.name as fallen,
  m.name_en as fallen_en,
  m.before_fen,
  m.after_fen,
  m.risen_name as risen,
  m.risen_name_en as risen_en,
  s.voucher_line_key
from matched m
join spoken s on s.unit_code = m.unit_code and s.fiscal_year = m.fiscal_year and s.tag = m.risen_tag
where m.rank_of_rise = 1
  and m.rank_of_fall = 1
  and m.before_fen - m.after_fen >= :min_amount_fen
  and (m.before_fen - m.after_fen) * 100 >= m.before_fen * :min_fall_pct
  and abs(m.before_fen - m.after_fen - m.rise_fen) * 100 <= (m.before_fen - m.after_fen) * :tolerance_pct
