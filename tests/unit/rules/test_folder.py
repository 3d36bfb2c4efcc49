from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.rules.samples import FRONT, PAGE, write_rule

from xjk.errors import RuleFolderError
from xjk.rules.folder import read_rule, read_rules
from xjk.rules.page import HEADINGS, sections


def test_a_complete_folder_is_a_rule(tmp_path: Path) -> None:
    rule = read_rule(write_rule(tmp_path), "acme")
    assert (rule.code, rule.pack, rule.kind) == ("ACM101", "acme", "sql")
    assert rule.meta.requires == {"payment": ("unit_code", "amount", "payee_name")}
    assert tuple(sections(rule.page)) == HEADINGS


def test_line_ends_of_windows_and_a_byte_order_mark_are_taken(tmp_path: Path) -> None:
    folder = write_rule(tmp_path)
    text = (folder / "rule.md").read_text("utf-8")
    (folder / "rule.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert read_rule(folder, "acme").code == "ACM101"


def faults(run: Callable[[], object]) -> str:
    with pytest.raises(RuleFolderError) as caught:
        run()
    assert all(error.hint_zh and error.hint_en and error.where for error in caught.value.errors)
    caught.value.text("zh")
    return caught.value.text("en")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "severity: notice",
            "severty: notice",
            'rule.md:7: severty: The key is not known. Did you mean "severity"?',
        ),
        ("severity: notice", "severty: notice", "severity: The key is missing. Add severity."),
        ("severity: notice", "severity: dire", "rule.md:7: severity: Input should be 'serious'"),
        (
            "tightens: up",
            "tighten: up",
            'params.min_amount.tighten: The key is not known. Did you mean "tightens"?',
        ),
        ("article:", "artikel:", 'basis.1.artikel: The key is not known. Did you mean "article"?'),
        ("verify: {zh:", "verify: {zn:", "verify.zn: The key is not known. Known: en, zh."),
        ("title: {zh:", "title: {zhh:", 'title.zhh: The key is not known. Did you mean "zh"?'),
        ("doc: {zh:", "doc: {zhh:", 'min_amount.doc.zhh: The key is not known. Did you mean "zh"?'),
        ("form: F9", "form: F9\nform: F8", "rule.md:6: The key 'form' is given twice."),
        ("form: F9", "form: [F9", "Not valid YAML"),
        ("  payment: [unit", "  paymnt: [unit", 'There is no table "paymnt". Did you mean "payment"?'),
        ("payee_name]", "payee]", 'has no column "payee".'),
        ("min_amount:", "binds:", '"binds" cannot be the name of a parameter'),
        ("min_amount:", "minAmount:", '"minAmount" cannot be the name'),
        ('min: "1.00"', 'min: "9500.00"', "min_amount: The value does not fit"),
        ('default: "1000.00"', 'default: "千元"', "It is not an amount."),
        ("en: Round payment", "en: Fraudulent payment", '"Fraudulent" passes a verdict'),
        ("支付{amount}元", "贪污{amount}元", '"贪污" passes a verdict'),
        ("支付{amount}元", "支付{amount:.2f}元", '"{amount:.2f}" is not a simple slot'),
        ("支付{amount}元", "支付{amount.real}元", '"{amount.real}" is not a simple slot'),
        ("支付{amount}元", "支付{amount元", "is not a simple slot"),
        ("支付{amount}元", "支付{}元", '"{}" is not a simple slot'),
        ("revision: 1", "revision: one", "Input should be a valid integer"),
        ("authors: [acme]", "authors: []", "authors: "),
        ("authors: [acme]", "authors: acme", "authors: It must be a list."),
    ],
)
def test_broken_front_matter_is_told_with_line_and_advice(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in FRONT
    folder = write_rule(tmp_path, front=FRONT.replace(old, new, 1))
    assert expected in faults(lambda: read_rule(folder, "acme"))


def test_min_above_max_is_a_fault(tmp_path: Path) -> None:
    front = FRONT.replace('default: "1000.00"', "standard: cash_settlement_threshold").replace(
        'min: "1.00"', 'min: "9500.00"'
    )
    assert "min is above max" in faults(lambda: read_rule(write_rule(tmp_path, front=front), "acme"))


def test_one_column_is_not_both_required_and_optional(tmp_path: Path) -> None:
    front = FRONT.replace("basis:", "optional: {payment: [amount]}\nbasis:", 1)
    assert "under both requires and optional" in faults(
        lambda: read_rule(write_rule(tmp_path, front=front), "acme")
    )


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    front = FRONT.replace("severity: notice", "severity: dire").replace("scope: record", "scope: galaxy")
    folder = write_rule(tmp_path, front=front, page=PAGE.replace("文字 Text", "", 1))
    told = faults(lambda: read_rule(folder, "acme"))
    assert all(part in told for part in ("severity: ", "scope: ", 'nothing below "查什么 What it does"'))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            PAGE.replace(f"## {HEADINGS[3]}", "## Innocent explanation", 1),
            'Unknown heading "Innocent explanation"',
        ),
        (PAGE.replace(f"## {HEADINGS[3]}\n\n文字 Text\n", ""), f'"## {HEADINGS[3]}" is missing'),
        (f"# Title\n\n{PAGE}", "Unknown heading"),
        (f"Text\n\n{PAGE}", "text before the first heading"),
        (PAGE + f"\n## {HEADINGS[0]}\n\nagain", "stands twice"),
        (
            PAGE.replace(f"## {HEADINGS[0]}\n\n文字 Text\n", "") + f"\n## {HEADINGS[0]}\n\nlate",
            "is out of order",
        ),
        (
            PAGE.replace("文字 Text", "```\n## not a heading\n```", 1).replace(f"## {HEADINGS[6]}", "##"),
            "is missing",
        ),
    ],
)
def test_a_page_has_the_fixed_headings(tmp_path: Path, page: str, expected: str) -> None:
    assert expected in faults(lambda: read_rule(write_rule(tmp_path, page=page), "acme"))


def test_a_heading_inside_a_code_block_is_text(tmp_path: Path) -> None:
    page = PAGE.replace("文字 Text", "```\n## not a heading\n```", 1)
    assert read_rule(write_rule(tmp_path, page=page), "acme").code == "ACM101"


@pytest.mark.parametrize("text", ["", "code: ACM101\n", "---\ncode: ACM101\n"])
def test_front_matter_stands_between_two_lines(tmp_path: Path, text: str) -> None:
    folder = write_rule(tmp_path)
    (folder / "rule.md").write_text(text)
    assert "---" in faults(lambda: read_rule(folder, "acme"))


@pytest.mark.parametrize("raw", [b"---\n\xff\xfe\n---\n", b"---\n" + b"a" * 300_000])
def test_a_file_that_is_not_text_or_too_large_is_refused(tmp_path: Path, raw: bytes) -> None:
    folder = write_rule(tmp_path)
    (folder / "rule.md").write_bytes(raw)
    faults(lambda: read_rule(folder, "acme"))


def test_the_folder_is_named_after_code_and_name(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, name="acm101_payment")
    assert "must be named acm101_round_payment" in faults(lambda: read_rule(folder, "acme"))


def test_exactly_one_of_sql_and_python_detects(tmp_path: Path) -> None:
    both = write_rule(tmp_path / "both", python="def detect(ledger, params): ...")
    neither = write_rule(tmp_path / "neither", sql=None)
    assert "Both rule.sql and rule.py" in faults(lambda: read_rule(both, "acme"))
    assert "neither rule.sql nor rule.py" in faults(lambda: read_rule(neither, "acme"))


def test_a_missing_file_is_told_with_the_one_that_looks_like_it(tmp_path: Path) -> None:
    folder = write_rule(tmp_path, cases=None)
    (folder / "case.yaml").write_text("")
    assert "Rename case.yaml to cases.yaml." in faults(lambda: read_rule(folder, "acme"))


def test_an_empty_folder_lacks_everything(tmp_path: Path) -> None:
    told = faults(lambda: read_rule(tmp_path, "acme"))
    assert "rule.md is missing" in told
    assert "cases.yaml is missing" in told


def test_one_broken_folder_costs_one_rule(tmp_path: Path) -> None:
    write_rule(tmp_path)
    write_rule(tmp_path, name="acm102_other")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "README.md").write_text("rules")
    rules, errors = read_rules(tmp_path, "acme")
    assert [rule.code for rule in rules] == ["ACM101"]
    assert [Path(error.where).name for error in errors] == ["acm102_other"]


def test_a_folder_of_rules_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    rules, errors = read_rules(tmp_path / "rules", "acme")
    assert rules == ()
    assert "does not exist" in errors[0].en


def test_listing_imports_no_rule_code_and_reads_no_query(tmp_path: Path) -> None:
    write_rule(tmp_path, sql=None, python=f"open({str(tmp_path / 'ran')!r}, 'w')\nraise SystemExit")
    before = set(sys.modules)
    rules, errors = read_rules(tmp_path, "acme")
    assert len(rules) == 1
    assert not errors
    assert not (tmp_path / "ran").exists()
    assert set(sys.modules) == before


def test_three_hundred_rules_list_quickly(tmp_path: Path) -> None:
    for number in range(300):
        code = f"ACM{number:04d}"
        write_rule(tmp_path, front=FRONT.replace("ACM101", code), name=f"{code.lower()}_round_payment")
    started = time.process_time()
    rules, errors = read_rules(tmp_path, "acme")
    seconds = time.process_time() - started
    assert len(rules) == 300
    assert not errors
    assert seconds < 1.0  # a third of this on an idle machine
