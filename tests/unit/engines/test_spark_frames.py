"""Books that lie in Spark: the rows, problems, derived relations and findings of reading them record by record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from pyspark import RDD
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sf

from xjk import Ledger, check, load
from xjk.engines.spark.start import start
from xjk.errors import DataError, SourceError, TableError
from xjk.ledger.relations import DERIVED
from xjk.readers import open_source
from xjk.runner.on_spark import on_spark

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"
TABLES = (
    "unit",
    "enterprise",
    "event",
    "attendance",
    "service_fee",
    "payment",
    "voucher_line",
    "ledger_account",
    "contract",
)
ROWS_OF_EACH = 400


@pytest.fixture(scope="module")
def spark() -> SparkSession:
    return start()


def texts(table: str) -> tuple[list[str], list[list[str | None]]]:
    """Return the first rows of a table of the district, as its file has them."""
    (raw,) = open_source(DISTRICT / f"{table}.csv", None)
    rows = [row for batch in raw.batches() for row in batch.rows]
    columns = [column or "" for column in raw.columns]
    return columns, [[str(cell) if cell else None for cell in row] for row in islice(rows, ROWS_OF_EACH)]


def frame(
    spark: SparkSession, columns: Sequence[str], rows: Sequence[Sequence[Any]], types: Mapping[str, str]
) -> DataFrame:
    schema = ", ".join(f"{column} {types.get(column, 'string')}" for column in columns)
    return spark.createDataFrame([tuple(row) for row in rows], schema)


@pytest.fixture(scope="module")
def both(spark: SparkSession) -> Iterator[tuple[Ledger, Ledger]]:
    """Return the same books in SQLite and in Spark; payments in Spark carry decimals, fen and dates."""
    books = {table: texts(table) for table in TABLES}
    records = {
        table: [dict(zip(columns, row, strict=True)) for row in rows]
        for table, (columns, rows) in books.items()
    }
    frames = {table: frame(spark, columns, rows, {}) for table, (columns, rows) in books.items()}
    frames["payment"] = frames["payment"].select(
        *(column for column in frames["payment"].columns if column not in ("amount", "paid_on")),
        sf.col("amount").cast("decimal(18,2)"),
        sf.col("paid_on").cast("date"),
    )
    fen = (sf.col("cost").cast("decimal(18,2)") * 100).cast("bigint")
    frames["event"] = frames["event"].withColumn("cost_fen", fen).drop("cost")
    frames["voucher_line"] = frames["voucher_line"].drop("line_id", "fiscal_year", "book")
    for record in records["voucher_line"]:
        del record["line_id"], record["fiscal_year"], record["book"]
    with load(records, engine="sqlite") as expected, on_spark(spark, frames) as found:
        yield expected, found


def rows_of(ledger: Ledger, relation: str, *left_out: str) -> list[str]:
    found = ledger.session().query(f"select * from {relation}")
    kept = [place for place, name in enumerate(found.columns) if name not in left_out]
    return sorted(repr([row[place] for place in kept]) for row in found)


@pytest.mark.parametrize("table", TABLES)
def test_the_rows_are_those_of_reading_record_by_record(both: tuple[Ledger, Ledger], table: str) -> None:
    expected, found = both
    assert rows_of(found, table, "source_id", "source_row") == rows_of(
        expected, table, "source_id", "source_row"
    )
    assert rows_of(found, table)


@pytest.mark.parametrize("relation", DERIVED)
def test_derived_relations_are_row_by_row_those_of_sqlite(both: tuple[Ledger, Ledger], relation: str) -> None:
    expected, found = both
    assert rows_of(found, relation) == rows_of(expected, relation)
    assert rows_of(found, relation)


def test_the_findings_are_those_of_sqlite(both: tuple[Ledger, Ledger]) -> None:
    expected, found = (check(ledger, select=["XJK301", "XJK302", "XJK308", "EXA101"]) for ledger in both)
    assert [item.finding_id for item in expected.findings]
    assert [(item.finding_id, item.message, item.amount, item.facts) for item in found.findings] == [
        (item.finding_id, item.message, item.amount, item.facts) for item in expected.findings
    ]
    assert found.coverage == expected.coverage
    assert found.run.engine.startswith("spark ")


def test_every_warning_is_that_of_reading_record_by_record(both: tuple[Ledger, Ledger]) -> None:
    expected, found = (ledger.validation() for ledger in both)
    assert expected.counts
    assert found.counts == expected.counts
    assert (found.accepted, found.quarantined) == (expected.accepted, expected.quarantined)


def test_the_hash_of_the_data_is_that_of_sqlite(both: tuple[Ledger, Ledger]) -> None:
    expected, found = both
    assert found.data_hash == expected.data_hash


def test_the_hash_follows_the_content_and_not_the_order(spark: SparkSession) -> None:
    columns, rows = texts("unit")
    with (
        on_spark(spark, {"unit": frame(spark, columns, rows, {})}) as one,
        on_spark(spark, {"unit": frame(spark, columns, rows[::-1], {}).repartition(3)}) as other,
        on_spark(spark, {"unit": frame(spark, columns, rows[1:], {})}) as less,
    ):
        assert one.data_hash == other.data_hash
        assert one.data_hash != less.data_hash


PAYMENT: dict[str, Any] = {
    "payment_id": "p1",
    "unit_code": "U1",
    "paid_on": "2024-01-01",
    "amount": "1.00",
    "payee_name": "甲公司",
}
ODD: list[dict[str, Any]] = [
    {}, {"amount": "1,234.50"}, {"amount": "1.005"}, {"amount": "12345678901234.00"}, {"amount": "-0.00"}, {"amount": "壹元"}, {"amount": "1e3"},
    {"paid_on": "2024-02-30"}, {"paid_on": "2024/3/5"}, {"paid_on": "1899-12-31"}, {"paid_on": "20240305"}, {"paid_on": None}, {"paid_on": " "},
    {"unit_code": "Ｕ１"}, {"unit_code": " U1 "}, {"unit_code": "U\n1"}, {"unit_code": "U\u200b1"}, {"unit_code": "单 1"}, {"unit_code": "x" * 201},
    {"payee_name": "甲（集团）公司\n"}, {"payee_name": "O'Brien \\ \"x\" é😀"}, {"payee_name": "甲\x00"}, {"payee_name": "　甲　"}, {"payee_name": "x" * 4001},
    {"payee_account": "6222 0212-3456"}, {"payee_account": "4532015112830367"}, {"purpose": ""}, {"purpose": "\u2028a\xa0"},
    {"unit_code": "合计", "payee_name": None, "paid_on": None}, dict.fromkeys(PAYMENT),
]  # fmt: skip


def test_odd_values_meet_the_verdict_and_the_words_of_the_record_path(spark: SparkSession) -> None:
    records = [
        PAYMENT | {"payment_id": f"p{place}", "payee_account": None, "purpose": None} | odd
        for place, odd in enumerate(ODD)
    ]
    columns = list(records[0])
    rows = [[record[column] for column in columns] + [place + 1] for place, record in enumerate(records)]
    given = frame(spark, [*columns, "_row"], rows, {"_row": "bigint"})
    with (
        load({"payment": records}, engine="sqlite") as expected,
        on_spark(spark, {"payment": given}) as found,
    ):
        wanted, told = expected.validation(), found.validation()
        assert rows_of(found, "payment", "source_id", "source_row") == rows_of(
            expected, "payment", "source_id", "source_row"
        )
        assert [(p.row, p.code, p.column, p.value, p.reason) for p in told.problems] == [
            (p.row, p.code, p.column, p.value, p.reason) for p in wanted.problems
        ]
        assert [(f.rows, f.accepted, f.quarantined, f.ignored) for f in told.files] == [
            (f.rows, f.accepted, f.quarantined, f.ignored) for f in wanted.files
        ]
        assert wanted.quarantined > 10


def test_typed_values_meet_the_verdict_of_the_record_path(spark: SparkSession) -> None:
    values = [
        (Decimal("1.50"), date(2024, 1, 1)), (Decimal("1.505"), date(2024, 1, 1)), (Decimal(10000000000000), date(2024, 1, 1)),
        (Decimal("-9999999999999.99"), date(1900, 1, 1)), (Decimal("1.500"), date(2100, 1, 1)), (None, date(2024, 1, 1)), (Decimal(0), None),
    ]  # fmt: skip
    records = [
        PAYMENT | {"payment_id": f"p{place}", "amount": amount, "paid_on": day}
        for place, (amount, day) in enumerate(values)
    ]
    given = frame(
        spark,
        list(PAYMENT),
        [[record[column] for column in PAYMENT] for record in records],
        {"amount": "decimal(20,3)", "paid_on": "date"},
    )
    with (
        load({"payment": records}, engine="sqlite") as expected,
        on_spark(spark, {"payment": given}) as found,
    ):
        assert rows_of(found, "payment", "source_id", "source_row") == rows_of(
            expected, "payment", "source_id", "source_row"
        )
        assert sorted(p.code for p in found.problems()) == sorted(p.code for p in expected.problems())


def test_rows_with_a_used_key_are_quarantined(spark: SparkSession) -> None:
    rows = [
        ["p1", "U1", "2024-01-01", "1.00", "甲", 2],
        ["p1", "U1", "2024-01-01", "2.00", "甲", 3],
        ["p2", "U1", "2024-01-01", "3.00", "甲", 4],
    ]
    given = frame(spark, [*PAYMENT, "_row"], rows, {"_row": "int"})
    with on_spark(spark, {"payment": given}) as ledger:
        assert [(problem.code, problem.row) for problem in ledger.problems()] == [("P210", 3)]
        kept = ledger.session().query("select payment_id, amount_fen from payment order by payment_id")
        assert list(kept) == [("p1", 100), ("p2", 300)]
        (count,) = ledger.validation().files
        assert (count.accepted, count.quarantined) == (2, 1)


def test_a_table_that_cannot_be_read_costs_only_itself(spark: SparkSession) -> None:
    columns, rows = texts("unit")
    unit = frame(spark, columns, rows, {})
    wrong = frame(spark, list(PAYMENT), [["p1", "U1", "2024-01-01", 1.0, "甲"]], {"amount": "double"})
    with on_spark(
        spark,
        {
            "unit": unit,
            "payment": wrong,
            "contract": unit.select("unit_code"),
            "event": "no_such_view",
            "nothing": unit,
        },
    ) as ledger:
        assert ledger.unreadable == ("contract", "event", "nothing", "payment")
        assert list(ledger.supplied) == ["unit"]
        told = " ".join(problem.reason.en for problem in ledger.problems())
        assert "amount has the type double" in told
        assert "no_such_view" in told
        assert not check(ledger, select=["XJK301"]).coverage.is_complete


@pytest.mark.parametrize(
    "tables", [{}, {"payment": "no_such_view"}, {"payment": "no_such_view", "unit": "nor_this"}]
)
def test_nothing_readable_is_an_error(spark: SparkSession, tables: dict[str, str]) -> None:
    with pytest.raises(DataError) as caught:
        on_spark(spark, tables)
    assert isinstance(caught.value, TableError | SourceError)


def test_a_view_of_the_catalog_is_found_and_left_as_it_is(spark: SparkSession) -> None:
    columns, rows = texts("unit")
    frame(spark, columns, rows, {}).createOrReplaceTempView("danwei")
    before = spark.catalog.listTables("global_temp")
    try:
        with on_spark(spark, {"unit": "danwei"}) as ledger:
            assert list(ledger.session().query("select count(*) from unit")) == [(len(rows),)]
        assert spark.table("danwei").count() == len(rows)
        assert spark.catalog.listTables("global_temp") == before
    finally:
        spark.catalog.dropTempView("danwei")


def test_no_base_row_is_brought_to_this_process(spark: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what each collection brings: a table of many clean rows gives a handful of sums."""
    brought: list[int] = []
    rows = spark.range(20_000).selectExpr(
        "concat('p', id) as payment_id", "'U1' as unit_code", "date'2024-01-01' as paid_on",
        "cast(id as decimal(18,2)) as amount", "concat('甲', id % 3000) as payee_name",
    )  # fmt: skip
    kind = type(rows)

    def counted(bring: Callable[..., Iterable[Any]]) -> Callable[..., Any]:
        def bring_counted(*arguments: Any) -> list[Any]:
            found = list(bring(*arguments))
            brought.append(len(found))
            return found

        return bring_counted

    monkeypatch.setattr(kind, "collect", counted(kind.collect))
    monkeypatch.setattr(kind, "toLocalIterator", counted(kind.toLocalIterator))
    monkeypatch.setattr(RDD, "collect", counted(RDD.collect))
    with on_spark(spark, {"payment": rows}) as ledger:
        result = check(ledger, select=["EXA101"])
    assert result.validation.accepted == 20_000
    assert brought
    assert max(brought) < 100
