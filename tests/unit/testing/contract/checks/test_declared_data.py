"""Which columns and tables a query reads, however it names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.unit.testing.contract import zoo

from xjk import catalogue_of
from xjk.rules.folder import read_rule
from xjk.testing.contract.checks import CHECKS
from xjk.testing.contract.checks.declared_data import columns_read, tables_read
from xjk.testing.contract.pack import breaches
from xjk.testing.contract.subject import Breach, Subject

PACKS = catalogue_of({"zoo": zoo})

READ = {
    "an alias": ("select p.purpose from payment p", {"payment.purpose"}),
    "an alias in another case": ("select P.PURPOSE from Payment p", {"payment.purpose"}),
    "a table as its own name": ("select payment.purpose from payment", {"payment.purpose"}),
    "a column without its table": ("select purpose from payment", {"payment.purpose"}),
    "the canonical name of money and days": (
        "select amount_fen, paid_on, paid_on_day from payment",
        {"payment.amount", "payment.paid_on"},
    ),
    "a common table expression": (
        "with a as (select p.purpose as x, p.unit_code from payment p) select a.x, a.unit_code from a",
        {"payment.purpose", "payment.unit_code"},
    ),
    "a common table expression named as a table": (
        "with contract as (select unit_code as amount_fen from payment) select amount_fen from contract",
        {"payment.unit_code"},
    ),
    "a derived table": (
        "select q.x from (select purpose as x from payment) q",
        {"payment.purpose"},
    ),
    "a correlated subquery": (
        (
            "select v.unit_code from voucher_line v where exists"
            " (select 1 from payment p where p.unit_code = v.unit_code and p.mode = 'direct' and v.summary is null)"
        ),
        {"voucher_line.unit_code", "voucher_line.summary", "payment.unit_code", "payment.mode"},
    ),
    "names without tables in a correlated subquery": (
        (
            "select v.unit_code from voucher_line v where exists"
            " (select 1 from payment p where p.unit_code = v.unit_code and mode = 'direct' and summary is null)"
        ),
        {"voucher_line.unit_code", "voucher_line.summary", "payment.unit_code", "payment.mode"},
    ),
    "a subquery in IN": (
        "select name from unit where unit_code in (select item_code from payment)",
        {"unit.name", "unit.unit_code", "payment.item_code"},
    ),
    "a subquery among the columns": (
        "select (select max(q.purpose) from payment q) as x from unit u",
        {"payment.purpose"},
    ),
    "both sides of a union": (
        "select purpose from payment union all select summary from voucher_line",
        {"payment.purpose", "voucher_line.summary"},
    ),
    "a window": (
        "select sum(p.amount_fen) over (partition by p.project_code order by p.paid_on_day) as x from payment p",
        {"payment.amount", "payment.project_code", "payment.paid_on"},
    ),
    "a join by a shared name": (
        "select p.payment_key from payment p join contract c using (project_code)",
        {"payment.project_code", "contract.project_code"},
    ),
    "the key column of evidence": ("select payment_key from payment", set()),
    "a derived relation": ("select party.kind from party", set()),
}


@pytest.mark.parametrize(("sql", "wanted"), READ.values(), ids=READ)
def test_a_column_is_read_through(sql: str, wanted: set[str]) -> None:
    assert wanted == {f"{table}.{column}" for table, column in columns_read(sql)}


def test_a_table_is_read_without_a_column_of_it() -> None:
    assert {"payment", "unit"} == set(
        tables_read("select count(*) as n from PAYMENT where exists (select 1 from unit)")
    )


def test_a_common_table_expression_is_no_table() -> None:
    assert {"payment"} == set(
        tables_read("with unit as (select count(*) as n from payment) select n from unit")
    )


def told(folder: Path) -> tuple[Breach, ...]:
    """Run RC13 on a rule folder."""
    check = next(check for check in CHECKS if check.id == "RC13")
    return breaches(check, Subject(read_rule(folder, "zoo"), PACKS))


def changed(folder: Path, rule: str, old: str, new: str) -> Path:
    """Return a copy of a Python rule of the zoo with one text replaced."""
    known = next(known for known in PACKS.rules if known.code == rule)
    copied = folder / Path(known.folder).name
    shutil.copytree(known.folder, copied)
    text = (copied / "rule.py").read_text("utf-8")
    assert old in text
    (copied / "rule.py").write_text(text.replace(old, new), "utf-8")
    return copied


def test_a_python_rule_that_counts_an_undeclared_table_is_caught(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        "ZOO002",
        "    for (unit, payee), fees",
        '    next(ledger.query("select count(*) as n from person"))\n    for (unit, payee), fees',
    )
    (breach,) = told(folder)
    assert breach.where == f"{folder}/rule.py"
    assert "table person" in breach.what.en
    assert "person" in breach.what.zh


def test_a_python_rule_that_raises_is_a_breach_with_its_line(tmp_path: Path) -> None:
    folder = changed(
        tmp_path, "ZOO002", "    for (unit, payee), fees", "    1 // 0\n    for (unit, payee), fees"
    )
    (breach,) = told(folder)
    assert "ZeroDivisionError" in breach.what.en
    assert f"{folder}/rule.py:" in breach.what.en
