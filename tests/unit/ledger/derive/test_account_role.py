from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import pytest

from xjk.ledger.derive.account_role import derive_account_role
from xjk.ledger.store import Store

Tables = Mapping[str, Sequence[Mapping[str, str]]]
Ledger = Callable[[Tables], AbstractContextManager[Store]]


def _roles(store: Store) -> dict[tuple[object, object, object], tuple[object, object]]:
    derive_account_role(store)
    rows = store.query("SELECT unit_code, fiscal_year, account_code, role, book FROM account_role")
    return {(unit, year, code): (role, book) for unit, year, code, role, book in rows}


def _line(code: str, name: str | None = None, *, unit: str = "U1", year: int = 2024) -> dict[str, str]:
    named = {} if name is None else {"account_name": name}
    return {"unit_code": unit, "fiscal_year": str(year), "account_code": code, **named}


def _unit(kind: str, code: str = "U1") -> dict[str, str]:
    return {"unit_code": code, "kind": kind}


@pytest.mark.parametrize(
    ("kind", "year", "code", "name", "role"),
    [
        ("administrative", 2024, "2307", None, "other_payable"),
        ("administrative", 2024, "23070102", "押金", "other_payable"),
        ("administrative", 2016, "2305", None, "other_payable"),
        ("administrative", 2010, "203", "暂存款", "other_payable"),
        ("public_institution", 2010, "207", "其他应付款", "other_payable"),
        ("public_institution", 2010, "203", None, "payable"),
        ("administrative", 2010, "1020", None, "unknown"),
        ("administrative", 2024, "9999", None, "unknown"),
    ],
)
def test_the_chart_of_the_unit_and_the_year_tells_the_role(
    ledger: Ledger, kind: str, year: int, code: str, name: str | None, role: str
) -> None:
    with ledger({"unit": [_unit(kind)], "voucher_line": [_line(code, name, year=year)]}) as store:
        assert _roles(store)["U1", year, code][0] == role


def test_the_two_books_are_told_apart(ledger: Ledger) -> None:
    lines = [_line("1001"), _line("8001"), _line("6999"), _line("1002", year=2015), _line("9")]
    with ledger({"unit": [_unit("administrative")], "voucher_line": lines}) as store:
        books = {(year, code): book for (_, year, code), (_, book) in _roles(store).items()}

    assert books == {
        (2024, "1001"): "financial",
        (2024, "8001"): "budget",
        (2024, "6999"): "budget",
        (2015, "1002"): "financial",
        (2024, "9"): "financial",
    }


def test_an_enterprise_is_judged_by_names_and_has_one_book(ledger: Ledger) -> None:
    lines = [
        _line("2241", "其他应付款"),
        _line("224101", "其他应付款-押金"),
        _line("6602", "管理费用"),
        _line("2307", "别的"),
    ]
    with ledger({"unit": [_unit("enterprise")], "voucher_line": lines}) as store:
        roles = {code: role for (_, _, code), role in _roles(store).items()}

    assert roles == {
        "2241": ("other_payable", "financial"),
        "224101": ("other_payable", "financial"),
        "6602": ("unknown", "financial"),
        "2307": ("unknown", "financial"),
    }


def test_a_unit_that_kept_its_old_codes_is_told_by_the_name_of_the_account(ledger: Ledger) -> None:
    lines = [_line("2305", "其他应付款"), _line("230501", "押金")]
    with ledger({"unit": [_unit("administrative")], "voucher_line": lines}) as store:
        roles = _roles(store)
    assert roles["U1", 2024, "2305"][0] == "other_payable"
    assert roles["U1", 2024, "230501"][0] == "other_payable"

    with ledger({"unit": [_unit("administrative")], "voucher_line": [_line("2305", "预收账款")]}) as store:
        assert _roles(store)["U1", 2024, "2305"][0] == "advance_receipt"


def test_a_code_two_old_charts_read_differently_is_told_by_its_name(ledger: Ledger) -> None:
    lines = [
        _line("203", year=2010),
        _line("203", "暂存款", year=2011),
        _line("203", "应付账款", year=2012),
        _line("101", year=2010),
    ]
    with ledger({"voucher_line": lines}) as store:
        roles = {(year, code): role for (_, year, code), (role, _) in _roles(store).items()}

    assert roles == {
        (2010, "203"): "unknown",
        (2011, "203"): "other_payable",
        (2012, "203"): "payable",
        (2010, "101"): "cash",
    }


def test_a_role_the_unit_gives_wins_for_the_account_and_below_it(ledger: Ledger) -> None:
    accounts = [
        {
            "unit_code": "U1",
            "fiscal_year": "2024",
            "account_code": "1218",
            "account_name": "其他应收款",
            "role": "bank",
        },
        {
            "unit_code": "U1",
            "fiscal_year": "2024",
            "account_code": "121802",
            "account_name": "备用金",
            "role": "cash",
        },
    ]
    lines = [_line("12180101"), _line("12180201"), _line("12189"), _line("1218", unit="U2")]
    with ledger({"ledger_account": accounts, "voucher_line": lines}) as store:
        roles = {(unit, code): role for (unit, _, code), (role, _) in _roles(store).items()}

    assert roles == {
        ("U1", "1218"): "bank",
        ("U1", "12180101"): "bank",
        ("U1", "121802"): "cash",
        ("U1", "12180201"): "cash",
        ("U1", "12189"): "unknown",
        ("U2", "1218"): "other_receivable",
    }


def test_codes_of_all_books_have_one_row_each(ledger: Ledger) -> None:
    row = {"unit_code": "U1", "fiscal_year": "2024"}
    tables = {
        "voucher_line": [_line("1001", "库存现金"), _line("1001", "现金"), _line("1001")],
        "account_balance": [{**row, "account_code": "1001"}, {**row, "account_code": "1002"}],
        "party_balance": [{**row, "account_code": "2307"}],
        "ledger_account": [{**row, "account_code": "8001", "account_name": "资金结存"}],
    }
    with ledger(tables) as store:
        derive_account_role(store)
        codes = [row[0] for row in store.query("SELECT account_code FROM account_role ORDER BY account_code")]

    assert codes == ["1001", "1002", "2307", "8001"]


def test_absurd_years_are_survived(ledger: Ledger) -> None:
    with ledger({"voucher_line": [_line("1001", year=0), _line("1001", year=99999)]}) as store:
        roles = _roles(store)

    assert roles["U1", 0, "1001"] == ("unknown", "financial")
    assert roles["U1", 99999, "1001"] == ("cash", "financial")
