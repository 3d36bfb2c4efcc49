"""The rows of one raw table, validated batch by batch: accepted, refused or ignored, and nothing is lost.

Nothing here knows a store, so it may happen in another process than the filling of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xjk.ledger.raw import FILE_COLUMN, ROW_COLUMN, Batch, RawTable
from xjk.ledger.store import Value
from xjk.ledger.table_columns import Row, TableColumns
from xjk.models.problem import Problem
from xjk.models.text import tidy

TOTAL_WORDS = frozenset(
    (
        "合计",
        "总计",
        "小计",
        "累计",
        "本月合计",
        "本年累计",
        "本页合计",
        "承前页",
        "过次页",
        "total",
        "grandtotal",
        "subtotal",
    )
)
"""Words that mark a row of sums; spaces inside them do not count."""


class RefusedRow(NamedTuple):
    """Be one refused row: its number, its cells as text by canonical column, and what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class ValidatedBatch:
    """Be what validation makes of some rows.

    Attributes:
        accepted: Rows accepted.
        ignored: Rows that are no data: blank ones and rows of sums.
        refused: Rows refused.
        columns: Stored values of the accepted rows by physical column; columns without any are left out.
        numbers: Row numbers of the accepted rows.
        origins: File and row number that each accepted row of a repair file says it stands for.
        told: Problems of refused rows and rows of sums, in order.
        doubts: Warnings about accepted rows.
    """

    accepted: int
    ignored: int
    refused: Sequence[RefusedRow]
    columns: Mapping[str, Sequence[Value]]
    numbers: Sequence[int]
    origins: Sequence[tuple[str, str]]
    told: Sequence[Problem]
    doubts: Sequence[Problem]


def validated(raw: RawTable, columns: TableColumns, batches: Iterable[Batch]) -> Iterator[ValidatedBatch]:
    """Validate batches of a raw table, in order."""
    for batch in batches:
        cells, numbers, misfits = _fitting(batch.rows, batch.numbers, len(raw.columns))
        parsed = columns.parse(cells, numbers)
        told: list[Problem] = []
        refused: list[RefusedRow] = []
        for row in (*misfits, *parsed.refused):
            is_misfit = len(row.cells) != len(raw.columns)
            if _is_blank(row.cells):
                continue
            if _is_total(row.cells) and (is_misfit or columns.lacks_required(row.cells)):
                told.append(Problem.of("total_row", table=raw.table, file=raw.file, row=row.number))
                continue
            problems = (_misfit(raw, row),) if is_misfit else columns.problems(raw, row)
            refused.append(RefusedRow(row.number, columns.texts(row.cells), problems))
            told += problems
        origins: Sequence[tuple[str, str]] = ()
        if columns.are_repairs:
            files, rows = (columns.cells(parsed.rows, column) for column in (FILE_COLUMN, ROW_COLUMN))
            origins = [
                (str(file or ""), str(number).strip()) for file, number in zip(files, rows, strict=True)
            ]
        yield ValidatedBatch(
            accepted=parsed.accepted,
            ignored=len(batch.rows) - parsed.accepted - len(refused),
            refused=refused,
            columns=columns.physical(parsed) if parsed.accepted else {},
            numbers=parsed.numbers,
            origins=origins,
            told=told,
            doubts=list(columns.doubts(raw, parsed)),
        )


def _fitting(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], width: int
) -> tuple[Sequence[Sequence[object]], Sequence[int], list[Row]]:
    """Separate the rows whose number of cells differs from the header's; blank ones are dropped."""
    if set(map(len, rows)) <= {width}:
        return rows, numbers, []
    fitting: list[Sequence[object]] = []
    kept: list[int] = []
    misfits: list[Row] = []
    for number, row in zip(numbers, rows, strict=True):
        if len(row) == width or (len(row) > width and not any(row[width:])):
            fitting.append(row[:width])
            kept.append(number)
        elif any(tidy(str(cell)) for cell in row if cell is not None):
            misfits.append(Row(number, row))
    return fitting, kept, misfits


def _misfit(raw: RawTable, row: Row) -> Problem:
    """Tell that a row has too many or too few cells."""
    cells, columns = len(row.cells), len(raw.columns)
    kind = "row_long" if cells > columns else "row_short"
    return Problem.of(kind, table=raw.table, file=raw.file, row=row.number, cells=cells, columns=columns)


def _is_blank(cells: Sequence[object]) -> bool:
    return not any(tidy(cell) if isinstance(cell, str) else cell is not None for cell in cells)


def _is_total(cells: Sequence[object]) -> bool:
    """Tell whether a cell says that the row holds sums."""
    return any(
        isinstance(cell, str) and "".join(cell.split()).rstrip(":：").lower() in TOTAL_WORDS for cell in cells
    )
