"""Texts of a finance system's columns are read in place as they are read from a file, or refused; never otherwise."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import psycopg
import pytest
from tests.unit.engines.finance_system import database
from tests.unit.engines.postgres_server import Server

from xjk import load
from xjk.ledger.ledger import Ledger
from xjk.readers import parse_mapping
from xjk.runner.in_place import in_place

_BOTH = ("", " ", "\u3000", "a", " a ", "\ta\n", "a b", "ａＢ１（x）", "\ufeffa", "a\u200bb", "\u00a0a\u2003", "\x85a", "甲\u3000乙", "\u3000甲", "é", "😀", "'; --", "a\\b", "%s",
         "a\nb", "a\tb", "a\x01", "\x7f", "a\u0090", "x" * 200, "x" * 201, "甲" * 200, "x" * 4000, "x" * 4001, "-", "- -", "6222 0000-1111", "a\u2028b", "ß", "İi")  # fmt: skip

TEXTS: Mapping[str, Sequence[str]] = {
    "payment_id": _BOTH,
    "payee_name": _BOTH,
    "payee_account": _BOTH,
    "amount": ("1", "1.5", "1.50", "-1.50", "+2", "1,234.50", "12,34", "1,234,567", "1.005", "1.0000", "0", "-0", ".5", "1.", "９．５", " 7 ", "1e3", "￥5", "(5.00)", "5.00-", "五", "",
               "9999999999999.99", "10000000000000", "99999999999999999999999999", "NaN", "Infinity", "--1", "1 000", "0x1F", "1_0", "00012.30"),
    "paid_on": ("2024-03-05", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日", "2024 年 3 月 5 日", "2024-3-5 12:30", "2024-03-05T10:00:00", "2024-03-05 10:00:00.5+08:00", "２０２４－０３－０５",
                "2024-02-29", "2023-02-29", "2024-02-30", "2000-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31", "1899-12-31", "1900-01-01", "2099-12-31", "2100-01-01",
                "0000-01-01", "2024-03/05", "05/03/2024", "2024-03", "45356", "20241301", "2024", "昨天", "", "2024-03-05x", "-2024-03-05", "infinity"),
    "mode": ("direct", "直接支付", "DIRECT", " direct", "authorized", "授权支付", "其他", "other", "x", "", "1"),
}  # fmt: skip

NARROWER: Mapping[str, frozenset[str]] = {
    "amount": frozenset(("￥5", "(5.00)", "5.00-", ".5")), "paid_on": frozenset(("45356",)),
}  # fmt: skip
"""What files may hold and a check in place refuses: currency signs, accounting negatives, spreadsheet serials."""

_FIXED = {"payment_id": "p", "unit_code": "U", "paid_on": "2024-01-01", "amount": "1", "payee_name": "x"}


@pytest.fixture(scope="module")
def texts(pgserver: Server) -> Iterator[str]:
    with database(pgserver.url, "texts") as url:
        yield url


def values(ledger: Ledger, column: str) -> dict[object, object]:
    """Return the physical value of a column by the number of its row."""
    physical = {"amount": "amount_fen", "paid_on": "paid_on || ' ' || cast(paid_on_day as text)"}.get(
        column, column
    )
    session = ledger.session()
    try:
        return {
            int(str(key)): value
            for key, value in session.query(
                f"select memo_no, v from (select voucher_no as memo_no, {physical} as v from payment) q"
            )
        }
    finally:
        session.close()


@pytest.mark.parametrize("column", TEXTS)
def test_a_text_is_read_in_place_as_from_a_file_or_refused(column: str, texts: str, tmp_path: Path) -> None:
    rows = list(enumerate(TEXTS[column]))
    columns = {**_FIXED, "voucher_no": "n", column: "v"}
    mapping = {name: value if value in ("n", "v") else {"constant": value} for name, value in columns.items()}
    if column != "payment_id":
        mapping["payment_id"] = {"from": "n"}
    with (tmp_path / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("n", "v"), *rows])
    (tmp_path / "m.yaml").write_text(
        str({"sources": [{"file": "t.csv", "tables": [{"table": "payment", "columns": mapping}]}]}), "utf-8"
    )
    with psycopg.connect(texts) as connection:
        connection.execute("drop table if exists t")
        connection.execute("create table t (n int primary key, v text)")
        connection.cursor().executemany("insert into t values (%s, %s)", rows)
    document = parse_mapping(
        {"sources": [{"file": "t", "tables": [{"table": "payment", "columns": mapping}]}]}, "m"
    )
    with in_place(texts, mapping=document) as here, load(tmp_path, mapping=tmp_path / "m.yaml") as expected:
        found, wanted = values(here, column), values(expected, column)
        validation = here.validation()
    narrower = {number for number, text in rows if text in NARROWER.get(column, ())}
    assert {number: wanted.get(number, "refused") for number in wanted.keys() - narrower} == found
    assert narrower <= wanted.keys()
    assert validation.rows == len(rows)
    assert validation.quarantined == len(rows) - len(found)
    assert bool(validation.errors) == (len(found) < len(rows))


@pytest.mark.parametrize(
    ("form", "texts_", "dates"),
    [
        ("%d/%m/%Y", ["05/03/2024", "5/3/2024", "31/02/2024", "x"], ["2024-03-05", "2024-03-05"]),
        ("%m.%d.%y", ["03.05.24", "03.05.99", "13.05.24"], ["2024-03-05", "1999-03-05"]),
        ("%Y年%m月%d日 %H:%M", ["2024年03月05日 09:30"], ["2024-03-05"]),
    ],
)
def test_dates_in_a_stated_format_are_read(
    form: str, texts_: list[str], dates: list[str], texts: str
) -> None:
    with psycopg.connect(texts) as connection:
        connection.execute("drop table if exists t")
        connection.execute("create table t (n int primary key, v text)")
        connection.cursor().executemany("insert into t values (%s, %s)", list(enumerate(texts_)))
    columns = {name: {"constant": value} for name, value in _FIXED.items()} | {
        "payment_id": {"from": "n"},
        "paid_on": {"from": "v", "format": form},
    }
    document = parse_mapping(
        {"sources": [{"file": "t", "tables": [{"table": "payment", "columns": columns}]}]}, "m"
    )
    with in_place(texts, mapping=document) as ledger:
        session = ledger.session()
        assert [row[0] for row in session.query("select paid_on from payment order by payment_id")] == dates
        assert ledger.validation().quarantined == len(texts_) - len(dates)
