from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.samples import SQL, a_rule, write_rule

from xjk.errors import RuleFolderError
from xjk.ledger.relations import relations
from xjk.rules.folder import read_rule
from xjk.rules.sql_text import check_sql, read_sql, tokens
from xjk.rules.sql_words import BANNED, DATE_WORDS

PARAM = {"type": "money", "default": "1.00", "doc": {"zh": "下限", "en": "Least"}}
META = a_rule(params={}, requires={"payment": ["amount"]}, optional={"unit": ["name"]}).meta


def told(sql: str) -> list[str]:
    return [f"{error.where} {error.en} {error.hint_en}" for error in check_sql(sql, META, "rule.sql")]


@pytest.mark.parametrize(
    "sql",
    [
        "select payment_id from payment",
        "SELECT count(*) FROM payment -- a comment; with / and * in it",
        "/* select * from x; */ select 'a; /* -- like' as note from payment",
        "with a as (select 1 as x), b(x) as (select x from a) select x from b join unit u on true",
        "select sum(amount_fen) filter (where amount_fen > 0) from payment",
        "select lag(paid_on_day) over (partition by payee_name order by paid_on_day) from payment",
        "select payment_id from payment where paid_on_day <= :as_of_day",
        "select payment_id from payment where amount_fen % 100000 = 0 and amount_fen * 100 >= 3 * amount_fen",
        "select payment_id from payment order by payment_id limit 5",
        "select x from (select payment_id as x from payment order by payment_id limit 5) p order by x limit 3",
        "select payment_id from payment where payee_name is distinct from voucher_no",
        "select payment_id from payment p where exists (select 1 from party where name = p.payee_name)",
        "select 'it''s' || payment_id from payment where amount_fen in (1, 2) and (amount_fen <> 3)",
        "select date_part from payment",
    ],
)
def test_portable_queries_pass(sql: str) -> None:
    assert told(sql) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("", "rule.sql:1 A query begins with SELECT or WITH."),
        ("delete from payment", "A query begins with SELECT or WITH."),
        ("select 1;", "rule.sql:1 ; is outside"),
        ("select 1 from payment;\nselect 2 from payment", "; is outside"),
        ("select payment_id\nfrom payment\nwhere payee_name LIKE 'x'", "rule.sql:3 LIKE is outside"),
        ("select payment_id from payment where payee_name glob 'x'", "GLOB is outside"),
        ("select payment_id from payment where payee_name regexp 'x'", "REGEXP is outside"),
        ("with recursive a as (select 1) select 1 from a", "RECURSIVE is outside"),
        ("select * from payment", "SELECT * is outside"),
        ("select distinct * from payment", "SELECT * is outside"),
        ("select p.* from payment p", "SELECT * is outside"),
        ("select 1, * from payment", "SELECT * is outside"),
        ("select random() from payment", "random() is outside"),
        ("select now() from payment", "now() is outside"),
        ("select date('now') from payment", "date() is outside"),
        ("select date '2024-01-01' from payment", "DATE is outside"),
        ("select strftime('%Y', paid_on) from payment", "strftime() is outside"),
        ("select current_date from payment", "CURRENT_DATE is outside"),
        ("select amount_fen / 2 from payment", "/ is outside"),
        ("select amount_fen * 0.06 from payment", "0.06 is outside"),
        ("select amount_fen * 1e3 from payment", "1e3 is outside"),
        ("select payment_id from payment limit 5", "LIMIT is outside"),
        ("select x from (select payment_id as x from payment limit 5) p order by x", "LIMIT is outside"),
        (
            "select payment_id from payment where 1 in (select 1 from unit order by name) limit 1",
            "LIMIT is outside",
        ),
        ('select "payment_id" from payment', '" is outside'),
        ("select `payment_id` from payment", "` is outside"),
        ("select payment_id::text from payment", ":: is outside"),
        ("select payment_id from payment where amount_fen = ?", "? is outside"),
        ("select payment_id from payment where amount_fen = $1", "$ is outside"),
        ("select payment_id from payment where amount_fen == 1", "== is outside"),
        ("select max(amount_fen, 0) from payment", "MAX(a, b) is outside"),
        ("select group_concat(payee_name) from payment", "group_concat() is outside"),
        ("select (1 from payment", "The brackets do not match."),
        ("select 1) from (payment", "The brackets do not match."),
        ("select 'open from payment", "A string literal does not end."),
        ("select 1 from payments", 'There is no relation "payments". Did you mean "payment"?'),
        ("select 1 from invoice", "The table invoice stands under neither requires nor optional."),
        ("select 1 from payment where 1 = :as_of", "The parameter :as_of is not declared."),
        ("with a as (select 1) insert into payment select 1", "INSERT is outside"),
        ("select 1 from payment; attach 'x' as y", "ATTACH is outside"),
        ("select 1 from payment natural join unit", "NATURAL is outside"),
    ],
)
def test_what_is_outside_the_subset_is_told_with_its_line(sql: str, expected: str) -> None:
    assert any(expected in one for one in told(sql)), told(sql)


def test_a_parameter_is_bound_under_its_stored_name_and_used() -> None:
    meta = a_rule(params={"least": PARAM, "other": PARAM | {"type": "int", "default": "1"}}).meta
    errors = check_sql("select 1 from payment\nwhere amount_fen > :least", meta, "rule.sql")
    shown = [f"{error.where} {error.en} {error.hint_en}" for error in errors]
    assert "rule.sql:2 The parameter :least is not declared. By its type it is written :least_fen." in shown
    assert any("The parameter least is not used" in one for one in shown)
    assert any("The parameter other is not used. Use :other in the query" in one for one in shown)
    assert check_sql("select 1 from payment where amount_fen > :least_fen + :other", meta, "rule.sql") == []


def test_errors_come_in_the_order_of_lines() -> None:
    lines = [error.where for error in check_sql("select *\nfrom payments\nlimit 5;", META, "rule.sql")]
    assert lines == ["rule.sql:1", "rule.sql:2", "rule.sql:3", "rule.sql:3"]


def test_no_column_of_the_ledger_is_a_word_outside_the_subset() -> None:
    columns = {column.name for relation in relations() for column in relation.columns}
    assert not columns & (BANNED.keys() | DATE_WORDS)


def test_read_sql_returns_the_text_or_every_fault(tmp_path: Path) -> None:
    rule = read_rule(write_rule(tmp_path), "acme")
    assert read_sql(rule) == SQL
    (Path(rule.folder) / "rule.sql").write_text("select *\nfrom payment;")
    with pytest.raises(RuleFolderError) as caught:
        read_sql(rule)
    assert len(caught.value.errors) == 3


@given(st.text(max_size=60))
def test_any_text_is_checked_without_failing_and_literals_stay_out(text: str) -> None:
    told(text)
    literal = "'" + text.replace("'", "''") + "'"
    assert [token.kind for token in tokens(literal)] == ["text"]
    assert [token.line for token in tokens(f"{literal} x")][-1] == 1 + text.count("\n")


@given(
    st.lists(
        st.sampled_from(["select", "1", "a", ",", "(", ")", "'x'", ":b", "--c\n", "from", "+", "count"]),
        max_size=12,
    )
)
def test_no_text_that_passes_holds_a_second_statement(parts: list[str]) -> None:
    sql = " ".join(parts)
    if not told(sql):
        assert sqlite3.complete_statement(sql + ";")
