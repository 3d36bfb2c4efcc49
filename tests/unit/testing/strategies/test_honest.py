"""Honest ledgers balance, reconcile and give installed rules nothing to say."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from hypothesis import given, settings

import xjk
from xjk.testing.strategies import honest_ledgers
from xjk.testing.strategies.books import Tables
from xjk.testing.strategies.rows import Row

FEW = settings(max_examples=8)


def moved(line: Row) -> Decimal:
    return Decimal(line.get("debit", "0")) - Decimal(line.get("credit", "0"))


@FEW
@given(honest_ledgers(months=3))
def test_every_voucher_balances_in_each_book(tables: Tables) -> None:
    sums: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for line in tables["voucher_line"]:
        sums[line["unit_code"], line["voucher_no"], line["voucher_date"], line["book"]] += moved(line)
    assert set(sums.values()) == {Decimal(0)}
    assert {key[3] for key in sums} == {"financial", "budget"}


@FEW
@given(honest_ledgers(months=3))
def test_the_bank_sees_what_account_1002_sees(tables: Tables) -> None:
    for account in tables["bank_account"]:
        unit = account["unit_code"]
        booked = [
            (line["voucher_date"], moved(line), line.get("counterparty_account"))
            for line in tables["voucher_line"]
            if line["unit_code"] == unit and line["account_code"] == "1002"
        ]
        statement = [row for row in tables["bank_transaction"] if row["account_no"] == account["account_no"]]
        seen = [
            (
                row["booked_on"],
                Decimal(row["amount"]) * (1 if row["direction"] == "in" else -1),
                row.get("counterparty_account"),
            )
            for row in statement
        ]
        assert Counter(seen) == Counter(booked)
        balance = Decimal(account["opening_balance"])
        for row, (_, amount, _) in zip(statement, seen, strict=True):
            balance += amount
            assert Decimal(row["balance"]) == balance >= 0


@FEW
@given(honest_ledgers(months=3))
def test_balances_of_accounts_follow_from_vouchers(tables: Tables) -> None:
    turnover: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in tables["voucher_line"]:
        turnover[line["unit_code"], str(int(line["voucher_date"][5:7])), line["account_code"]] += moved(line)
    closing: dict[tuple[str, str], Decimal] = {}
    for row in tables["account_balance"]:
        key = row["unit_code"], row["account_code"]
        assert Decimal(row["opening"]) == (
            closing.get(key, Decimal(0)) if row["period"] != "0" else Decimal(row["closing"])
        )
        assert Decimal(row["closing"]) == Decimal(row["opening"]) + turnover.pop(
            (row["unit_code"], row["period"], row["account_code"]), Decimal(0)
        )
        closing[key] = Decimal(row["closing"])
    assert not turnover
    last = {row["account_no"]: Decimal(row["balance"]) for row in tables["bank_transaction"]}
    for account in tables["bank_account"]:
        assert closing[account["unit_code"], "1002"] == last[account["account_no"]]


@settings(max_examples=10)
@given(honest_ledgers(units=3, months=2))
def test_honest_ledgers_load_cleanly_and_no_installed_rule_speaks(tables: Tables) -> None:
    with xjk.load(tables) as ledger:
        assert list(ledger.problems()) == []
        result = xjk.check(ledger, preview=True)
    assert [rule.rule_id for rule in result.coverage.rules if rule.status != "ran"] == []
    assert [(finding.rule_id, finding.message) for finding in result.findings] == []


@settings(max_examples=2)
@given(honest_ledgers(units=2, months=11, year=2026))
def test_a_whole_year_is_honest_too(tables: Tables) -> None:
    with xjk.load(tables) as ledger:
        assert list(ledger.problems()) == []
        assert xjk.check(ledger, preview=True).findings == ()


@settings(max_examples=5)
@given(honest_ledgers(units=3))
def test_people_of_different_units_share_names(tables: Tables) -> None:
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for person in tables["person"]:
        numbers[person["name"]].add(person["id_no"])
    assert any(len(found) > 1 for found in numbers.values())
    assert all(amount > 0 for amount in (Decimal(row["amount"]) for row in tables["payroll"]))
