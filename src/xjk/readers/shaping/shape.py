"""Turn the records of a grid into the records of a canonical table, column by column.

The common case, a file whose columns are those of the table under other names, costs nothing: its rows pass
through untouched. Otherwise the columns made are computed a batch at a time, each distinct value once, and set
behind the cells the row already has. Rows of the wrong length keep a wrong length, so that they are quarantined
with what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import concat
from typing import Any

from xjk.ledger.raw import Batch, RawTable
from xjk.models.problem import Problem
from xjk.models.tables import TABLES
from xjk.readers.grid import Grid
from xjk.readers.shaping.forms import FORMS
from xjk.readers.shaping.headers import PROVENANCE, parts
from xjk.readers.shaping.pieces import Cell, Frame, Piece, combined
from xjk.readers.shaping.statement import read_statement


def shape(
    grid: Grid,
    table: str,
    pieces: Mapping[str, Piece],
    *,
    constants: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> RawTable:
    """Return the stream of canonical records that the pieces make of a grid.

    ``pieces`` are keyed by canonical column or part; forms turn the parts into columns.
    """
    made = _with_forms(table, dict(pieces), constants or {})
    notes = [*grid.problems, *problems]
    if table == "bank_transaction":
        notes += read_statement(grid, pieces, made, constants or {})
    columns: list[str | None] = [None] * len(grid.headers)
    extra: dict[str, Piece] = {}
    for name, piece in made.items():
        if isinstance(piece, Cell) and columns[piece.index] is None:
            columns[piece.index] = name
        else:
            extra[name] = piece
    width = len(columns)
    start = partial(_reshaped, grid.batches, tuple(extra.values()), width) if extra else grid.batches
    return RawTable(
        table=table,
        file=grid.file,
        columns=(*columns, *extra),
        batches=start,
        constants=dict(constants or {}),
        problems=tuple(notes),
        furniture=grid.furniture,
        at_rest=None if extra else grid.at_rest,
    )


def _with_forms(table: str, pieces: dict[str, Piece], constants: Mapping[str, str]) -> dict[str, Piece]:
    """Apply the forms of a table and drop the parts."""
    present = pieces.keys() | constants.keys()
    made: dict[str, Piece] = {}
    for form in FORMS.get(table, ()):
        if all(need in pieces for need in form.needs) and not present.intersection(form.unless):
            made[form.column] = combined([pieces[need] for need in form.needs], form.make)
    known = TABLES[table].model_fields
    kept = {name: piece for name, piece in pieces.items() if name in known or name in PROVENANCE}
    return kept | made


def _reshaped(batches: Callable[[], Iterator[Batch]], extra: Sequence[Piece], width: int) -> Iterator[Batch]:
    """Set the computed cells behind the cells of each row."""
    for batch in batches():
        rows, numbers = batch.rows, batch.numbers
        if set(map(len, rows)) == {width} and all(map(any, rows)):
            cells = [piece(Frame(list(zip(*rows, strict=True)), numbers)) for piece in extra]
            added = map(list, zip(*cells, strict=True))
            yield Batch(list(map(concat, map(list, rows), added)), numbers)
        else:
            yield Batch(_uneven(rows, numbers, extra, width), numbers)


def _uneven(
    rows: Sequence[Sequence[object]], numbers: Sequence[int], extra: Sequence[Piece], width: int
) -> list[Sequence[object]]:
    """Shape a batch with blank rows or rows of the wrong length: those stay blank, or wrong."""
    trimmed = [_trim(row, width) for row in rows]
    good = [index for index, row in enumerate(trimmed) if len(row) == width and any(map(str.strip, row))]
    columns = list(zip(*(trimmed[index] for index in good), strict=True)) or [()] * width
    frame = Frame(columns, [numbers[index] for index in good])
    cells = zip(*(piece(frame) for piece in extra), strict=True)
    added = dict(zip(good, cells, strict=True))
    return [_finished(row, added.get(index), len(extra), width) for index, row in enumerate(trimmed)]


def _trim(row: Sequence[Any], width: int) -> list[str]:
    """Drop empty cells beyond the header; spreadsheets leave them behind."""
    cells = list(row)
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells


def _finished(row: list[str], added: tuple[str, ...] | None, extra: int, width: int) -> Sequence[object]:
    if added is not None:
        return [*row, *added]
    if not any(map(str.strip, row)):
        return []
    return row if len(row) < width else [*row, *[""] * extra]


def part_names(table: str) -> tuple[str, ...]:
    """Return every name a piece of a table may have: its columns, its parts and the provenance columns."""
    return (*TABLES[table].model_fields, *parts(table), *PROVENANCE)
