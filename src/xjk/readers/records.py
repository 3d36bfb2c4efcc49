"""Take records from Python: mappings, or the models of the canonical tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from xjk.errors import TableError
from xjk.ledger.raw import Batch, RawTable
from xjk.models.nearest import did_you_mean
from xjk.models.record import Record
from xjk.models.tables import TABLES
from xjk.readers.files.arrow import ArrowStream, open_arrow
from xjk.readers.grid import BATCH_ROWS
from xjk.readers.shaping.bind import bind
from xjk.readers.shaping.headers import PROVENANCE

Row = Mapping[str, object] | Record
"""One record: column names to values, or a model."""


def open_records(tables: Mapping[str, Iterable[Row]]) -> list[RawTable]:
    """Return the records of each table as a typed stream.

    A one-shot iterator is drawn into memory, because a ledger may need to read it twice; a list is used as it is.
    Row numbers count records from 1. All unknown names are reported at once. What can be handed over as an Arrow
    stream is read like a file, its headers too.

    Raises:
        TableError: A table or column is not known, or a record is neither mapping nor model of its table.
    """
    errors: list[TableError] = []
    raw: list[RawTable] = []
    for table, rows in tables.items():
        if table not in TABLES:
            errors.append(_unknown(f"没有名为“{table}”的表", f'There is no table "{table}"', table, TABLES))
            continue
        if isinstance(rows, ArrowStream):
            raw.append(bind(open_arrow(rows, f"{table} (Arrow)"), table))
            continue
        records = rows if isinstance(rows, Sequence) else list(rows)
        try:
            columns = _columns(table, records)
        except TableError as error:
            errors.append(error)
            continue
        raw.append(
            RawTable(
                table=table,
                file=f"{table} (records)",
                columns=columns,
                batches=partial(_batches, records, columns),
                typed=True,
            )
        )
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise TableError(
            zh=f"给出的记录有 {len(errors)} 处问题：",
            en=f"There are {len(errors)} faults in the records given:",
            errors=errors,
        )
    return raw


def _columns(table: str, records: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns that occur, in the order of the contract."""
    model = TABLES[table]
    names: set[str] = set()
    for number, record in enumerate(records, start=1):
        if isinstance(record, model):
            names |= record.model_fields_set
        elif isinstance(record, Mapping):
            names |= record.keys()
        else:
            raise TableError(
                zh=f"第 {number} 条不是映射，也不是 {model.__name__}，而是 {type(record).__name__}。",
                en=f"Record {number} is neither a mapping nor {model.__name__} but {type(record).__name__}.",
                where=table,
                hint_zh=f"请给出字典或 {model.__name__}。",
                hint_en=f"Give dicts or {model.__name__}.",
            )
    known = (*model.model_fields, *PROVENANCE)
    for name in sorted(names.difference(known), key=str):
        raise _unknown(
            f"表 {table} 没有列“{name}”", f'Table {table} has no column "{name}"', str(name), known
        )
    return tuple(name for name in known if name in names)


def _batches(records: Sequence[Row], columns: Sequence[str]) -> Iterator[Batch]:
    number, source = 1, iter(records)
    while chunk := list(islice(source, BATCH_ROWS)):
        rows = [_cells(record, columns) for record in chunk]
        yield Batch(rows, range(number, number + len(rows)))
        number += len(rows)


def _cells(record: Row, columns: Sequence[str]) -> list[object]:
    if isinstance(record, Record):
        return [getattr(record, column, None) for column in columns]
    return [record.get(column) for column in columns]


def _unknown(zh: str, en: str, name: str, known: Iterable[str]) -> TableError:
    end_zh, end_en = did_you_mean(name, known)
    return TableError(
        zh=zh + end_zh,
        en=en + end_en,
        where="records",
        hint_zh="名称见数据字典。",
        hint_en="The data dictionary has the names.",
    )
