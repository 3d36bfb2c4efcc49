"""How canonical columns lie in a DataFrame, and which of their values are canonical beyond doubt.

Each column of a table has a cell (the value as Spark gives it to Python) and a stored value. Where Spark can tell that a
cell is in canonical form, it computes the stored value itself; the other rows go through the parsers of the record
path. The tests here may therefore be narrow, but never wide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sf
from pyspark.sql.types import DataType, DecimalType

from xjk.errors import TableError
from xjk.ledger.relations import SUFFIXES
from xjk.models.columns import ColumnType
from xjk.models.money import MAX_FEN
from xjk.models.tables import TABLES
from xjk.models.text import MAX_CODE, MAX_TEXT

ROW_COLUMN = "_row"
"""A column of whole numbers from 1 that says which row of its source a row is; optional."""

_HAN = r"\x{4e00}-\x{9fff}"
_SIGNS = r"\x{a1}-\x{ac}\x{b0}-\x{167f}\x{2010}-\x{2027}\x{2030}-\x{2057}\x{2e80}-\x{2fdf}\x{3001}-\x{4dff}\x{fe30}-\x{fe4f}\x{ff01}-\x{ffe6}"
_CODE = rf"\A[!-~{_HAN}](?:[ -~{_HAN}]*[!-~{_HAN}])?\z"
_UPPER = r"\A[!-`{-~](?:[ -`{-~]*[!-`{-~])?\z"
_ACCOUNT = rf"\A[!-,./-~{_HAN}]+\z"
_TEXT = rf"\A[!-~{_HAN}{_SIGNS}](?:[ -~{_HAN}{_SIGNS}]*[!-~{_HAN}{_SIGNS}])?\z"
_PATTERNS = {"code": _CODE, "uscc": _UPPER, "idno": _UPPER, "acct": _ACCOUNT, "text": _TEXT}
_WHOLE = ("tinyint", "smallint", "int", "bigint")
_FAMILIES = {
    "text": ("string",), "enum": ("string",), "code": ("string", *_WHOLE), "uscc": ("string", *_WHOLE), "idno": ("string", *_WHOLE),
    "acct": ("string", *_WHOLE), "date": ("date", "timestamp", "timestamp_ntz", "string"), "money": ("decimal", "string"),
    "number": ("decimal", "string", *_WHOLE), "int": ("string", *_WHOLE), "bool": ("boolean", "string", *_WHOLE),
}  # fmt: skip
"""Types of Spark that a column of each canonical type may have."""


class Given(NamedTuple):
    """Be one table of the caller's.

    Attributes:
        table: Canonical table.
        name: What messages call it.
        frame: Its rows.
        places: Canonical columns it has, each with the column it lies in: its own, or the physical one (``amount_fen``).
        row: Column that numbers the rows, or None.
    """

    table: str
    name: str
    frame: DataFrame
    places: Mapping[str, str]
    row: str | None

    @classmethod
    def of(cls, table: str, name: str, frame: DataFrame) -> Given:
        """Find the canonical columns of a DataFrame; upper and lower case are the same.

        Raises:
            TableError: when the type of a column cannot hold its values exactly, as that of a float cannot.
        """
        spelled = {column.lower(): column for column in frame.columns}
        places = {
            column: place
            for column, kind in TABLES[table].columns().items()
            if (place := spelled.get(column) or spelled.get(column + SUFFIXES.get(kind.name, "")))
        }
        given = cls(table, name, frame, places, spelled.get(ROW_COLUMN))
        for column in places:
            read_cell(given, column)
        return given


class Cell(NamedTuple):
    """Be one canonical column of a DataFrame.

    Attributes:
        cell: The value for Python.
        is_canonical: Whether Spark can compute the stored value; NULL and False both say no.
        stored: The stored value where it can, else anything.
    """

    cell: Column
    is_canonical: Column
    stored: Column


def read_cell(given: Given, column: str) -> Cell:
    """Say how a canonical column is read from a table.

    Raises:
        TableError: when its type cannot hold its values exactly.
    """
    kind, place = TABLES[given.table].columns()[column], given.places[column]
    type_ = given.frame.schema[place].dataType
    value = sf.col(f"`{place}`")
    if place.lower() != column:
        return _physical(given, place, kind, type_, value)
    family = type_.simpleString().partition("(")[0]
    family = "string" if family in ("varchar", "char") else family
    if family not in _FAMILIES[kind.name]:
        raise _wrong_type(given, place, type_, _FAMILIES[kind.name])
    return _READ[kind.name](_Typed(kind, family, value))


def _physical(given: Given, place: str, kind: ColumnType, type_: DataType, value: Column) -> Cell:
    """Read money in fen, or numbers in millionths."""
    if type_.simpleString() not in _WHOLE:
        raise _wrong_type(given, place, type_, _WHOLE)
    places, limit = (2, MAX_FEN) if kind.name == "money" else (6, 10**18 - 1)
    scaled = (value.cast("decimal(38,6)") / sf.lit(10**places)).cast(DecimalType(38, places))
    return Cell(scaled, sf.abs(value.cast("decimal(20,0)")) <= sf.lit(limit), value.cast("bigint"))


class _Typed(NamedTuple):
    """Be a column with its canonical type and the family of its type in Spark."""

    kind: ColumnType
    family: str
    value: Column


def _text(typed: _Typed) -> Cell:
    text = typed.value.cast("string")
    longest = MAX_TEXT if typed.kind.name == "text" else MAX_CODE
    return Cell(typed.value, text.rlike(_PATTERNS[typed.kind.name]) & (sf.length(text) <= longest), text)


def _choice(typed: _Typed) -> Cell:
    return Cell(typed.value, typed.value.isin(*typed.kind.choices), typed.value)


def _date(typed: _Typed) -> Cell:
    """Read a date; the stored value is the ISO text, from which the day number follows."""
    day = typed.value.try_cast("date")
    in_range = day.between(sf.lit("1900-01-01").cast("date"), sf.lit("2099-12-31").cast("date"))
    if typed.family == "string":
        in_range &= typed.value.rlike(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")
    return Cell(typed.value, in_range, day.cast("string"))


def _scaled(decimal: str, pattern: str, factor: int) -> Callable[[_Typed], Cell]:
    """Return how a number of so many decimals is read: exactly, or not by Spark."""

    def read(typed: _Typed) -> Cell:
        exact = typed.value.try_cast(decimal)
        same = typed.value.rlike(pattern) if typed.family == "string" else exact == typed.value
        return Cell(typed.value, exact.isNotNull() & same, (exact * factor).cast("bigint"))

    return read


def _integer(typed: _Typed) -> Cell:
    number = typed.value.try_cast("bigint")
    plain = sf.abs(number.cast("decimal(20,0)")) < sf.lit(10**18)
    if typed.family == "string":
        plain &= typed.value.rlike(r"\A-?[0-9]{1,18}\z")
    return Cell(typed.value, plain, number)


def _truth(typed: _Typed) -> Cell:
    if typed.family == "boolean":
        return Cell(typed.value, typed.value.isNotNull(), typed.value.cast("bigint"))
    text = typed.value.cast("string")  # 0 and 1 are how databases keep truth
    return Cell(text, text.isin("0", "1"), text.try_cast("bigint"))


_READ = {
    "text": _text, "code": _text, "uscc": _text, "idno": _text, "acct": _text, "enum": _choice, "date": _date,
    "money": _scaled("decimal(15,2)", r"\A-?[0-9]{1,13}\.[0-9]{2}\z", 100), "number": _scaled("decimal(18,6)", r"\A-?[0-9]{1,12}(?:\.[0-9]{1,6})?\z", 1_000_000), "int": _integer, "bool": _truth,
}  # fmt: skip


def _wrong_type(given: Given, place: str, type_: DataType, asked: tuple[str, ...]) -> TableError:
    return TableError(
        zh=f"列 {place} 的类型是 {type_.simpleString()}，应为 {'、'.join(asked)}。",
        en=f"The column {place} has the type {type_.simpleString()}; it should be {' or '.join(asked)}.",
        where=given.name,
        hint_zh="金额请用 decimal(18,2)，或以分为单位的 bigint 列（<列>_fen）；浮点数不精确。",
        hint_en="Give money as decimal(18,2), or as a bigint column of fen (<column>_fen); floats are not exact.",
    )
