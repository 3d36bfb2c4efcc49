"""Books that stay in a finance system's own PostgreSQL database: the same findings, and nothing written."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.unit.engines.finance_system import build, database, exported, relations_of
from tests.unit.engines.postgres_server import Server
from tests.unit.engines.small_system import MAPPING, rows_of

from xjk import check, load
from xjk.errors import MappingError
from xjk.hooks.manager import catalogue
from xjk.models.finding import Finding
from xjk.readers import parse_mapping
from xjk.rules.cases import read_cases
from xjk.runner.in_place import in_place

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"


@pytest.fixture(scope="module")
def reader(system: str) -> str:
    """Make a user who may read the tables and have temporary ones, and return the address for it."""
    with psycopg.connect(system, autocommit=True) as admin:
        for statement in (
            "create role auditor login", "revoke create on schema public from public", "revoke all on database finance from public",
            "grant connect, temporary on database finance to auditor", "grant select on all tables in schema public to auditor",
        ):  # fmt: skip
            admin.execute(statement.encode())
    return system.replace("postgres:@", "auditor:@")


def without_source(finding: Finding) -> Finding:
    return finding.model_copy(
        update={"evidence": tuple(row.model_copy(update={"source": None}) for row in finding.evidence)}
    )


def test_a_whole_district_in_place_gives_the_findings_of_its_files(pgserver: Server) -> None:
    with database(pgserver.url, "district") as url:
        mapping = parse_mapping(build(url, DISTRICT), "mapping")
        before = relations_of(url)
        with in_place(url, mapping=mapping) as ledger:
            found, found_hash = check(ledger), ledger.data_hash
        assert relations_of(url) == before
    with load(DISTRICT, engine="sqlite") as ledger:
        expected, expected_hash = check(ledger), ledger.data_hash
    assert found_hash == expected_hash
    assert expected.findings
    assert list(map(without_source, found.findings)) == list(map(without_source, expected.findings))
    assert found.coverage == expected.coverage
    assert (found.validation.rows, found.validation.counts) == (
        expected.validation.rows,
        expected.validation.counts,
    )
    source = found.findings[0].evidence[0].source
    assert source is not None
    assert source.file.startswith("财务.")
    assert found.run.engine.endswith("(in place 就地)")


def write_all_cases(folder: Path) -> None:
    """Write the books of every case of every rule as one folder of files."""
    records: dict[str, list[Mapping[str, str]]] = {}
    for rule in catalogue().rules:
        for case in read_cases(rule).cases:
            for table, rows in case.tables.items():
                records.setdefault(table, []).extend(rows.records())
    for table, found in records.items():
        columns = dict.fromkeys(column for record in found for column in record)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(found)


def test_the_books_of_every_case_in_place_give_the_findings_of_their_files(
    pgserver: Server, tmp_path: Path
) -> None:
    write_all_cases(tmp_path)
    with database(pgserver.url, "cases") as url:
        mapping = parse_mapping(build(url, tmp_path), "mapping")
        with in_place(url, mapping=mapping) as ledger:
            found, found_hash = check(ledger), ledger.data_hash
    with load(tmp_path, engine="sqlite") as ledger:
        expected, expected_hash = check(ledger), ledger.data_hash
    assert found_hash == expected_hash
    assert len({finding.rule_id for finding in expected.findings}) >= 10
    assert list(map(without_source, found.findings)) == list(map(without_source, expected.findings))
    assert (found.validation.accepted, found.validation.quarantined) == (
        expected.validation.accepted, expected.validation.quarantined,
    )  # fmt: skip


def test_every_kind_of_column_is_read_as_from_a_file(system: str, tmp_path: Path) -> None:
    files = exported(system, MAPPING, tmp_path)
    with (
        in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as found,
        load(tmp_path, mapping=files) as expected,
    ):
        for table in ("unit", "voucher_line", "ledger_account", "bank_transaction", "account_balance"):
            assert rows_of(found, table) == rows_of(expected, table)
            assert rows_of(found, table)
        assert found.supplied == expected.supplied
        assert found.data_hash == expected.data_hash
        counts = [
            (one.table, one.rows, one.accepted, one.quarantined, one.ignored)
            for one in found.validation().files
        ]
        assert counts == [
            (one.table, one.rows, one.accepted, one.quarantined, one.ignored) for one in expected.validation().files
        ]  # fmt: skip


def test_rows_that_cannot_be_represented_are_counted_and_told_with_an_example(system: str) -> None:
    with in_place(system, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        validation = ledger.validation()
    told = {
        (problem.file, problem.column, problem.code, problem.reason.en)
        for problem in validation.problems
        if problem.severity == "error"
    }
    assert told == {
        ("凭证分录", "debit", "P110", "It is not an amount. 1 rows are left out, such as 101/2024-03/记-4/1."),
        ("银行流水", "amount", "P110", "It is not an amount. 1 rows are left out, such as 622200001111#4."),
        ("银行流水", "booked_on", "P121", "There is no such day in the calendar. 1 rows are left out, such as 622200001111#5."),
        ("银行流水", "balance", "P112", "The amount has fractions of a fen. 1 rows are left out, such as 622200001111#6."),
        ("对账单", "direction", "P101", "A required value is empty. 1 rows are left out, such as 5."),
        ("对账单", "direction", "P141", "It is not one of the choices: in 收入、out 支出. 1 rows are left out, such as 4."),
        ("科目余额", "closing", "P101", "A required value is empty. 1 rows are left out, such as 101|2024|1|7001."),
        ("科目余额", "closing", "P110", "It is not an amount. 2 rows are left out, such as 101|2024|1|5001."),
    }  # fmt: skip
    assert [
        (one.file, one.accepted, one.quarantined)
        for one in validation.files
        if one.table == "bank_transaction"
    ] == [("银行流水", 3, 3), ("对账单", 3, 2)]


def test_a_user_who_may_only_read_checks_everything_and_leaves_nothing(reader: str, system: str) -> None:
    before = relations_of(system)
    with psycopg.connect(reader) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table public.x (a int)")
    with in_place(reader, mapping=parse_mapping(MAPPING, "mapping")) as ledger:
        assert len(rows_of(ledger, "voucher_line")) == 6
        check(ledger)
        assert relations_of(system) == before
    assert relations_of(system) == before


def test_a_table_the_user_may_not_read_is_named_with_the_grant_that_is_missing(
    reader: str, system: str
) -> None:
    with psycopg.connect(system, autocommit=True) as admin:
        admin.execute('create table "工资" ("人" text)')
    source = {"file": "工资", "tables": [{"table": "person", "columns": {"name": "人"}}]}
    with pytest.raises(MappingError, match=r'GRANT SELECT ON "public"\."工资"'):
        in_place(reader, mapping=parse_mapping({"sources": [source]}, "mapping"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"encoding": "gb18030"}, "encoding is about files"), ({"delimiter": ";"}, "delimiter is about files"), ({"header_row": 2}, "header_row is about files"),
        ({"sheet": "x"}, "sheet is about files"), ({"file": "单*"}, "no table"), ({"file": "单位表"}, 'did you mean "单位"'),
        ({"file": "pg_catalog.pg_class"}, "no table"), ({"where": {"状态": "1"}}, 'no column "状态"'),
        ({"columns": {"unit_code": {"row": True}}}, "row"), ({"columns": {"unit_code": "编码"}}, 'no column "编码"'),
        ({"columns": {"unit_code": "代码", "name": "名称", "kind": {"constant": "x"}}}, "cannot stand"),
        ({"columns": {"unit_code": "代码", "name": "名称", "kind": {"from": "类别", "default": "x"}}}, "cannot stand"),
        ({"columns": {"unit_code": "代码"}}, "lacks required columns: name, kind"),
    ],
)  # fmt: skip
def test_what_a_mapping_asks_that_cannot_be_done_in_place_is_refused_by_name(
    system: str, change: dict[str, Any], says: str
) -> None:
    source = dict(MAPPING["sources"][0])
    if "columns" in change:
        source["tables"] = [{"table": "unit", "columns": change["columns"]}]
    else:
        source |= change
    with pytest.raises(MappingError) as caught:
        in_place(system, mapping=parse_mapping({"sources": [source]}, "mapping"))
    assert says in caught.value.text("en")
    assert "mapping: sources[0]" in caught.value.text("en")


@pytest.mark.parametrize(
    ("kind", "value", "column"),
    [("double precision", "1.1", "amount"), ("json", "'1'", "purpose"), ("bytea", "'1'", "purpose"), ("boolean", "true", "amount"), ("date", "now()", "amount"),
     ("numeric", "1", "paid_on"), ("interval", "'1 day'", "paid_on"), ("boolean", "true", "payment_id"), ("numeric(10,2)", "1", "payment_id")],
)  # fmt: skip
def test_a_type_that_cannot_be_read_exactly_is_refused(
    system: str, kind: str, value: str, column: str
) -> None:
    columns = {"payment_id": {"constant": "p"}, "unit_code": {"constant": "u"}, "paid_on": {"constant": "2024-01-01"},
               "amount": {"constant": "1"}, "payee_name": {"constant": "x"}, column: "值"}  # fmt: skip
    with psycopg.connect(system, autocommit=True) as admin:
        admin.execute(
            f'drop table if exists "支付"; create table "支付" as select {value}::{kind} as "值"'.encode()
        )
    source = {"file": "支付", "tables": [{"table": "payment", "columns": columns}]}
    with pytest.raises(MappingError) as caught:
        in_place(system, mapping=parse_mapping({"sources": [source]}, "mapping"))
    assert "列“值”是 " in caught.value.text("zh")


def test_a_column_of_codes_with_too_many_spellings_is_refused(system: str) -> None:
    with psycopg.connect(system, autocommit=True) as admin:
        admin.execute(
            'drop table if exists "名册"; create table "名册" as select n::text as "代码" from generate_series(1, 10001) n'
        )
    columns = {"unit_code": "代码", "name": "代码", "kind": "代码"}
    source = {"file": "名册", "tables": [{"table": "unit", "columns": columns}]}
    with pytest.raises(
        MappingError, match=r"tables\[0\]\.columns\.kind: The column has more than 10000 spellings"
    ):
        in_place(system, mapping=parse_mapping({"sources": [source]}, "mapping"))


def test_keys_used_twice_keep_their_first_row_and_are_told(system: str) -> None:
    with psycopg.connect(system, autocommit=True) as admin:
        admin.execute(
            'drop table if exists "支付"; create table "支付" as select * from (values (1, \'p1\', 5), (2, \'p1\', 6), (3, \'p2\', 7)) v("序", "号", "额")'
        )
    columns = {"payment_id": "号", "unit_code": {"constant": "u"}, "paid_on": {"constant": "2024-01-01"}, "amount": "额", "payee_name": {"constant": "x"}}  # fmt: skip
    source = {"file": "支付", "tables": [{"table": "payment", "columns": columns}]}
    with in_place(system, mapping=parse_mapping({"sources": [source]}, "mapping")) as ledger:
        assert [(row[0], row[4]) for row in rows_of(ledger, "payment")] == [("p1", 500), ("p2", 700)]
        validation = ledger.validation()
    assert [(problem.code, problem.reason.en) for problem in validation.problems] == [
        ("P210", "The key is used before. 1 rows are left out, such as p1.")
    ]
    assert (validation.accepted, validation.quarantined) == (2, 1)


def test_personal_keys_are_masked_and_failing_numbers_only_counted(system: str) -> None:
    cards = ["6222021001116245702", "6222021001116245703", "6222021001116245704"]
    with psycopg.connect(system, autocommit=True) as admin:
        admin.execute('drop table if exists "账户"')
        admin.execute('create table "账户" ("账号" text, "日" text)')
        admin.cursor().executemany(
            'insert into "账户" values (%s, %s)',
            list(zip(cards, ["2024-01-01", "2024-01-01", "昨天"], strict=True)),
        )
    columns = {
        "account_no": "账号",
        "unit_code": {"constant": "u"},
        "holder_name": {"constant": "某"},
        "opened_on": "日",
    }
    source = {"file": "账户", "tables": [{"table": "bank_account", "columns": columns}]}
    with in_place(system, mapping=parse_mapping({"sources": [source]}, "mapping")) as ledger:
        problems = ledger.validation().problems
    told = " ".join(problem.model_dump_json() for problem in problems)
    assert sorted(problem.code for problem in problems) == ["P120", "P152"]
    assert "1 different values do." in told
    assert "62***************04" in told
    assert not any(card in told for card in cards)


def test_several_tables_may_feed_one(system: str) -> None:
    with psycopg.connect(system, autocommit=True) as admin:
        for year in (2023, 2024):
            admin.execute(
                f'drop table if exists "支付{year}"; create table "支付{year}" as select \'p{year}\' as "号", {year} as "额", \'{year}-05-06\'::date as "日"'.encode()
            )
    columns = {
        "payment_id": "号",
        "unit_code": {"constant": "u"},
        "paid_on": "日",
        "amount": "额",
        "payee_name": {"constant": "x"},
    }
    sources = [
        {"file": f"支付{year}", "tables": [{"table": "payment", "columns": columns}]} for year in (2023, 2024)
    ]
    with in_place(system, mapping=parse_mapping({"sources": sources}, "mapping")) as ledger:
        assert [(row[0], row[2], row[4]) for row in rows_of(ledger, "payment")] == [
            ("p2023", "2023-05-06", 202_300), ("p2024", "2024-05-06", 202_400),
        ]  # fmt: skip
        session = ledger.session()
        assert list(session.query("select s.file, p.source_row from payment p join source s on s.source_id = p.source_id order by 1")) == [
            ("支付2023", 1), ("支付2024", 1),
        ]  # fmt: skip
