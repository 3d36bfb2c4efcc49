-- Stationery, printing, food and vague goods bought in the days before a festival, where it is most of the year's.
with holiday as (
  select c.name, substr(c.iso, 1, 4) as year, min(c.day) as first_day
  from calendar c
  where c.kind = 'holiday'
    and c.name in ('春节', '端午节', '中秋节', '国庆节', '中秋节、国庆节', '国庆节、中秋节')
  group by c.name, substr(c.iso, 1, 4)
),
festival as (
  select
    h.name,
    h.year,
    h.first_day,
    lag(h.first_day) over (partition by h.year order by h.first_day) as previous_day
  from holiday h
),
spent as (
  select
    'payment' as source,
    y.unit_code,
    y.payee_name as trader,
    y.purpose as what,
    y.paid_on as on_date,
    y.paid_on_day as on_day,
    y.amount_fen as fen,
    y.payment_key,
    null as invoice_use_key,
    null as invoice_key
  from payment y
  union all
  select
    'invoice' as source,
    u.unit_code,
    i.seller_name as trader,
    i.item as what,
    u.voucher_date as on_date,
    u.voucher_date_day as on_day,
    u.claimed_amount_fen as fen,
    null as payment_key,
    u.invoice_use_key,
    i.invoice_key
  from invoice_use u
  join invoice i on i.invoice_id = u.invoice_id
  where not exists (
    select 1
    from voucher_line v
    where v.unit_code = u.unit_code
      and v.voucher_no = u.voucher_no
      and v.voucher_date_day = u.voucher_date_day
      and v.voided = 1
  )
),
-- In how many months of the year the unit paid or claimed anything at all.
known as (
  select s.unit_code, s.source, substr(s.on_date, 1, 4) as year, count(distinct substr(s.on_date, 1, 7)) as months
  from spent s
  group by s.unit_code, s.source, substr(s.on_date, 1, 4)
),
bought as (
  select
    s.unit_code,
    s.source,
    substr(s.on_date, 1, 4) as year,
    s.on_day,
    s.fen,
    s.payment_key,
    s.invoice_use_key,
    s.invoice_key,
    sum(s.fen) over (partition by s.unit_code, s.source, substr(s.on_date, 1, 4)) as year_fen
  from spent s
  join party p on p.name = s.trader
  where (
      exists (
        select 1
        from text_tag g
        where g.text = s.what
          and g.tag in ('office_supplies', 'printing', 'vague_goods')
          -- services are vague too, but no goods
          and g.word not in ('服务费', '咨询费', '会务费', 'other services')
      )
      or exists (select 1 from text_tag g where g.text = s.trader and g.tag = 'retailer')
    )
    -- bought under a contract, at the time the contract says
    and not exists (
      select 1
      from contract k
      join party q on q.name = k.party_name
      where k.unit_code = s.unit_code
        and q.party_key = p.party_key
    )
    -- unions and canteens buy for festivals by their purpose
    and not exists (select 1 from unit n where n.unit_code = s.unit_code and n.kind in ('union', 'canteen'))
),
-- Each purchase counts for the next festival only; what was returned in the year is taken off each of them.
before as (
  select
    b.unit_code,
    b.source,
    b.year,
    b.on_day,
    b.year_fen,
    b.payment_key,
    b.invoice_use_key,
    b.invoice_key,
    f.name,
    f.first_day,
    sum(b.fen) over (partition by b.unit_code, b.source, b.year, f.name) as total_fen
  from bought b
  join festival f on f.year = b.year
  where (b.on_day between f.first_day - :days and f.first_day - 1 and b.on_day >= coalesce(f.previous_day, 0))
    or b.fen < 0
)
-- The payments and the invoices tell of the same money; the larger sum counts.
select
  b.unit_code,
  b.name || '|' || b.year as subject,
  max(b.total_fen) over (partition by b.unit_code, b.name, b.year) as amount_fen,
  b.on_day as from_day,
  b.on_day as to_day,
  b.name as festival,
  b.first_day as holiday_day,
  b.year,
  max(b.year_fen) over (partition by b.unit_code, b.name, b.year) as year_total_fen,
  b.payment_key,
  b.invoice_use_key,
  b.invoice_key
from before b
join known k on k.unit_code = b.unit_code and k.source = b.source and k.year = b.year
where k.months >= :min_months
  and b.total_fen >= :min_amount_fen
  and b.total_fen * 100 >= b.year_fen * :min_share_pct
