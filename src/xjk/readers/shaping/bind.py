"""Bind a grid to the canonical table its headers belong to."""

from __future__ import annotations

from xjk.ledger.raw import RawTable
from xjk.models.tables import TABLES
from xjk.readers.grid import Grid
from xjk.readers.shaping.headers import match_headers
from xjk.readers.shaping.pieces import Cell, Piece, converted
from xjk.readers.shaping.shape import shape
from xjk.readers.shaping.units import in_base_unit


def bind(grid: Grid, table: str) -> RawTable:
    """Return the grid as a stream of one canonical table, its columns recognised by their headers."""
    match = match_headers(table, grid.headers, grid.file)
    pieces: dict[str, Piece] = {}
    for index, (column, unit) in enumerate(zip(match.columns, match.units, strict=True)):
        if column is not None:
            pieces[column] = in_yuan(table, column, Cell(index), unit)
    return shape(grid, table, pieces, problems=match.problems)


def in_yuan(table: str, column: str, piece: Piece, unit: str | None) -> Piece:
    """Return a column with its unit resolved: amounts in yuan, ratios as fractions."""
    change = in_base_unit(unit, column_kind(table, column), column) if unit else None
    return converted(piece, change) if change else piece


def column_kind(table: str, column: str) -> str:
    """Return the type of a column; parts are amounts or text."""
    kinds = TABLES[table].columns()
    return kinds[column].name if column in kinds else "money"
