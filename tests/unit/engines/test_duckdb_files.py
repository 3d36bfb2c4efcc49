"""Files that DuckDB reads by itself give the rows, refusals and warnings of reading row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.unit.models.samples import TEXTS, good_text

from xjk.engines.duckdb import file as duckdb_file
from xjk.engines.duckdb.store import DuckdbStore
from xjk.engines.sqlite import SqliteStore
from xjk.errors import DataError, TableError
from xjk.ledger.crosscheck import check_keys
from xjk.ledger.intake import Intake
from xjk.ledger.ledger import Ledger
from xjk.ledger.raw import RawTable
from xjk.ledger.relations import relations, table_relation
from xjk.ledger.store import Row, Store
from xjk.models.problem import Problem
from xjk.models.run import FileCount
from xjk.models.tables import TABLES
from xjk.readers import open_source

TABLES_READ = ("voucher_line", "payment", "invoice", "service_fee", "enterprise", "bank_transaction")
GOOD = {
    "code": ("A1", "记-12", "b 2", "x" * 200), "text": ("文字", "付（某）费", "two words", "a|b", "文" * 1300), "date": ("2024-03-05", "1999-12-31", "2000-02-29"),
    "money": ("12.50", "0.00", "-7.10", "1234", "8.5", "9999999999999.99"), "number": ("1.5", "0.060000", "-3"), "int": ("3", "-12", "007"), "bool": ("1", "0", "否"),
    "uscc": ("91110000600037341L", "91110000600037341M"), "idno": ("440524188001010014", "11010519491231002X"), "acct": ("6222020000000000", "819784", "6222020000000001"),
}  # fmt: skip


def seen(store: Store, opened: Sequence[RawTable]) -> tuple[Any, ...]:
    """Return all that intake makes of raw tables: rows, refusals, problems, counts, or the error."""
    for relation in relations():
        store.create(relation)
    intake = Intake(store)
    errors = []
    for raw in opened:
        try:
            intake.take(raw)
        except DataError as error:
            errors.append(str(error))
    check_keys(intake)
    rows: dict[str, list[Row]] = {
        table: list(store.query(f"SELECT * FROM {table} ORDER BY source_id, source_row"))
        for table in {raw.table for raw in opened}
    }
    refused = list(
        store.query("SELECT file, source_row, reason, cells FROM quarantine ORDER BY file, source_row, cells")
    )
    ledger = Ledger(store, supplied={}, counts=intake.counts)
    problems: list[Problem] = list(ledger.problems())
    counts: list[FileCount] = intake.counts
    store.close()
    return rows, refused, problems, counts, errors


def plain_rows(store: DuckdbStore) -> list[int]:
    """Have a store note how many rows it takes by itself."""
    taken: list[int] = []
    take = store.take_file

    def noted(*arguments: Any) -> Any:
        found = take(*arguments)
        taken.append(-1 if found is None else found.accepted)
        return found

    store.take_file = noted  # type: ignore[method-assign, assignment]
    return taken


def agree(path: Path) -> int:
    """Assert that both ways agree on a folder or file; return the rows DuckDB took by itself, -1 for none."""
    store = DuckdbStore()
    taken = plain_rows(store)
    found, expected = seen(store, open_source(path)), seen(SqliteStore(), open_source(path))
    for one, other in zip(found, expected, strict=True):
        assert one == other
    return sum(taken) if taken else -1


def written(rows: Sequence[Sequence[str]], delimiter: str, newline: str, *, all_quoted: bool) -> str:
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=newline, quoting=quoting).writerows(rows)
    return stream.getvalue()


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[str], list[list[str]]]:
    """Draw a table, its header and rows that are mostly good."""
    table = draw(st.sampled_from(TABLES_READ))
    model = TABLES[table]
    types = model.columns()
    required = [name for name in model.model_fields if name in model.required()]
    others = [name for name in model.model_fields if name not in required]
    columns = draw(st.permutations([*required, *draw(st.lists(st.sampled_from(others), unique=True))]))
    count = draw(st.integers(0, 8))
    bad = draw(st.sampled_from((0, 0, 1, 3)))
    rows = [[draw(st.sampled_from(GOOD.get(types[name].name, (good_text(types[name]),)))) for name in columns] for _ in range(count)]  # fmt: skip
    for number, row in enumerate(rows):
        if "line_id" in columns or "payment_id" in columns:
            row[0] = row[0] if draw(st.booleans()) else f"{row[0]}{number}"
    for _ in range(bad if rows else 0):
        rows[draw(st.integers(0, count - 1))][draw(st.integers(0, len(columns) - 1))] = draw(TEXTS)
    header = [draw(st.sampled_from((name, model.model_fields[name].title or name))) for name in columns]
    return table, header, rows


@settings(deadline=None)
@given(
    drawn=tables(),
    delimiter=st.sampled_from(",,,\t;|"),
    newline=st.sampled_from(("\n", "\n", "\r\n")),
    codec=st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")),
    all_quoted=st.booleans(),
    shape=st.sampled_from(("as it is",) * 4 + ("short", "long", "trailing", "too long", "blank", "blank end", "total", "spaces", "raw")),
    place=st.integers(0, 8),
    preamble=st.booleans(),
    odd_rows_are_many=st.booleans(),
)  # fmt: skip
def test_a_generated_file_gives_the_same_rows_refusals_and_problems(
    tmp_path_factory: pytest.TempPathFactory,
    drawn: tuple[str, list[str], list[list[str]]],
    delimiter: str,
    newline: str,
    codec: str,
    all_quoted: bool,
    shape: str,
    place: int,
    preamble: bool,
    odd_rows_are_many: bool,
) -> None:
    table, header, rows = drawn
    place = min(place, len(rows))
    extra: dict[str, list[list[str]]] = {
        "short": [["a", "b"]], "long": [["x"] * (len(header) + 1)], "trailing": [[*row, ""] for row in rows[:1]], "too long": [["x"] * (len(header) + 3)],
        "blank": [[]], "total": [["合计", *[""] * (len(header) - 1)]], "spaces": [[" "] * len(header)],
    }  # fmt: skip
    rows = [*rows[:place], *extra.get(shape, []), *rows[place:]]
    text = written(
        [["某单位", "报表"]] * preamble + [header, *rows], delimiter, newline, all_quoted=all_quoted
    )
    if shape == "blank end":
        text += newline * 3
    if shape == "raw":
        text += f'x{delimiter} "y"{delimiter}"z" {newline}'
    folder = tmp_path_factory.mktemp("books")
    path = folder / f"{table}.csv"
    path.write_bytes(text.encode(codec, "replace"))
    try:
        open_source(path)
    except DataError:
        event("not to be opened")
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb_file, "MANY_ODD_ROWS", 1 if odd_rows_are_many else 1000)
        taken = agree(path)
    event("by DuckDB" if taken > 0 else "no plain row" if taken == 0 else "row by row")


PAYMENTS = "payment_id,unit_code,paid_on,amount,payee_name\n"


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        ("p1,U1,2024-01-02,1.00,甲\np2,U1,2024-01-03,2,乙\n", 2),
        ('p1,U1,2024-01-02,1.00,"甲, 乙"\n', 1),
        ('p1,U1,2024-01-02,1.00,"he said ""x"" and"\n', 1),
        ('p1,U1,2024-01-02,1.00,"two\nlines"\np2,U1,2024-01-03,2.00,乙\n', 1),
        ("p1,U1,2024-01-02,1.00,甲\n\n\n", 1),
        ("p1,U1,2024-01-02,1.00,甲\n\np2,U1,2024-01-03,2.00,乙\n", -1),
        ('p1,U1,2024-01-02,1.00, "甲"\n', -1),
        ('p1,U1,2024-01-02,1.00,"甲" \n', -1),
        ("p1,U1,2024-01-02,1.00,甲\r\np2,U1,2024-01-03,2.00,乙\n", -1),
        ("p1,U1,2024-01-02,1.00,甲\np2,U1,2024-01-03,2.00,乙\r\n", -1),
        ("p1,U1,2024-01-02,1.00,甲\rp2,U1,2024-01-03,2.00,乙\r", -1),
        ("p1,U1,2024-01-02\np2,U1,2024-01-03,2.00,乙\n", 1),
        ("p1,U1,2024-01-02,1.00,甲,\np2,U1,2024-01-03,2.00,乙,z\n", 1),
        ('p1,U1,2024/1/2,1.00,甲\np2,U1,20240103,"1,234.50",乙\np3,U1,2024-01-03,2.00,Ａ公司\n', 1),
        ("p1,U1,2024-01-02,1.00,\x00\np2,U1,2024-01-03,2.00,乙\n", 1),
        ("", 0),
    ],
)  # fmt: skip
def test_rows_are_taken_by_duckdb_unless_it_would_read_them_differently(
    tmp_path: Path, body: str, taken: int
) -> None:
    (tmp_path / "payment.csv").write_text(PAYMENTS + body, encoding="utf-8", newline="")
    assert agree(tmp_path / "payment.csv") == taken


def test_a_file_whose_name_is_a_pattern_is_read_as_one_file(tmp_path: Path) -> None:
    (tmp_path / "payment").mkdir()
    for name in ("[ab]*.csv", "a.csv", "b.csv"):
        (tmp_path / "payment" / name).write_text(
            f"{PAYMENTS}{name},U1,2024-01-02,1.00,甲\n", encoding="utf-8"
        )
    assert agree(tmp_path) == 3


@pytest.mark.parametrize(
    ("kind", "values", "by_duckdb"),
    [
        (pa.decimal128(18, 2), [Decimal("1.00"), Decimal("-20.50"), None], True),
        (pa.decimal128(18, 5), [Decimal("1.00000"), Decimal("1.00500"), None], True),
        (pa.int64(), [1, -2, None], True),
        (pa.float64(), [1.5, 2.25, None], False),
        (pa.string(), ["1.00", "1,234.50", "x"], True),
    ],
    ids=str,
)
def test_amounts_of_any_parquet_type_give_the_same_rows(
    tmp_path: Path, kind: pa.DataType, values: list[object], by_duckdb: bool
) -> None:
    columns: dict[str, tuple[pa.DataType, list[object]]] = {
        "payment_id": (pa.string(), ["p1", "p2", "p3"]),
        "unit_code": (pa.dictionary(pa.int32(), pa.string()), ["U1", "U1", None]),
        "paid_on": (pa.date32(), [date(2024, 1, 2), date(1899, 1, 1), None]),
        "amount": (kind, values),
        "payee_name": (pa.string(), ["甲", " 乙", "丙"]),
        "item_code": (pa.int32(), [2, 3, None]),
    }
    table = pa.table({name: pa.array(cells, type_) for name, (type_, cells) in columns.items()})
    pq.write_table(table, tmp_path / "payment.parquet")
    assert (agree(tmp_path / "payment.parquet") >= 0) == by_duckdb


def test_a_parquet_file_that_is_damaged_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "payment.parquet").write_bytes(b"PAR1 nothing PAR1")
    (tmp_path / "unit.csv").write_text("unit_code,name,kind\nU1,甲局,government\n", encoding="utf-8")
    agree(tmp_path)


def test_what_a_mapping_adds_to_every_row_is_there(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text(
        "编号,日期,金额,收款人\np1,2024-01-02,1.00,甲\np2,2024-01-03,x,乙\n", encoding="utf-8"
    )
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        "sources:\n- file: out.csv\n  tables:\n  - table: payment\n    columns:\n      payment_id: 编号\n      paid_on: 日期\n"
        "      amount: 金额\n      payee_name: 收款人\n      unit_code: {constant: U9}\n",
        encoding="utf-8",
    )
    stores: list[Callable[[], Store]] = [DuckdbStore, SqliteStore]
    found, expected = (seen(store(), open_source(tmp_path, mapping)) for store in stores)
    assert found == expected
    assert [row[1] for row in found[0]["payment"]] == ["U9"]


def test_the_columns_of_every_table_have_an_expression() -> None:
    assert {kind.name for table in TABLES for kind in TABLES[table].columns().values()} <= {*GOOD, "enum"}
    assert all(table_relation(table).key for table in TABLES)


def test_lines_that_end_as_on_windows_are_taken_by_duckdb(tmp_path: Path) -> None:
    body = "p1,U1,2024-01-02,1.00,甲\np2,U1,2024-01-03,2.00,乙\n\n"
    (tmp_path / "payment.csv").write_text(
        (PAYMENTS + body).replace("\n", "\r\n"), encoding="gb18030", newline=""
    )
    assert agree(tmp_path / "payment.csv") == 2


def test_arrow_data_in_memory_gives_the_rows_of_its_file(tmp_path: Path) -> None:
    columns = {
        "支付凭证号": pa.array(["p1", "p2", "p3"]).dictionary_encode(), "unit_code": pa.array(["U1", "U1", ""]), "paid_on": pa.array([date(2024, 1, 2)] * 3),
        "金额": pa.array([Decimal("1.00"), None, Decimal("-2.50")], pa.decimal128(18, 2)), "payee_name": pa.array(["甲", "乙", "丙"]),
    }  # fmt: skip
    table = pa.table(columns)
    stores: list[Callable[[], Store]] = [DuckdbStore, SqliteStore]
    found, expected = (seen(store(), open_source({"payment": table})) for store in stores)
    assert found == expected
    assert [row[0] for row in found[0]["payment"]] == ["p1"]
    pq.write_table(table, tmp_path / "payment.parquet")
    (rows, refused, *_), *_ = (seen(DuckdbStore(), open_source(tmp_path / "payment.parquet")),)
    assert rows == found[0]
    assert len(refused) == len(found[1]) == 2


def test_arrow_data_is_taken_by_duckdb_itself() -> None:
    store = DuckdbStore()
    taken = plain_rows(store)
    rows = {
        name: [cell]
        for name, cell in zip(
            PAYMENTS.strip().split(","), ("p1", "U1", "2024-01-02", "1.00", "甲"), strict=True
        )
    }
    seen(store, open_source({"payment": pa.table(rows)}))
    assert taken == [1]


def test_nested_arrow_columns_are_refused_by_name() -> None:
    with pytest.raises(TableError, match="the column name is nested"):
        open_source({"unit": pa.table({"unit_code": ["U1"], "name": [["甲局"]]})})


def test_a_temporary_folder_with_a_quote_in_its_name_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "it's"
    folder.mkdir()
    (tmp_path / "payment.csv").write_text(f"{PAYMENTS}p1,U1,2024-01-02,1.00,甲\n", encoding="utf-8")
    store = DuckdbStore(temp_folder=str(folder))
    taken = plain_rows(store)
    seen(store, open_source(tmp_path / "payment.csv"))
    assert taken == [1]
