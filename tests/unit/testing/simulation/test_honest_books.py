"""Books of an honest district: what is unique, what agrees, what reconciles, and that no rule speaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest

import xjk
from xjk.models import identifiers
from xjk.testing.simulation.base.charts import PARTY_ACCOUNTS
from xjk.testing.simulation.base.columns import KEYS
from xjk.testing.simulation.simulate import District

Read = Callable[[str], list[dict[str, str]]]
WHOLE_BLOCKS = ("", "101")
BANKS = ("1002", "102", "100201", "100202")


def yuan(text: str) -> Decimal:
    """Read an amount."""
    return Decimal(text or "0")


def block_of(unit_code: str) -> str:
    """Give what a block puts before the codes of its units."""
    return unit_code[:-6]


def test_it_loads_without_a_problem(honest: District) -> None:
    told = xjk.validate(honest.folder)
    assert (told.errors, told.warnings) == (0, 0), told.problems[:3]
    assert told.accepted == sum(honest.counts.values())


def test_no_installed_rule_speaks(honest: District) -> None:
    with xjk.load(honest.folder) as ledger:
        result = xjk.check(ledger, preview=True)
    assert [(finding.rule_id, finding.unit_code, finding.subject) for finding in result.findings] == []
    assert len([run for run in result.coverage.rules if run.status == "ran"]) >= 25


def test_keys_are_unique_over_all_blocks(read: Read) -> None:
    for table, key in KEYS.items():
        counted = Counter(tuple(row[column] for column in key) for row in read(table))
        assert [key for key, times in counted.items() if times > 1] == [], table


def test_people_and_firms_of_different_blocks_share_nothing(read: Read) -> None:
    for column in ("name", "id_no", "account_no", "phone"):
        values = [row[column] for row in read("person")]
        assert len(set(values)) == len(values), column
    for column in ("uscc", "name", "account_no"):
        values = [row[column] for row in read("enterprise")]
        assert len(set(values)) == len(values), column
    names = {row["name"] for row in read("unit")}
    assert len(names) == len(read("unit"))
    vouchers = {(row["unit_code"], row["fiscal_year"], row["voucher_no"]) for row in read("voucher_line")}
    assert len(vouchers) == sum(1 for row in read("voucher_line") if row["line_no"] == "1")


def test_identifiers_have_right_check_digits_and_shapes(read: Read) -> None:
    for row in read("person"):
        assert identifiers.is_citizen_number(row["id_no"])
        assert identifiers.is_bank_card(row["account_no"])
    for row in read("enterprise"):
        assert identifiers.is_uscc(row["uscc"])
    for row in read("invoice"):
        assert identifiers.is_invoice_number(row["invoice_number"]), row
        assert not row["invoice_code"] or identifiers.is_invoice_code(row["invoice_code"])
        assert row["invoice_id"] == row["invoice_code"] + row["invoice_number"]
        assert identifiers.is_uscc(row["seller_tax_id"])
        assert yuan(row["net_amount"]) + yuan(row["tax_amount"]) == yuan(row["total_amount"])
        if row["kind"] == "digital":
            assert row["invoice_number"][:2] == row["issued_on"][2:4]


def test_every_unit_hangs_under_a_unit_of_its_block(read: Read) -> None:
    codes = {row["unit_code"] for row in read("unit")}
    parents = [(row["unit_code"], row["parent_code"]) for row in read("unit") if row["parent_code"]]
    assert len(parents) >= 14
    for code, parent in parents:
        assert parent in codes
        assert block_of(code) == block_of(parent)


def test_every_voucher_balances_in_each_book(read: Read) -> None:
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in read("voucher_line"):
        key = row["unit_code"], row["fiscal_year"], row["voucher_no"], row["book"]
        sums[key] += yuan(row["debit"]) - yuan(row["credit"])
    assert [key for key, left in sums.items() if left] == []
    assert {key[3] for key in sums} == {"financial", "budget"}


def test_vouchers_are_numbered_by_date_within_their_series(read: Read) -> None:
    last: dict[tuple[str, ...], tuple[int, str]] = {}
    for row in read("voucher_line"):
        series, _, number = row["voucher_no"].rpartition("-")
        key = row["unit_code"], series
        before = last.get(key, (0, ""))
        if int(number) != before[0]:
            assert int(number) == before[0] + 1, row["line_id"]
            assert row["voucher_date"] >= before[1], row["line_id"]
            assert row["voucher_date"].startswith(series), row["line_id"]
        last[key] = int(number), row["voucher_date"]


def test_statements_match_the_ledger_line_by_line(read: Read) -> None:
    booked = Counter(
        (
            row["unit_code"],
            row["voucher_date"],
            row["counterparty_name"],
            row["summary"],
            yuan(row["debit"]) - yuan(row["credit"]),
        )
        for row in read("voucher_line")
        if row["account_code"] in BANKS and row["voided"] == "0"
    )
    moved = Counter(
        (
            row["unit_code"],
            row["booked_on"],
            row["counterparty_name"],
            row["memo"],
            yuan(row["amount"]) * (1 if row["direction"] == "in" else -1),
        )
        for row in read("bank_transaction")
    )
    assert booked == moved
    assert sum(moved.values()) > 2000


def test_balances_run_through_every_statement_and_end_where_the_ledger_ends(read: Read) -> None:
    balances = {row["account_no"]: yuan(row["opening_balance"]) for row in read("bank_account")}
    day: dict[str, str] = {}
    for row in read("bank_transaction"):
        account, sign = row["account_no"], 1 if row["direction"] == "in" else -1
        balances[account] += sign * yuan(row["amount"])
        assert balances[account] == yuan(row["balance"]) >= 0, row["txn_id"]
        assert row["booked_on"] >= day.get(account, ""), row["txn_id"]
        day[account] = row["booked_on"]
    closing = {
        (row["unit_code"], row["account_code"]): yuan(row["closing"])
        for row in read("account_balance")
        if row["fiscal_year"] == "2025" and row["period"] == "12"
    }
    for row in read("bank_account"):
        if row["kind"] != "zero_balance":
            key = row["unit_code"], row["account_code"]
            assert balances[row["account_no"]] == closing.get(key, Decimal(0)), key


@pytest.mark.parametrize("table", ["account_balance", "party_balance"])
def test_balances_agree_with_the_vouchers(read: Read, table: str) -> None:
    party = table == "party_balance"
    turnover: dict[tuple[str, ...], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in read("voucher_line"):
        if row["voided"] == "1" or (party and row["account_code"] not in PARTY_ACCOUNTS):
            continue
        month = str(int(row["voucher_date"][5:7]))
        key = (row["unit_code"], row["fiscal_year"], month, row["account_code"])
        sums = turnover[(*key, row["counterparty_name"]) if party else key]
        sums[0] += yuan(row["debit"])
        sums[1] += yuan(row["credit"])
    before: dict[tuple[str, ...], Decimal] = {}
    for row in read(table):
        name = (row["party_name"],) if party else ()
        account = row["unit_code"], row["account_code"], *name
        key = row["unit_code"], row["fiscal_year"], row["period"], row["account_code"], *name
        debit, credit = turnover.pop(key, [Decimal(0), Decimal(0)])
        assert (yuan(row["debit"]), yuan(row["credit"])) == (debit, credit), key
        assert yuan(row["closing"]) == yuan(row["opening"]) + debit - credit, key
        assert yuan(row["opening"]) == before.get(account, yuan(row["opening"])), key
        before[account] = yuan(row["closing"])
    assert {key: sums for key, sums in turnover.items() if any(sums)} == {}


def test_both_books_open_and_close_in_balance(read: Read) -> None:
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    government = {row["unit_code"] for row in read("ledger_account") if row["account_code"] == "8001"}
    for row in read("account_balance"):
        book = "budget" if row["unit_code"] in government and row["account_code"][0] in "678" else "financial"
        sums[(row["unit_code"], row["fiscal_year"], row["period"], book)] += yuan(row["closing"])
    assert [key for key, left in sums.items() if left] == []


def test_payments_agree_with_their_vouchers_and_the_budget(read: Read) -> None:
    expense: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in read("voucher_line"):
        if row["book"] == "budget" and row["account_code"][0] == "7" and row["debit"] != "0.00":
            expense[row["unit_code"], row["voucher_no"]] += yuan(row["debit"])
    paid: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in read("payment"):
        assert yuan(row["amount"]) == expense[row["unit_code"], row["voucher_no"]], row["payment_id"]
        assert row["paid_on"] == row["voucher_date"]
        paid[(row["unit_code"], row["paid_on"][:4], row["item_code"])] += yuan(row["amount"])
    budget = {
        (row["unit_code"], row["fiscal_year"], row["item_code"]): row
        for row in read("budget")
        if row["side"] == "expense"
    }
    assert set(budget) == set(paid)
    for key, row in budget.items():
        assert yuan(row["executed"]) == paid[key] <= yuan(row["amount"]), key


def test_receipts_lie_in_booked_ranges_and_what_was_collected_is_remitted(read: Read) -> None:
    books = [
        (row["unit_code"], row["prefix"], int(row["first_no"]), int(row["last_no"]), row["taken_on"])
        for row in read("receipt_book")
    ]
    collected: dict[str, Decimal] = defaultdict(Decimal)
    for row in read("receipt"):
        inside = [
            book
            for book in books
            if book[:2] == (row["unit_code"], row["prefix"])
            and book[2] <= int(row["number"]) <= book[3]
            and book[4] <= row["issued_on"]
        ]
        assert len(inside) == 1, row["receipt_id"]
        if row["status"] == "issued":
            collected[row["unit_code"]] += yuan(row["amount"])
    numbers = sorted((row["prefix"], int(row["number"])) for row in read("receipt"))
    assert len(set(numbers)) == len(numbers)
    remitted: dict[str, Decimal] = defaultdict(Decimal)
    for row in read("remittance"):
        if row["item_code"] != "103070602":  # proceeds of a disposal come without a receipt
            remitted[row["unit_code"]] += yuan(row["amount"])
    assert collected == remitted


def test_receipts_are_numbered_by_date(read: Read) -> None:
    days: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in read("receipt"):
        days[row["unit_code"] + row["prefix"]].append((int(row["number"]), row["issued_on"]))
    for issued in days.values():
        ordered = [day for _, day in sorted(issued)]
        assert ordered == sorted(ordered)


def test_nobody_is_in_two_places(read: Read) -> None:
    away: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in read("travel"):
        away[row["person_name"], row["id_no"]].append((row["starts_on"], row["ends_on"]))
    for spans in away.values():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end < start
    seen: set[tuple[str, str]] = set()
    for row in read("attendance"):
        key = row["id_no"], row["day"]
        assert key not in seen
        seen.add(key)
        spans = away.get((row["person_name"], row["id_no"]), [])
        assert not any(start <= row["day"] <= end for start, end in spans)


def test_everyday_business_reaches_every_unit_of_every_block(read: Read) -> None:
    everyday = {row["unit_code"] for row in read("voucher_line") if row["voucher_no"].count("-") == 2}
    assert everyday == {row["unit_code"] for row in read("unit")}


@pytest.mark.parametrize("block", WHOLE_BLOCKS)
def test_every_whole_block_has_every_honest_lookalike(read: Read, block: str) -> None:
    def of(table: str) -> list[dict[str, str]]:
        return [row for row in read(table) if block_of(row["unit_code"]) == block]

    payments = of("payment")
    equal = Counter((row["unit_code"], row["payee_name"], row["amount"]) for row in payments)
    contracts = Counter(row["contract_id"] for row in payments if row["contract_id"])
    summaries = {row["summary"] for row in of("voucher_line")}
    invoices = {row["invoice_id"]: row for row in read("invoice")}
    used = [invoices[row["invoice_id"]] for row in of("invoice_use")]
    red = [bill for bill in used if bill["red_of"]]
    assert max(equal.values()) >= 12  # equal payments month by month
    assert max(contracts.values()) >= 6  # a framework contract with many payments
    assert {"收投标保证金", "退投标保证金", "收租房押金", "退租房押金"} <= summaries
    assert {"收误汇款", "退误汇款", "提取备用金", "红冲并换开办公用品发票"} <= summaries
    assert {
        "代扣个人社保公积金",
        "缴纳代扣个人社保公积金",
        "代扣个人所得税",
        "缴纳代扣个人所得税",
    } <= summaries
    assert len(red) == 2
    assert all(Decimal(bill["total_amount"]) < 0 and bill["red_of"] in invoices for bill in red)
    assert len({row["list_id"] for row in of("beneficiary")}) >= 24  # payments to people by list
    assert any(row["voided"] == "1" for row in of("voucher_line"))
    for table in ("payroll", "lease", "receipt", "remittance", "penalty", "event", "travel", "service_fee"):
        assert of(table), table
    for table in ("project", "contract", "donation", "land_transfer", "asset_disposal", "permit", "tip"):
        assert of(table), table


def test_withheld_sums_are_handed_over_in_full(read: Read) -> None:
    left: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in read("voucher_line"):
        if row["account_code"] in ("2307", "2102") and row["voided"] == "0":
            left[row["unit_code"], row["counterparty_name"]] += yuan(row["debit"]) - yuan(row["credit"])
    assert {key: fen for key, fen in left.items() if fen} == {}
