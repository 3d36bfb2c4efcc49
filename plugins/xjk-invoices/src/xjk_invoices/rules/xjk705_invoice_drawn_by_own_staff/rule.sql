-- Invoices whose drawer or reviewer bears the name of somebody on the roll of the unit that claims them.
with roll as (
  select p.person_id, p.person_key, p.unit_code, p.name, p.phone, p.id_no, p.finance_staff, n.normal_name
  from person p
  join party n on n.name = p.name
),
namesakes as (
  select r.normal_name, count(distinct coalesce(r.id_no, r.person_id)) as persons
  from roll r
  group by r.normal_name
),
-- everybody on a roll under every spelling of the name
spelled as (
  select q.name as spelling, r.person_id, r.person_key, r.unit_code, r.name, r.phone, r.id_no, r.normal_name,
         case when r.finance_staff = 1 and k.persons = 1 then 1 else 0 end as keeps_the_books
  from roll r
  join namesakes k on k.normal_name = r.normal_name
  join party q on q.normal_name = r.normal_name
),
drawn as (
  select i.invoice_id, i.drawer as hand
  from invoice i
  union all
  select i.invoice_id, i.reviewer as hand
  from invoice i
),
-- drawer and reviewer may be one person under two spellings
named as (
  select distinct i.invoice_id, i.invoice_key, i.issued_on_day, i.seller_name, i.seller_tax_id,
         u.unit_code, u.invoice_use_key, u.claimed_amount_fen, u.claimant,
         p.person_id, p.person_key, p.name, p.phone, p.id_no, p.normal_name, p.keeps_the_books
  from drawn d
  join invoice i on i.invoice_id = d.invoice_id
  join invoice_use u on u.invoice_id = d.invoice_id
  join spelled p on p.spelling = d.hand and p.unit_code = u.unit_code
  where i.total_amount_fen > 0
),
registered as (
  select distinct q.uscc, q.id_no
  from enterprise_person q
),
linked as (
  select n.unit_code, coalesce(n.seller_tax_id, s.party_key) as seller_key, n.seller_name, n.person_id, n.person_key,
         n.name, n.issued_on_day, n.invoice_key, n.invoice_use_key, n.claimed_amount_fen,
         case when n.keeps_the_books = 1 then 'finance'
              when c.normal_name = n.normal_name then 'claimant'
              when e.phone = n.phone then 'phone'
              when q.id_no is not null then 'registry' end as tie
  from named n
  join party s on s.name = n.seller_name
  left join party c on c.name = n.claimant
  left join enterprise e on e.uscc = n.seller_tax_id
  left join registered q on q.uscc = n.seller_tax_id and q.id_no = n.id_no
  -- a unit's own canteen, union or declared subsidiary may well let the unit's accountant draw its invoices
  where s.unit_code is null and e.declared_by is null
),
summed as (
  select l.unit_code, l.seller_key, l.seller_name, l.person_id, l.person_key, l.name, l.issued_on_day,
         l.invoice_key, l.invoice_use_key, l.tie,
         sum(l.claimed_amount_fen) over (partition by l.unit_code, l.seller_key, l.person_id) as claimed_fen
  from linked l
  where l.tie is not null
)
select s.unit_code,
       s.seller_key || ':' || s.person_id as subject,
       s.claimed_fen as amount_fen,
       s.issued_on_day as from_day,
       s.issued_on_day as to_day,
       s.person_key,
       s.invoice_key,
       s.invoice_use_key,
       s.seller_name,
       s.name as person_name,
       s.tie,
       case s.tie when 'finance' then '系财务人员且姓名在花名册中唯一' when 'claimant' then '又是报销人'
            when 'phone' then '电话与销方登记电话相同' else '身份证号与销方登记人员相同' end as tie_zh,
       case s.tie when 'finance' then 'keeps the books, no namesake on the rolls'
            when 'claimant' then 'is the claimant as well'
            when 'phone' then 'has the telephone number of the seller'
            else 'is registered as a person of the seller' end as tie_en
from summed s
where s.claimed_fen >= :min_amount_fen
