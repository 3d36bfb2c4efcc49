"""The fictional district is reproducible, its honest books agree, and what was planted can be found."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from xjk.models.tables import TABLES

DISTRICT = Path(__file__).parents[2] / "examples" / "district"
DATA = DISTRICT / "data"
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FORMS = {f"F{number}" for number in range(1, 10)}

Row = dict[str, str]


@cache
def rows(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def truth() -> list[dict[str, Any]]:
    schemes: list[dict[str, Any]] = yaml.safe_load((DISTRICT / "truth.yaml").read_text("utf-8"))["schemes"]
    return schemes


def booked_lines() -> list[Row]:
    return [line for line in rows("voucher_line") if line["voided"] == "0"]


def money(row: Row, column: str) -> Decimal:
    return Decimal(row[column])


def test_a_second_run_writes_the_committed_bytes(tmp_path: Path) -> None:
    command = [sys.executable, "-B", str(DISTRICT / "generate.py"), "--out", str(tmp_path / "data")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    kept = {path.name: path.read_bytes() for path in DATA.iterdir()}
    assert sorted(made) == sorted(kept)
    assert [name for name in sorted(made) if made[name] != kept[name]] == []
    assert (tmp_path / "truth.yaml").read_bytes() == (DISTRICT / "truth.yaml").read_bytes()


def test_every_table_of_the_contract_has_a_file_with_its_columns() -> None:
    assert {path.stem for path in DATA.iterdir()} == set(TABLES)
    for table, model in TABLES.items():
        header = (DATA / f"{table}.csv").read_text("utf-8").split("\n", 1)[0]
        assert header.split(",") == list(model.columns()), table
        assert rows(table), table


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_row_is_a_record_of_its_table_and_keys_are_unique(table: str) -> None:
    model = TABLES[table]
    keys = [tuple(row[column] for column in model.key) for row in rows(table)]
    assert len(set(keys)) == len(keys)
    for row in rows(table):
        model.model_validate(row)


def test_the_size_is_what_the_readme_says() -> None:
    assert 9_500 <= len(rows("voucher_line")) <= 12_000
    assert len(rows("unit")) >= 12
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 6_000_000
    days = {line["voucher_date"] for line in rows("voucher_line")}
    assert min(days) >= "2024-01-01"
    assert max(days) <= "2025-12-31"


def test_every_voucher_balances_in_each_book() -> None:
    balance: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in rows("voucher_line"):
        key = (line["unit_code"], line["voucher_no"], line["book"])
        balance[key] += money(line, "debit") - money(line, "credit")
    assert [key for key, rest in balance.items() if rest] == []


def test_accounts_of_a_government_unit_lie_in_the_book_their_first_digit_says() -> None:
    government = {
        unit["unit_code"]
        for unit in rows("unit")
        if unit["kind"] in ("administrative", "public_institution", "township", "subdistrict")
    }
    for line in rows("voucher_line"):
        if line["unit_code"] in government:
            assert line["book"] == ("budget" if line["account_code"][0] in "678" else "financial")


def test_voucher_numbers_run_without_gaps_in_order_of_date() -> None:
    numbers: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for line in rows("voucher_line"):
        if line["line_no"] == "1":
            numbers[line["unit_code"], line["fiscal_year"]].append((line["voucher_no"], line["voucher_date"]))
    for (_, year), vouchers in numbers.items():
        assert [number for number, _ in vouchers] == [f"{year}-{n:04d}" for n in range(1, len(vouchers) + 1)]
        days = [day for _, day in vouchers]
        assert days == sorted(days)


def test_account_balances_follow_from_the_vouchers() -> None:
    turnover: dict[tuple[str, str, str, int], list[Decimal]] = defaultdict(lambda: [Decimal(), Decimal()])
    for line in booked_lines():
        key = (line["unit_code"], line["fiscal_year"], line["account_code"], int(line["voucher_date"][5:7]))
        turnover[key][0] += money(line, "debit")
        turnover[key][1] += money(line, "credit")
    closing: dict[tuple[str, str], Decimal] = {}
    seen = set()
    for row in rows("account_balance"):
        period = int(row["period"])
        account = (row["unit_code"], row["account_code"])
        assert money(row, "opening") + money(row, "debit") - money(row, "credit") == money(row, "closing")
        assert closing.get(account, money(row, "opening")) == money(row, "opening")
        key = (row["unit_code"], row["fiscal_year"], row["account_code"], period)
        assert [money(row, "debit"), money(row, "credit")] == turnover.get(key, [Decimal(), Decimal()])
        closing[account] = money(row, "closing")
        seen.add(key)
    assert set(turnover) <= seen


def test_opening_balances_of_each_book_add_up_to_nothing() -> None:
    total: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows("account_balance"):
        if row["period"] == "0":
            book = "budget" if row["account_code"][0] == "8" else "financial"
            total[row["unit_code"], row["fiscal_year"], book] += money(row, "closing")
    assert [key for key, rest in total.items() if rest] == []


def test_party_balances_add_up_to_the_account() -> None:
    parties: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows("party_balance"):
        parties[row["unit_code"], row["fiscal_year"], row["period"], row["account_code"]] += money(
            row, "closing"
        )
    accounts = {
        (row["unit_code"], row["fiscal_year"], row["period"], row["account_code"]): money(row, "closing")
        for row in rows("account_balance")
    }
    assert {key: accounts[key] for key in parties} == parties


def test_bank_balances_run_and_booked_statements_agree_with_the_ledger() -> None:
    accounts = {row["account_no"]: row for row in rows("bank_account")}
    balance = {number: money(row, "opening_balance") for number, row in accounts.items()}
    statement: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows("bank_transaction"):
        sign = 1 if row["direction"] == "in" else -1
        balance[row["account_no"]] += sign * money(row, "amount")
        assert money(row, "balance") == balance[row["account_no"]] >= 0
        account = accounts[row["account_no"]]
        if account["in_books"] == "1":
            key = (row["unit_code"], account["account_code"], row["booked_on"], row["direction"])
            statement[key] += money(row, "amount")
    ledger: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    carried = {(row["unit_code"], row["account_code"]) for row in accounts.values() if row["in_books"] == "1"}
    for line in booked_lines():
        if (line["unit_code"], line["account_code"]) in carried:
            for column, direction in (("debit", "in"), ("credit", "out")):
                if money(line, column):
                    key = (line["unit_code"], line["account_code"], line["voucher_date"], direction)
                    ledger[key] += money(line, column)
    assert statement == ledger


def test_treasury_payments_are_carried_by_their_vouchers() -> None:
    vouchers: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for line in booked_lines():
        if line["account_code"] in ("6001", "8001") and line["book"] == "budget":
            vouchers[line["unit_code"], line["voucher_no"]] += money(line, "credit")
    for payment in rows("payment"):
        assert money(payment, "amount") == vouchers[payment["unit_code"], payment["voucher_no"]]
        assert payment["paid_on"] == payment["voucher_date"]


def test_receipts_lie_in_their_books_and_fees_reach_the_treasury() -> None:
    planted = {name for scheme in truth() for name in scheme["evidence"]}
    books = rows("receipt_book")
    honest = [row for row in rows("receipt") if f"receipt:{row['receipt_id']}" not in planted]
    for row in honest:
        assert any(
            book["unit_code"] == row["unit_code"]
            and book["prefix"] == row["prefix"]
            and int(book["first_no"]) <= int(row["number"]) <= int(book["last_no"])
            for book in books
        )
    due: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("account_balance"):
        if row["account_code"] == "2103" and row["period"] == "12":
            due[row["unit_code"]] += money(row, "closing")
    assert set(due.values()) == {Decimal()}
    remitted = sum(money(row, "amount") for row in rows("remittance"))
    debited = sum(money(line, "debit") for line in booked_lines() if line["account_code"] == "2103")
    assert remitted == debited


def test_claims_on_honest_invoices_add_up_to_the_invoice() -> None:
    planted = {name for scheme in truth() for name in scheme["evidence"]}
    claimed: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("invoice_use"):
        claimed[row["invoice_id"]] += money(row, "claimed_amount")
    wrong = [
        row["invoice_id"]
        for row in rows("invoice")
        if claimed[row["invoice_id"]] != money(row, "total_amount")
        and f"invoice:{row['invoice_id']}" not in planted
    ]
    assert wrong == []


def uscc_is_right(code: str) -> bool:
    total = sum(
        USCC_ALPHABET.index(char) * weight for char, weight in zip(code[:17], USCC_WEIGHTS, strict=True)
    )
    if len(code) != 18 or USCC_ALPHABET[(31 - total % 31) % 31] != code[17]:
        return False
    body = code[8:17]
    inner = sum(int(char, 36) * weight for char, weight in zip(body[:8], ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - inner % 11, str(11 - inner % 11)) == body[8]


def citizen_number_is_right(number: str) -> bool:
    total = sum(int(char) * weight for char, weight in zip(number[:17], CITIZEN_WEIGHTS, strict=True))
    born = number[6:14]
    return len(number) == 18 and "19400101" <= born <= "20101231" and "10X98765432"[total % 11] == number[17]


def test_check_digits_of_every_identifier_are_right() -> None:
    codes = {
        row[column]
        for table, column in (
            ("unit", "uscc"),
            ("enterprise", "uscc"),
            ("enterprise_person", "uscc"),
            ("invoice", "seller_tax_id"),
            ("invoice", "buyer_tax_id"),
            ("contract", "party_uscc"),
        )
        for row in rows(table)
    } - {""}
    assert [code for code in sorted(codes) if not uscc_is_right(code)] == []
    numbers = {row["id_no"] for table in TABLES for row in rows(table) if row.get("id_no")}
    assert len(numbers) > 300
    assert [number for number in sorted(numbers) if not citizen_number_is_right(number)] == []
    assert {number[:6] for number in numbers} == {"110199"}


def test_invoice_numbers_have_the_form_of_their_kind() -> None:
    for row in rows("invoice"):
        year = row["issued_on"][2:4]
        if row["kind"] == "digital":
            assert len(row["invoice_number"]) == 20
            assert row["invoice_number"][:4] == f"{year}11"
            assert row["invoice_code"] == ""
        else:
            assert len(row["invoice_number"]) == 8
            code = row["invoice_code"]
            assert len(code) == {"vat_special": 10, "e_ordinary": 12}[row["kind"]]
            assert (code[4:6] if len(code) == 10 else code[5:7]) == year
        assert money(row, "net_amount") + money(row, "tax_amount") == money(row, "total_amount")


def test_all_nine_forms_are_planted_and_the_evidence_exists() -> None:
    schemes = truth()
    assert len({scheme["id"] for scheme in schemes}) == len(schemes) >= 12
    forms = [scheme["form"] for scheme in schemes]
    assert set(forms) == FORMS
    assert forms.count("F3") >= 3
    assert forms.count("F7") >= 3
    units = {row["unit_code"] for row in rows("unit")}
    keys = {
        f"{table}:{'|'.join(row[column] for column in model.key)}"
        for table, model in TABLES.items()
        for row in rows(table)
    }
    for scheme in schemes:
        assert scheme["unit_code"] in units
        assert scheme["title"]["zh"]
        assert scheme["title"]["en"]
        assert Decimal(scheme["amount"]) >= 0
        assert scheme["evidence"]
        assert [name for name in scheme["evidence"] if name not in keys] == []


def test_the_readme_names_every_scheme() -> None:
    page = (DISTRICT / "README.md").read_text("utf-8")
    assert [scheme["id"] for scheme in truth() if f"| {scheme['id']} |" not in page] == []
    assert [unit["unit_code"] for unit in rows("unit") if f"| {unit['unit_code']} |" not in page] == []
