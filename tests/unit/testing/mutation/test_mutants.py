from __future__ import annotations

import sys

import pytest

from xjk.errors import ExtraMissingError
from xjk.hooks.manager import catalogue
from xjk.models.rule import Rule
from xjk.rules.sql_text import check_sql, read_sql
from xjk.testing.mutation import Mutant, mutants

SQL_RULES = [rule for rule in catalogue().rules if rule.kind == "sql"]


def found(sql: str) -> dict[str, str]:
    return {mutant.id: mutant.sql for mutant in mutants(sql)}


def ids(sql: str, kind: str) -> list[str]:
    return [mutant.id for mutant in mutants(sql) if mutant.kind == kind]


def whats(sql: str, kind: str) -> list[str]:
    return [mutant.what.en for mutant in mutants(sql) if mutant.kind == kind]


def where(condition: str) -> str:
    return f"select p.a from p where {condition}"


def test_each_term_of_a_condition_is_dropped_in_turn() -> None:
    made = found(where("p.x = 'a' and p.y = 'b' and (p.z = 'c' or p.u = 'd')"))
    assert {name.partition(" ")[2] for name in made if name.startswith("drop-condition")} == {
        "p.x = 'a'",
        "p.y = 'b'",
        "(p.z = 'c' OR p.u = 'd')",
    }
    assert made["drop-condition p.x = 'a'"] == (
        "SELECT p.a FROM p WHERE p.y = 'b' AND (p.z = 'c' OR p.u = 'd')"
    )
    assert made["drop-alternative p.u = 'd'"].endswith("AND (p.z = 'c')")


@pytest.mark.parametrize(
    ("sql", "left"),
    [
        (where("p.x = 'a'"), "WHERE 1 = 1"),
        ("select p.a from p group by p.a having count(*) = 2", "HAVING 1 = 1"),
        ("select count(*) filter (where p.x = 'a') from p", "FILTER(WHERE 1 = 1)"),
        ("select case when p.x = 'a' then 1 else 0 end from p", "WHEN 1 = 1"),
        ("select p.a from p where exists (select 1 from q where q.x = p.x)", "FROM q WHERE 1 = 1"),
    ],
)
def test_a_condition_that_stands_alone_is_made_always_true(sql: str, left: str) -> None:
    assert any(left in mutant.sql for mutant in mutants(sql) if mutant.kind == "drop-condition")


def test_a_case_with_an_operand_has_values_and_no_conditions() -> None:
    assert mutants("select case p.x when 'a' then 1 else 0 end from p") == ()


def test_join_conditions_are_told_from_others() -> None:
    sql = "select p.a from p join q on q.x = p.x and q.y = p.y"
    assert ids(sql, "drop-join-condition") == [
        "drop-join-condition q.x = p.x",
        "drop-join-condition q.y = p.y",
    ]
    assert ids(sql, "drop-condition") == []


@pytest.mark.parametrize(
    ("comparison", "flipped", "shifted"),
    [
        ("p.a >= :n", "p.a > :n", "p.a >= :n - 1"),
        ("p.a > :n", "p.a >= :n", "p.a > :n + 1"),
        ("p.a <= :n", "p.a < :n", "p.a <= :n + 1"),
        ("p.a < :n", "p.a <= :n", "p.a < :n - 1"),
        (":n <= p.a", ":n < p.a", ":n - 1 <= p.a"),
        ("p.a - :n >= p.b", "p.a - :n > p.b", "p.a - (:n - 1) >= p.b"),
        ("p.a >= 12", "p.a > 12", "p.a >= 11"),
        ("p.a * 100 >= p.b * :pct", "p.a * 100 > p.b * :pct", "p.a * 100 >= p.b * (:pct - 1)"),
        ("p.a * 100 >= :n_fen * :pct", "p.a * 100 > :n_fen * :pct", "p.a * 100 >= :n_fen * (:pct - 1)"),
        ("p.a_micro >= :n_micro", "p.a_micro > :n_micro", "p.a_micro >= :n_micro - 10000"),
    ],
)
def test_a_bound_is_tried_from_both_sides(comparison: str, flipped: str, shifted: str) -> None:
    assert whats(where(comparison), "flip") == [f"{flipped} in place of {comparison}"]
    shifts = [*whats(where(comparison), "shift-up"), *whats(where(comparison), "shift-down")]
    assert shifts == [f"{shifted} in place of {comparison}"]


@pytest.mark.parametrize("comparison", ["p.a > 0", "p.a >= p.b", "p.a = 3", "p.a <> :n", "p.a > '2020'"])
def test_what_is_no_bound_is_not_shifted(comparison: str) -> None:
    assert not [mutant for mutant in mutants(where(comparison)) if mutant.kind.startswith("shift")]


def test_both_ends_of_between_are_tried_from_both_sides() -> None:
    made = {mutant.sql.partition("WHERE ")[2] for mutant in mutants(where("p.a between 3 and :n"))}
    assert made == {
        "1 = 1",
        "p.a BETWEEN 2 AND :n",
        "p.a BETWEEN 3 AND :n + 1",
        "(p.a > 3 AND p.a <= :n)",
        "(p.a < :n AND p.a >= 3)",
    }


def test_ends_of_between_that_are_columns_are_dropped() -> None:
    made = {mutant.sql.partition("WHERE ")[2] for mutant in mutants(where("p.a between p.b and p.c"))}
    assert {"p.a >= p.b", "p.a <= p.c"} <= made


def test_the_frame_of_a_window_is_moved_both_ways() -> None:
    sql = "select sum(p.a) over (order by p.d range between :n preceding and current row) as s from p"
    assert [text[21:75] for text in found(sql).values()] == [
        "(ORDER BY p.d range BETWEEN :n + 1 preceding AND CURRE",
        "(ORDER BY p.d range BETWEEN :n - 1 preceding AND CURRE",
    ]


@pytest.mark.parametrize(
    ("condition", "negated"),
    [
        ("p.x in ('a', 'b')", "NOT p.x IN ('a', 'b')"),
        ("p.x not in ('a', 'b')", "p.x IN ('a', 'b')"),
        ("p.x is null", "NOT p.x IS NULL"),
        ("not exists (select 1 from q)", "EXISTS(SELECT 1 FROM q)"),
    ],
)
def test_tests_are_negated(condition: str, negated: str) -> None:
    assert [m.sql for m in mutants(where(condition)) if m.kind == "negate"] == [
        f"SELECT p.a FROM p WHERE {negated}"
    ]


def test_sets_and_joins_are_changed() -> None:
    sql = (
        "select distinct p.a, count(distinct p.b) as n, max(p.c) as c from p left join q on q.x = p.x group by p.a "
        "union select r.a, r.n, r.c from r"
    )
    texts = {mutant.kind: mutant.sql for mutant in mutants(sql)}
    undistinct = [mutant.sql for mutant in mutants(sql) if mutant.kind == "drop-distinct"]
    assert [text[:30] for text in undistinct] == [
        "SELECT p.a, COUNT(DISTINCT p.b",
        "SELECT DISTINCT p.a, COUNT(p.b",
    ]
    assert "FROM p JOIN q" in texts["left-to-inner"]
    assert "UNION ALL" in texts["union-to-union-all"]
    assert "MIN(p.c)" in texts["swap-extreme"]
    assert [
        mutant.sql.endswith("FROM r WHERE 1 = 0") for mutant in mutants(sql) if mutant.kind == "drop-branch"
    ] == [
        False,
        True,
    ]


def test_names_survive_edits_elsewhere_and_tell_repeats_apart() -> None:
    before = (
        "with big as (select p.a from p where p.x >= :n) select b.a from big b where b.a = 'q' and b.a = 'q'"
    )
    after = (
        "-- longer\nwith small as (select q.a from q where q.x >= :n),\n"
        "big as (select p.a, p.z from p where p.x >= :n) select b.a from big b where b.a = 'q' and b.a = 'q'"
    )
    names = list(found(before))
    assert set(names) <= set(found(after))
    assert {"flip@big p.x >= :n", "flip b.a = 'q'", "flip b.a = 'q'#2"} <= set(names)


def test_a_mutant_names_its_line() -> None:
    sql = "select p.a\nfrom p\nwhere p.x = 'a'\n  and p.y >= :n"
    lines = {mutant.id: mutant.line for mutant in mutants(sql)}
    assert lines["flip p.x = 'a'"] == 3
    assert lines["shift-down p.y >= :n"] == 4


def test_long_places_have_names_that_stay_short_and_distinct() -> None:
    sql = where(
        "exists (select 1 from q where q.first_column = p.first_column and q.second_column = 'a') and "
        "exists (select 1 from q where q.first_column = p.first_column and q.second_column = 'b')"
    )
    names = ids(sql, "negate")
    assert len(set(names)) == 2
    assert max(map(len, names)) < 80


@pytest.mark.parametrize("rule", SQL_RULES, ids=lambda rule: rule.code)
def test_mutants_of_shipped_rules_are_portable_and_all_different(rule: Rule) -> None:
    made = mutants(read_sql(rule))
    assert len(made) >= 9
    assert len({mutant.sql for mutant in made}) == len({mutant.id for mutant in made}) == len(made)
    assert [line for mutant in made for line in faults(mutant, rule)] == []


def faults(mutant: Mutant, rule: Rule) -> list[str]:
    """Return what is not portable; that a dropped condition leaves a parameter unused is no fault."""
    return [error.en for error in check_sql(mutant.sql, rule.meta, "") if "not used" not in error.en]


def test_without_sqlglot_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith(("sqlglot", "xjk.testing.mutation."))]:
        if name.partition(".")[0] == "sqlglot" or name.endswith((".changes", ".bounds", ".portable_sql")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(ExtraMissingError, match=r"xjk\[testing\]"):
        mutants(where("p.a = 1"))


def test_the_smaller_of_two_is_the_same_when_both_are_equal() -> None:
    assert ids("select case when p.a < p.b then p.a else p.b end as least from p", "flip") == []
    assert ids("select case when p.a < p.b then p.b else 0 end as least from p", "flip") == ["flip p.a < p.b"]
