from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.rules.samples import CASES, write_rule

from xjk.errors import RuleFolderError
from xjk.rules.cases import Cases, EvidenceRef, parse_cases, read_cases
from xjk.rules.folder import read_rule


def parsed(tmp_path: Path, text: str) -> Cases:
    return parse_cases(text, read_rule(write_rule(tmp_path), "acme"), "cases.yaml")


def told(tmp_path: Path, text: str) -> str:
    with pytest.raises(RuleFolderError) as caught:
        parsed(tmp_path, text)
    assert all(error.hint_zh and error.hint_en and error.where for error in caught.value.errors)
    caught.value.text("zh")
    return caught.value.text("en")


def test_cases_are_tables_of_rows_with_the_defaults_filled_in(tmp_path: Path) -> None:
    cases = read_cases(read_rule(write_rule(tmp_path), "acme"))
    assert [case.name for case in cases.of("must_not_flag")] == ["just_below", "refunds"]
    case = cases.of("must_flag")[0]
    assert case.tables["payment"].records() == [
        {
            "payment_id": "p1",
            "amount": "1000.00",
            "unit_code": "U1",
            "paid_on": "2024-03-01",
            "payee_name": "甲公司",
        }
    ]
    assert case.findings[0].amount_fen == 100_000
    assert case.findings[0].evidence == (EvidenceRef(table="payment", key="p1"),)


def test_a_column_of_the_case_wins_over_its_default_even_when_empty(tmp_path: Path) -> None:
    text = CASES.replace(
        "payment_id,amount\n      p1,999.99", "payment_id,amount,purpose,payee_name\n      p1,999.99,,乙"
    )
    text = text.replace("payee_name: 甲公司", "payee_name: 甲公司, purpose: 货款")
    row = parsed(tmp_path, text).of("must_not_flag")[0].tables["payment"].records()[0]
    assert (row["purpose"], row["payee_name"]) == ("", "乙")


def test_quoted_cells_hold_commas_and_keys_hold_colons(tmp_path: Path) -> None:
    text = CASES.replace(
        "payment_id,amount\n      p1,1000.00", 'payment_id,amount,purpose\n      "p:1",1000.00,"甲,乙"'
    )
    text = text.replace("[payment:p1]", '["payment:p:1"]').replace("subject: p1", "subject: p")
    case = parsed(tmp_path, text).of("must_flag")[0]
    assert case.findings[0].evidence[0].key == "p:1"
    assert case.tables["payment"].records()[0]["purpose"] == "甲,乙"


def test_a_key_of_several_columns_is_joined_and_its_dates_are_iso(tmp_path: Path) -> None:
    text = CASES.replace(
        "    findings:",
        "    invoice_use: |\n      unit_code,voucher_no,voucher_date,invoice_id,claimed_amount\n"
        "      U1,记-1,2024/3/5,i1,5.00\n    findings:",
    ).replace("[payment:p1]", '[payment:p1, "invoice_use:U1|记-1|2024-03-05|i1"]')
    assert len(parsed(tmp_path, text).of("must_flag")[0].findings[0].evidence) == 2


def test_a_case_may_expect_a_skip_and_then_lacks_what_it_lacks(tmp_path: Path) -> None:
    text = CASES + "  no_amounts:\n    expect: skipped\n    payment: |\n      payment_id\n      p1\n"
    assert parsed(tmp_path, text).of("must_not_flag")[2].expect == "skipped"


def test_a_table_may_have_a_header_only(tmp_path: Path) -> None:
    text = CASES.replace("      p1,999.99\n", "")
    table = parsed(tmp_path, text).of("must_not_flag")[0].tables["payment"]
    assert (table.records(), table.columns[:2]) == ([], ("payment_id", "amount"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("must_not_flag:", "must_not_flagg:", 'must_not_flagg: The key is not known. Did you mean "must_not_flag"?'),
        ("must_not_flag:", "must_not_flagg:", "must_not_flag needs at least 2 cases; there are 0."),
        ("    why: {zh: 小额, en: Small}\n", "", 'cases.yaml:11: must_not_flag.just_below: It has no "why".'),
        ("why: {zh: 小额, en: Small}", "why: {zh: 小额}", "just_below.why.en: The key is missing."),
        ("why: {zh: 小额, en: Small}", "whi: {zh: 小额, en: Small}", 'No such table or key. Did you mean "why"?'),
        ("  payment: {unit_code", "  paymnt: {unit_code", 'defaults.paymnt: There is no such table. Did you mean "payment"?'),
        ("unit_code: U1, paid_on", "unit: U1, paid_on", 'defaults.payment.unit: The table payment has no column "unit".'),
        ("paid_on: 2024-03-01", "paid_on: someday", "defaults.payment.paid_on: paid_on: It is not a date."),
        ("payment_id,amount\n      p1,1000", "payment_id,amuont\n      p1,1000", 'no column "amuont". Did you mean "amount"?'),
        ("p1,1000.00\n", "p1,1000.00,x\n", "cases.yaml:7: The row has 3 cells, the header 2."),
        ("p1,1000.00\n", "p1,many\n", "cases.yaml:7: amount: It is not an amount."),
        ("p1,1000.00\n", 'p1,"1000.00\n', "Not valid CSV"),
        ("payment_id,amount\n      p1,1000", "payment_id,amount,amount\n      p1,1000", "stands twice in the header"),
        ("unit_code: U1, paid_on: 2024-03-01, ", "", "The required columns paid_on, unit_code are missing."),
        ("[payment:p1]", "[payment:p2]", "The case has no row p2 in payment. Known: p1."),
        ("[payment:p1]", "[paymnt:p1]", 'evidence.1: There is no such table. Did you mean "payment"?'),
        ("[payment:p1]", "[p1]", "write evidence as table:key"),
        ("[payment:p1]", "[]", "evidence: "),
        ("[payment:p1]", "payment:p1", "evidence: It must be a list."),
        ('amount: "1000.00", e', "amount: lots, e", "findings.1.amount: It is not an amount."),
        ("subject: p1, ", "", "findings.1.subject: The key is missing."),
        ("subject: p1, ", "subject: p1, day: 1, ", "findings.1.day: The key is not known."),
        ("    findings:\n", "    params: {min_amont: '1'}\n    findings:\n", 'The rule has no such parameter. Did you mean "min_amount"?'),
        ("    findings:\n", "    params: {min_amount: '0.5'}\n    findings:\n", "params.min_amount: The value does not fit"),
        ("    findings:\n", "    params: {min_amount: x}\n    findings:\n", "params.min_amount: It is not an amount."),
        ("    findings:\n", "    expect: skipped\n    findings:\n", "does not name the findings it expects"),
        ("    findings:\n", "    expect: nothing\n    findings:\n", "expect: Input should be 'findings' or 'skipped'"),
        ("  just_below:", "  at_the_threshold:", 'The name "at_the_threshold" is used twice.'),
        ("  just_below:", "  Just Below:", "must_not_flag.Just Below"),
        ("  just_below:", "  refunds:", "The key 'refunds' is given twice."),
        ("defaults:\n", "defaults: [\n", "Not valid YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_cases_is_told_with_line_and_advice(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in CASES
    assert expected in told(tmp_path, CASES.replace(old, new, 1))


@pytest.mark.parametrize(
    "text", ["", "[]", "text", "must_flag: []", "must_flag: {a: b}", "defaults: {payment: 5}"]
)
def test_documents_of_another_shape_are_faults(tmp_path: Path, text: str) -> None:
    assert "must_not_flag needs at least 2 cases" in told(tmp_path, text)


def test_a_silent_case_expects_no_findings(tmp_path: Path) -> None:
    finding = '    findings: [{unit_code: U1, subject: s, amount: "1", evidence: [payment:p1]}]\n'
    assert "A must_not_flag case has findings." in told(tmp_path, CASES + finding)


def test_one_finding_is_expected_once(tmp_path: Path) -> None:
    line = '      - {unit_code: U1, subject: p1, amount: "1000.00", evidence: [payment:p1]}\n'
    assert "same unit_code and subject" in told(tmp_path, CASES.replace(line, line * 2))


def test_cases_that_expect_a_skip_do_not_count_as_silent_ones(tmp_path: Path) -> None:
    text = CASES.replace("    why: {zh: 小额, en: Small}\n", "    expect: skipped\n")
    assert "must_not_flag needs at least 2 cases; there is 1." in told(tmp_path, text)
