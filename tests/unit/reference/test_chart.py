"""Charts of accounts: complete, unambiguous, and read by date and kind of unit."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import YamlError
from xjk.reference.chart import Account, account_of, accounts, charts, role_of

CURRENT = accounts("government_2019")


def test_the_chart_of_2019_has_103_accounts_in_eight_elements() -> None:
    assert Counter(account.element for account in CURRENT) == {
        "asset": 35,
        "liability": 16,
        "net_assets": 7,
        "income": 11,
        "expense": 8,
        "budget_income": 9,
        "budget_expense": 8,
        "budget_balance": 9,
    }
    assert len(CURRENT) == 103


def test_codes_names_and_roles_of_2019_are_unique() -> None:
    for values in (
        [account.code for account in CURRENT],
        [account.name for account in CURRENT],
        [account.role for account in CURRENT],
    ):
        assert len(set(values)) == len(values)


def test_the_first_digit_of_2019_tells_element_and_book() -> None:
    by_digit = {account.code[0]: (account.element, account.book) for account in CURRENT}
    assert all(by_digit[account.code[0]] == (account.element, account.book) for account in CURRENT)
    assert [digit for digit, (_, book) in sorted(by_digit.items()) if book == "budget"] == ["6", "7", "8"]


def test_contra_accounts_have_the_other_direction() -> None:
    credit_assets = {a.code for a in CURRENT if a.element == "asset" and a.direction == "credit"}
    assert credit_assets == {"1219", "1602", "1702", "1802", "1832"}
    debit_balances = {a.code for a in CURRENT if a.element == "budget_balance" and a.direction == "debit"}
    assert debit_balances == {"8001"}


def test_every_chart_and_account_names_its_source() -> None:
    for chart in charts():
        assert chart.source
        assert all(account.source for account in chart.accounts)


def test_older_charts_have_one_set_of_books_and_know_cash_bank_and_the_clearing_accounts() -> None:
    for chart in charts():
        if chart.id == "government_2019":
            continue
        assert {account.book for account in chart.accounts} == {"financial"}
        roles = {account.role for account in chart.accounts}
        assert {"cash", "bank", "other_receivable", "other_payable", "income_fiscal", "income_other"} <= roles


@pytest.mark.parametrize(
    ("code", "year", "kind", "role"),
    [
        ("2307", 2024, "administrative", "other_payable"),
        ("230701", 2024, "township", "other_payable"),
        ("1002.01", 2024, "public_institution", "bank"),
        ("1215", 2018, "administrative", "other_receivable"),
        ("1215", 2019, "administrative", "dividend_receivable"),
        ("2305", 2018, "public_institution", "other_payable"),
        ("2305", 2019, "public_institution", "advance_receipt"),
        ("2103", 2018, "public_institution", "due_to_treasury"),
        ("203", 2010, "administrative", "other_payable"),
        ("203", 2010, "public_institution", "payable"),
        ("20301", 2010, "administrative", "other_payable"),
        ("101", 2015, "administrative", "cash"),
        ("1011", 2015, "administrative", "zero_balance_quota"),
        ("101101", 2010, "administrative", "cash"),
    ],
)
def test_one_code_means_what_its_chart_says(code: str, year: int, kind: str, role: str) -> None:
    assert role_of(code, year, kind) == role


@pytest.mark.parametrize(
    ("code", "year", "kind"),
    [
        ("101", 2020, "administrative"),
        ("6001", 2024, "enterprise"),
        ("1020", 2015, "administrative"),
        ("9999", 2024, "administrative"),
        ("", 2024, "administrative"),
        ("1002", 1990, "administrative"),
    ],
)
def test_an_unknown_code_has_no_role(code: str, year: int, kind: str) -> None:
    assert role_of(code, year, kind) is None


@given(st.sampled_from(CURRENT), st.text("0123456789", min_size=2, max_size=8))
def test_a_sub_account_belongs_to_its_first_level_account(account: Account, suffix: str) -> None:
    assert account_of(account.code + suffix, 2024, "public_institution") == account


def _pack(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "chart_pack.yaml").write_text(text, encoding="utf-8")
    return folder


UNION_CHART = """
charts:
  - id: union_chart
    title: {zh: 工会会计制度, en: Union chart}
    source: 测试
    confidence: M
    valid_from: 2022-01-01
    valid_to:
    unit_kinds: [union]
    accounts:
      - {code: "101", name: 库存现金, element: asset, book: financial, direction: debit, applies: all, role: cash}
"""


def test_a_pack_adds_a_chart_for_another_kind_of_unit(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack", UNION_CHART)
    assert role_of("10101", 2024, "union") is None
    assert role_of("10101", 2024, "union", [folder]) == "cash"


def test_two_different_charts_of_one_id_are_refused_naming_both_files(tmp_path: Path) -> None:
    one = _pack(tmp_path / "one", UNION_CHART)
    two = _pack(tmp_path / "two", UNION_CHART.replace("role: cash", "role: bank"))
    with pytest.raises(YamlError) as caught:
        charts([one, two])
    assert str(one) in caught.value.en
    assert str(two) in caught.value.en


def test_an_account_given_twice_is_refused(tmp_path: Path) -> None:
    line = UNION_CHART.rstrip("\n").rsplit("\n", 1)[1]
    with pytest.raises(YamlError, match="101 is given twice"):
        charts([_pack(tmp_path / "pack", UNION_CHART + line + "\n")])
