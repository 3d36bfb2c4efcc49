from __future__ import annotations

from importlib.resources import files

import pytest

from xjk.models.tables import TABLES
from xjk.readers.shaping.forms import FORMS
from xjk.readers.shaping.headers import (
    match_headers,
    meaning_of,
    meanings,
    normalise,
    parts,
    stated_unit,
)
from xjk.reference.yaml_file import read_yaml

ALIASES = read_yaml(files("xjk.readers.shaping") / "data" / "aliases.yaml")


def column(table: str, header: str) -> str | None:
    meaning = meaning_of(table, header)
    return meaning.column if meaning else None


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_for_two_columns_of_a_table(table: str) -> None:
    assert isinstance(ALIASES, dict)
    claimed: dict[str, str] = {}
    named = {name: [name, info.title or name] for name, info in TABLES[table].model_fields.items()}
    for section in ("tables", "parts"):
        for name, aliases in ALIASES[section].get(table, {}).items():
            named.setdefault(name, [name]).extend(aliases)
    for name, spellings in named.items():
        for spelling in spellings:
            assert name == claimed.setdefault(normalise(spelling), name), spelling


def test_aliases_name_only_tables_and_columns_there_are() -> None:
    assert isinstance(ALIASES, dict)
    for table, columns in ALIASES["tables"].items():
        assert set(columns) <= set(TABLES[table].model_fields), table
    for table, names in ALIASES["parts"].items():
        assert not set(names) & set(TABLES[table].model_fields), table
        sides = {"payer_name", "payer_account", "payee_name", "payee_account"}  # used by statement.py
        assert set(names) - sides <= {need for form in FORMS[table] for need in form.needs}, table


def test_forms_make_columns_out_of_columns_and_parts() -> None:
    for table, forms in FORMS.items():
        for form in forms:
            assert form.column in TABLES[table].model_fields
            assert set(form.needs) <= {*TABLES[table].model_fields, *parts(table)}


@pytest.mark.parametrize("table", TABLES)
def test_english_names_and_chinese_labels_always_match(table: str) -> None:
    for name, info in TABLES[table].model_fields.items():
        assert name == column(table, name)
        assert name == column(table, info.title or name)
    assert len(meanings(table)) >= len(TABLES[table].model_fields)


@pytest.mark.parametrize(
    ("table", "header", "expected"),
    [
        ("voucher_line", "凭证字号", "voucher_no"),
        ("voucher_line", "凭证号数", "voucher_no"),
        ("voucher_line", "制单日期", "voucher_date"),
        ("voucher_line", "借方-本币", "debit"),
        ("voucher_line", "KJKMBM", "account_code"),
        ("voucher_line", "jffse", "debit"),
        ("voucher_line", "记账凭证行号", "line_no"),
        ("voucher_line", " 摘　要 ", "summary"),
        ("voucher_line", "ＪＺＰＺＺＹ", "summary"),
        ("voucher_line", "借方金额（元）", "debit"),
        ("voucher_line", "方向", "side"),
        ("voucher_line", "Voucher No.", "voucher_no"),
        ("bank_transaction", "交易流水号[ Transaction reference number ]", "txn_id"),
        ("bank_transaction", "摘要[ Reference ]", "memo"),
        ("bank_transaction", "借方发生额（支取）", "paid"),
        ("bank_transaction", "贷方发生额（收入）", "received"),
        ("bank_transaction", "对方单位", "counterparty_name"),
        ("payment", "收款人全称", "payee_name"),
        ("payment", "REC_NAME", "payee_name"),
        ("invoice", "销售方纳税人识别号", "seller_tax_id"),
        ("payment", "没有这一列", None),
    ],
)
def test_headers_of_exports_are_recognised(table: str, header: str, expected: str | None) -> None:
    assert expected == column(table, header)


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("金额（万元）", "万元"),
        ("金额(单位：万元)", "万元"),
        ("金额[元]", "元"),
        ("金额/千元", "千元"),
        ("税率(%)", "%"),
        ("金额", None),
        ("借方发生额（支取）", None),
        ("万元", None),
    ],
)
def test_the_unit_a_header_states_is_read(header: str, unit: str | None) -> None:
    assert unit == stated_unit(header)


def test_of_two_headers_for_one_column_the_better_known_is_used_and_the_other_reported() -> None:
    match = match_headers("voucher_line", ["制单日期", "凭证日期"], "f.csv")
    assert match.columns == (None, "voucher_date")
    assert [(problem.code, problem.severity) for problem in match.problems] == [("P309", "notice")]


def test_the_same_header_twice_is_a_warning() -> None:
    match = match_headers("bank_transaction", ["账号", "账号#2"], "f.csv")
    assert match.columns == ("account_no", None)
    assert [problem.severity for problem in match.problems] == ["warning"]


def test_an_unknown_header_is_a_notice_with_the_closest_column() -> None:
    (problem,) = match_headers("payment", ["payee_nmae"], "f.csv").problems
    assert problem.code == "P303"
    assert "payee_name" in problem.reason.zh


def test_columns_of_a_quarantine_file_are_carried_or_ignored_without_a_word() -> None:
    match = match_headers("payment", ["_file", "_row", "_problem", "amount"], "f.csv")
    assert match.columns == ("_file", "_row", None, "amount")
    assert match.problems == ()


@pytest.mark.parametrize(
    ("bank", "header", "expected"),
    [
        (
            "ICBC",
            "凭证号,交易时间,对方单位,对方账号,转入金额,转出金额,余额,用途,摘要,附言",
            {"booked_on", "counterparty_name", "counterparty_account", "received", "paid", "balance", "memo"},
        ),
        (
            "CCB",
            "账号,账户名称,交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,对方开户机构,记账日期,摘要,备注,账户明细编号-交易流水号",
            {
                "account_no", "booked_on", "paid", "received", "balance", "counterparty_name",
                "counterparty_account", "memo", "txn_id",
            },
        ),
        (
            "BOC",
            "交易类型[ Transaction Type ],交易日期[ Transaction Date ],交易金额[ Trade Amount ],交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],用途[ Purpose ]",
            {"booked_on", "amount", "balance", "txn_id", "memo"},
        ),
        (
            "ABC",
            "交易时间,收入金额,支出金额,账户余额,交易行名,对方省市,对方账号,对方户名,交易用途",
            {"booked_on", "received", "paid", "balance", "counterparty_account", "counterparty_name", "memo"},
        ),
        (
            "CMBC",
            "交易时间,交易流水号,借方发生额,贷方发生额,账户余额,凭证号,客户附言,对方账号,对方账号名称,对方开户行",
            {"booked_on", "txn_id", "paid", "received", "balance", "memo", "counterparty_account", "counterparty_name"},
        ),
        ("CMB", "记账日期,货币,交易金额,联机余额,交易摘要,对手信息", {"booked_on", "amount", "balance", "memo", "counterparty_name"}),
    ],
)  # fmt: skip
def test_statements_of_banks_are_recognised(bank: str, header: str, expected: set[str]) -> None:
    match = match_headers("bank_transaction", header.split(","), f"{bank}.csv")
    assert expected == {name for name in match.columns if name}


def test_a_ledger_export_of_yonyou_is_recognised() -> None:
    header = "月,日,核算账簿名称,凭证号,分录号,摘要,科目编码,科目名称,辅助项,币种,借方-本币,贷方-本币"
    match = match_headers("voucher_line", header.split(","), "序时账.csv")
    assert {"voucher_no", "line_no", "summary", "account_code", "account_name", "debit", "credit"} == {
        name for name in match.columns if name
    }


def test_the_audit_office_s_voucher_table_is_recognised() -> None:
    header = "KJND,DWDM,JZPZBH,JZPZHH,FLXH,JZPZZY,KJTX,KJKMBM,KJKMMC,JFFSE,DFFSE,FJS,ZDRY,FHRY,ZFBZ,JZLXMC"
    match = match_headers("voucher_line", header.split(","), "JZPZ.csv")
    assert None not in match.columns
