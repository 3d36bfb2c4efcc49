from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from xjk.errors import FormatError, SourceError
from xjk.readers.files.parquet import open_parquet


def test_values_become_the_text_a_person_would_type(tmp_path: Path) -> None:
    path = tmp_path / "payment.parquet"
    table = pa.table(
        {
            "payment_id": ["P1", None],
            "paid_on": [date(2024, 3, 5), None],
            "amount": pa.array([Decimal("1234.50"), None], pa.decimal128(18, 2)),
            "rate": [0.1 + 0.2, 1234.56],
            "count": [7, None],
            "flag": [True, False],
            "at": pa.array([datetime(2024, 3, 5), None], pa.timestamp("us")),  # noqa: DTZ001
        }
    )
    pq.write_table(table, path)
    grid = open_parquet(path, "payment.parquet")
    (batch,) = grid.batches()
    assert grid.headers == ("payment_id", "paid_on", "amount", "rate", "count", "flag", "at")
    assert list(batch.rows) == [
        ("P1", "2024-03-05", "1234.5", "0.3", "7", "true", "2024-03-05"),
        ("", "", "", "1234.56", "", "false", ""),
    ]
    assert list(batch.numbers) == [1, 2]


def test_many_rows_come_in_batches_with_running_numbers(tmp_path: Path) -> None:
    path = tmp_path / "payment.parquet"
    pq.write_table(pa.table({"payment_id": [str(number) for number in range(12_000)]}), path)
    numbers = [number for batch in open_parquet(path, "f").batches() for number in batch.numbers]
    assert list(range(1, 12_001)) == numbers


def test_nested_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "payment.parquet"
    pq.write_table(pa.table({"lines": [[1, 2], [3]]}), path)
    with pytest.raises(FormatError, match="nested"):
        open_parquet(path, "f")


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"PAR1" + b"\x00" * 100 + b"PAR1", b"text"])
def test_damaged_files_are_format_errors(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "payment.parquet"
    path.write_bytes(raw)
    with pytest.raises(FormatError):
        open_parquet(path, "f")


def test_a_missing_file_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        open_parquet(tmp_path / "none.parquet", "f")
