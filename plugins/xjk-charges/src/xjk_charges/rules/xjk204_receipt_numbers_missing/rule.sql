-- One row per receipt beside numbers of the same book that were passed over: neither issued, voided nor reversed.
with stub as (
  select
    b.unit_code,
    coalesce(b.prefix, b.kind) as series,
    b.first_no as number,
    0 as place,
    b.book_id as stub_key,
    0 as issued_on_day
  from receipt_book b
  union all
  select
    r.unit_code,
    coalesce(r.prefix, r.kind) as series,
    r.number,
    1 as place,
    r.receipt_key as stub_key,
    r.issued_on_day
  from receipt r
),
-- Laid out by number, each book stands before its receipts and parts them from those of the book before.
laid as (
  select
    s.unit_code,
    s.series,
    s.number,
    s.place,
    s.stub_key,
    s.issued_on_day,
    lag(s.number) over (partition by s.unit_code, s.series order by s.number, s.place, s.stub_key) as low_number,
    lag(s.place) over (partition by s.unit_code, s.series order by s.number, s.place, s.stub_key) as low_place,
    lag(s.stub_key) over (partition by s.unit_code, s.series order by s.number, s.place, s.stub_key) as low_key,
    lag(s.issued_on_day) over (partition by s.unit_code, s.series order by s.number, s.place, s.stub_key) as low_day,
    max(case s.place when 0 then s.number end) over (
      partition by s.unit_code, s.series
      order by s.number, s.place, s.stub_key
      rows between unbounded preceding and current row
    ) as book_first_no,
    max(s.issued_on_day) over (partition by s.unit_code) as last_day
  from stub s
),
gap as (
  select
    b.unit_code,
    b.book_id,
    b.receipt_book_key,
    b.kind,
    g.low_number,
    g.number as high_number,
    g.low_key,
    g.stub_key as high_key,
    g.low_day,
    g.issued_on_day as high_day,
    g.number - g.low_number - 1 as missing
  from laid g
  join receipt_book b
    on b.unit_code = g.unit_code
    and coalesce(b.prefix, b.kind) = g.series
    and b.first_no = g.book_first_no
  where g.low_place = 1
    and g.place = 1
    and g.number <= b.last_no
    and g.number - g.low_number > 1
    -- Two desks that share a book leave gaps as long as both still write.
    and g.low_day + :grace_days <= g.last_day
    and g.issued_on_day + :grace_days <= g.last_day
),
book as (
  select
    g.book_id,
    sum(g.missing) as missing,
    min(g.low_number + 1) as first_missing,
    max(g.high_number - 1) as last_missing
  from gap g
  group by g.book_id
),
edge as (
  select g.book_id, g.low_key as receipt_key, g.low_day as issued_on_day
  from gap g
  union all
  select g.book_id, g.high_key as receipt_key, g.high_day as issued_on_day
  from gap g
)
select
  b.unit_code,
  b.book_id as subject,
  0 as amount_fen,
  e.issued_on_day as from_day,
  e.issued_on_day as to_day,
  b.kind as kind,
  k.missing as missing,
  k.first_missing as first_missing,
  k.last_missing as last_missing,
  b.receipt_book_key,
  e.receipt_key
from book k
join receipt_book b on b.book_id = k.book_id
join edge e on e.book_id = k.book_id
where k.missing >= :min_missing
