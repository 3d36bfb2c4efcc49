"""Read Arrow tables from memory (extra ``parquet``, pyarrow): of pyarrow, Polars, pandas, DuckDB and their kind."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from xjk.errors import ExtraMissingError, TableError
from xjk.ledger.raw import ArrowRows, Batch
from xjk.readers.files.parquet import value_text
from xjk.readers.grid import BATCH_ROWS, Grid, number_repeats

if TYPE_CHECKING:
    from pyarrow import Table


@runtime_checkable
class ArrowStream(Protocol):
    """Be data that can be handed over as an Arrow stream (the Arrow PyCapsule interface)."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the stream."""


def open_arrow(data: ArrowStream, shown: str) -> Grid:
    """Open Arrow data; values become the text a person would type, record numbers count from 1.

    Raises:
        ExtraMissingError: The extra ``parquet`` is not installed.
        TableError: The data has nested columns, or cannot be read as Arrow.
    """
    try:
        import pyarrow as pa
    except ImportError:
        raise ExtraMissingError.of("parquet", "读取 Arrow 数据", "Reading Arrow data") from None
    try:
        table = pa.table(data)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise _error(
            shown, f"数据无法作为 Arrow 读取：{error}", f"it cannot be read as Arrow: {error}"
        ) from error
    nested = [field.name for field in table.schema if field.type.num_fields]
    if nested:
        raise _error(shown, f"列 {nested[0]} 是嵌套类型", f"the column {nested[0]} is nested")
    return Grid(
        file=shown,
        headers=number_repeats(table.schema.names),
        batches=partial(_batches, table),
        at_rest=ArrowRows(table),
    )


def _batches(table: Table) -> Iterator[Batch]:
    number = 1
    for batch in table.to_batches(max_chunksize=BATCH_ROWS):
        columns = [list(map(value_text, column.to_pylist())) for column in batch.columns]
        rows = list(zip(*columns, strict=True))
        yield Batch(rows, range(number, number + len(rows)))
        number += len(rows)


def _error(shown: str, zh: str, en: str) -> TableError:
    return TableError(
        zh=f"Arrow 数据无法读取：{zh}。",
        en=f"The Arrow data cannot be read: {en}.",
        where=shown,
        hint_zh="请只给出单值列。",
        hint_en="Give columns of single values.",
    )
