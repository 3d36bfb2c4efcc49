"""Damaged and hostile files: each is read, or refused with an error of the library."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from xjk.errors import DataError
from xjk.readers import open_source, suggest_mapping

COLUMNS = ["支付凭证号", "单位编码", "支付日期", "金额", "收款人"]
ROWS = [[f"P{number}", "U1", "2024-03-05", "12.50", "甲公司"] for number in range(20)]


def make_csv(path: Path) -> None:
    path.write_bytes("\n".join(map(",".join, [COLUMNS, *ROWS])).encode("gb18030"))


def make_jsonl(path: Path) -> None:
    path.write_text("\n".join(f'{{"支付凭证号": "{row[0]}", "金额": {row[3]}}}' for row in ROWS), "utf-8")


def make_xlsx(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [COLUMNS, *ROWS]:
        sheet.append(row)
    book.save(path)


def make_parquet(path: Path) -> None:
    pq.write_table(pa.table(dict(zip(COLUMNS, zip(*ROWS, strict=True), strict=True))), path)


def make_sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table payment (payment_id text, amount text)")
        connection.executemany("insert into payment values (?, ?)", [(row[0], row[3]) for row in ROWS])
        connection.commit()


MAKERS = {"csv": make_csv, "jsonl": make_jsonl, "xlsx": make_xlsx, "parquet": make_parquet, "db": make_sqlite}


def read_all(path: Path) -> int:
    return sum(len(batch.rows) for raw in open_source(path) for batch in raw.batches())


@pytest.mark.parametrize("suffix", MAKERS)
def test_the_sound_file_is_read_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"payment.{suffix}"
    MAKERS[suffix](path)
    assert len(ROWS) == read_all(path)


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_damaged_file_is_read_or_refused_and_never_crashes(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"payment.{suffix}"
    MAKERS[suffix](path)
    sound = path.read_bytes()
    chance = random.Random(suffix)  # noqa: S311 - a fixed sequence, not a secret
    for _ in range(60):
        damaged = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(
            bytes(damaged[: chance.randint(1, len(damaged))] if chance.random() < 0.3 else damaged)
        )
        try:
            read_all(path)
            suggest_mapping(path)
        except DataError:
            continue


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "json", "xlsx", "parquet", "db"])
def test_a_file_of_another_format_than_its_suffix_says_is_refused(tmp_path: Path, suffix: str) -> None:
    for other, make in MAKERS.items():
        if other in (suffix, "jsonl") or (suffix, other) == ("json", "jsonl"):
            continue
        path = tmp_path / f"payment.{suffix}"
        make(path)
        with pytest.raises(DataError):
            read_all(path)
        path.unlink()
