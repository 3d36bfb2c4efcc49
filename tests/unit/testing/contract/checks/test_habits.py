"""What one engine forgives in a query, and what every engine reads alike."""

from __future__ import annotations

import pytest

from xjk.testing.contract.checks.habits import habits

GROUPED = "is neither grouped by nor aggregated"
NUMBER = "A comparison is no number"
CONDITION = "A number is no condition"

ALIKE = {
    "a number in GROUP BY": "select unit_code, sum(amount_fen) as s from payment group by 1",
    "an alias in GROUP BY": "select p.unit_code as u, sum(p.amount_fen) as s from payment p group by u",
    "a table only in the SELECT": "select p.unit_code, sum(p.amount_fen) as s from payment p group by unit_code",
    "a table only in GROUP BY": "select unit_code, sum(p.amount_fen) as s from payment p group by p.unit_code",
    "another case in GROUP BY": "select P.unit_code, count(*) as n from payment p group by p.UNIT_CODE",
    "an expression in GROUP BY": "select substr(purpose, 1, 2) as x, count(*) as n from payment group by substr(purpose, 1, 2)",
    "a part of what is grouped by": "select unit_code || '!' as x, count(*) as n from payment group by unit_code",
    "a filter": "select unit_code, count(*) filter (where mode = 'direct') as n from payment group by unit_code",
    "a filter before a window": "select unit_code, sum(amount_fen) filter (where mode = 'direct') over (partition by unit_code) as s from payment",
    "a window over all rows": "select unit_code, purpose, sum(amount_fen) over (partition by unit_code) as s from payment",
    "a sum of sums": "select unit_code, sum(sum(amount_fen)) over (order by unit_code) as s from payment group by unit_code",
    "a subquery beside a column": "select p.unit_code, (select count(*) from unit u where u.unit_code = p.unit_code) as n from payment p",
    "an aggregate in HAVING": "select unit_code from payment group by unit_code having sum(amount_fen) > 3",
    "an alias in ORDER BY": "select unit_code, sum(amount_fen) as s from payment group by unit_code order by s, unit_code",
    "a comparison in CASE": "select case when mode = 'direct' then 1 else 0 end as x from payment",
    "a counted comparison": "select sum(case when (amount_fen > 3 or mode = 'direct') then 1 else 0 end) as n from payment",
    "a CASE with an operand": "select case voided when 1 then 'x' else 'y' end as x from voucher_line",
    "EXISTS in CASE": "select case when exists (select 1 from unit u) then 1 else 0 end as x from payment",
    "a flag compared": "select unit_code from voucher_line where voided = 1 and not (voided = 0)",
    "IS NOT NULL": "select unit_code from payment where purpose is not null and mode is null",
    "a window with an order": "select row_number() over (partition by unit_code order by payment_id) as n from payment",
    "a cast to text": "select cast(amount_fen as text) as x from payment",
    "a plain join": "select p.unit_code from payment p join unit u on (u.unit_code = p.unit_code)",
}

APART = [
    ("select unit_code, purpose, max(amount_fen) as m from payment group by unit_code", f"purpose {GROUPED}"),
    ("select p.unit_code, max(p.amount_fen) as m from payment p join unit u on 1 = 1 group by u.unit_code", f"p.unit_code {GROUPED}"),
    ("select purpose, count(*) as n from payment", f"purpose {GROUPED}"),
    ("select unit_code from payment group by unit_code having purpose = 'x'", f"purpose {GROUPED}"),
    ("select unit_code, sum(amount_fen) as s from payment group by unit_code having s > 1", f"s {GROUPED}"),
    ("select unit_code, count(*) as n from payment group by unit_code order by purpose", f"purpose {GROUPED}"),
    ("select unit_code, sum(amount_fen) over () as s, count(*) as n from payment group by unit_code", f"amount_fen {GROUPED}"),
    ("select sum(amount_fen > 3) as n from payment", NUMBER),
    ("select sum((amount_fen > 3)) as n from payment", NUMBER),
    ("select coalesce(amount_fen > 3, 0) as n from payment", NUMBER),
    ("select (amount_fen > 3) + 1 as n from payment", NUMBER),
    ("select amount_fen > 3 as n from payment", NUMBER),
    ("select unit_code from payment where (amount_fen > 3) = 1", NUMBER),
    ("select unit_code from voucher_line where voided", CONDITION),
    ("select unit_code from voucher_line where not voided and line_no = 3", CONDITION),
    ("select case when voided then 1 else 0 end as x from voucher_line", CONDITION),
    ("select p.unit_code from payment p join unit u on 1", CONDITION),
    ("select unit_code from voucher_line where voided is 1", "IS is for NULL only"),
    ("select unit_code from payment where mode is not purpose", "IS is for NULL only"),
    ("select max(amount_fen) as m from payment having max(amount_fen) > 3", "HAVING without GROUP BY"),
    ("select row_number() over (partition by unit_code) as n from payment", "has no ORDER BY"),
    ("select first_value(purpose) over (partition by unit_code) as n from payment", "has no ORDER BY"),
    ("select cast(amount_fen as real) as x from payment", "Keep money and ratios integers"),
    ("select cast(amount_fen as decimal(10, 2)) as x from payment", "Keep money and ratios integers"),
]  # fmt: skip


@pytest.mark.parametrize("sql", ALIKE.values(), ids=ALIKE)
def test_what_every_engine_reads_alike_is_no_habit(sql: str) -> None:
    assert [told.en for told in habits(sql)] == []


@pytest.mark.parametrize(("sql", "wanted"), APART, ids=[sql for sql, _ in APART])
def test_what_engines_read_apart_is_told_once_in_both_languages(sql: str, wanted: str) -> None:
    (told,) = habits(sql)
    assert wanted in told.en
    assert not told.zh.isascii()


def test_a_habit_inside_a_common_table_expression_is_found() -> None:
    (told,) = habits(
        "with a as (select unit_code, purpose, max(amount_fen) as m from payment group by unit_code) select m from a"
    )
    assert f"purpose {GROUPED}" in told.en
