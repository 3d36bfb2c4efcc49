"""Read Parquet files (extra ``parquet``, pyarrow)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from xjk.errors import ExtraMissingError, FormatError
from xjk.ledger.raw import Batch, ParquetFile
from xjk.readers.files.encoding import open_bytes
from xjk.readers.files.numbers import cell_text
from xjk.readers.grid import BATCH_ROWS, MAX_COLUMNS, Grid, number_repeats

GROUP_LIMIT = 2 * 1024 * 1024 * 1024
"""Largest row group read, in unpacked bytes as the file states them."""


def open_parquet(path: Path, shown: str) -> Grid:
    """Open a Parquet file; values become the text a person would type, record numbers count from 1.

    Doubles are written with fifteen significant digits (see ``numbers``); decimals are exact.

    Raises:
        ExtraMissingError: The extra ``parquet`` is not installed.
        FormatError: The file breaks the format, is absurdly large, or has nested columns.
    """
    with _parquet(path, shown) as file:
        schema, metadata = file.schema_arrow, file.metadata
        nested = [field.name for field in schema if field.type.num_fields]
        if nested:
            raise _error(shown, f"列 {nested[0]} 是嵌套类型", f"the column {nested[0]} is nested")
        if len(schema.names) > MAX_COLUMNS:
            raise _error(shown, f"超过 {MAX_COLUMNS} 列", f"it has more than {MAX_COLUMNS} columns")
        groups = (metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
        if max(groups, default=0) > GROUP_LIMIT:
            raise _error(shown, "行组过大", "a row group is too large")
        headers = number_repeats(schema.names)
    return Grid(
        file=shown, headers=headers, batches=partial(_batches, path, shown), at_rest=ParquetFile(path)
    )


def _batches(path: Path, shown: str) -> Iterator[Batch]:
    number = 1
    with _parquet(path, shown) as file:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            columns = [list(map(value_text, column.to_pylist())) for column in batch.columns]
            rows = list(zip(*columns, strict=True))
            yield Batch(rows, range(number, number + len(rows)))
            number += len(rows)


def value_text(value: object) -> str:
    """Return one value as the text a person would type."""
    text = cell_text(value)
    return repr(value) if text is None else text


@contextmanager
def _parquet(path: Path, shown: str) -> Iterator[Any]:
    """Open the file; what pyarrow raises on broken files is turned into a FormatError."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise ExtraMissingError.of("parquet", "读取 Parquet", "Reading Parquet") from None
    with open_bytes(path, shown) as stream:
        try:
            with ParquetFile(stream) as file:
                yield file
        except (ArrowException, OSError, ValueError, OverflowError) as error:
            raise _error(shown, f"文件损坏：{error}", f"the file is damaged: {error}") from error


def _error(shown: str, zh: str, en: str) -> FormatError:
    return FormatError(
        zh=f"Parquet 文件无法读取：{zh}。",
        en=f"The Parquet file cannot be read: {en}.",
        where=shown,
        hint_zh="请重新导出，或改用 CSV。",
        hint_en="Export it again, or use CSV.",
    )
