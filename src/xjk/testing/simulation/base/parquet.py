"""Turn finished CSV files into Parquet, batch by batch (extra ``parquet``, pyarrow)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xjk.errors import ExtraMissingError
from xjk.models.tables import TABLES

_BLOCK = 8 * 1024 * 1024  # bytes of CSV read at a time


def require_pyarrow() -> None:
    """Make sure Parquet can be written.

    Raises:
        ExtraMissingError: The extra ``parquet`` is not installed.
    """
    try:
        import pyarrow.csv
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        raise ExtraMissingError.of("parquet", "写 Parquet", "Writing Parquet") from None


def to_parquet(file: Path, table: str) -> None:
    """Replace one CSV file by the same rows as Parquet: dates as dates, amounts as exact decimals."""
    import pyarrow as pa
    from pyarrow.csv import ConvertOptions, ReadOptions, open_csv
    from pyarrow.parquet import ParquetWriter

    kinds: dict[str, Any] = {
        "date": pa.date32(),
        "money": pa.decimal128(18, 2),
        "number": pa.decimal128(18, 6),
        "int": pa.int64(),
        "bool": pa.bool_(),
    }
    types = {name: kinds.get(column.name, pa.string()) for name, column in TABLES[table].columns().items()}
    options = ConvertOptions(
        column_types=types, null_values=[""], strings_can_be_null=True, true_values=["1"], false_values=["0"]
    )
    reader = open_csv(file, read_options=ReadOptions(block_size=_BLOCK), convert_options=options)
    with reader, ParquetWriter(file.with_suffix(".parquet"), reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    file.unlink()
