"""How the cells of one raw table become the columns of its relation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, repeat
from typing import NamedTuple, cast

from xjk.errors import TableError
from xjk.ledger.parsers import REFUSED, ColumnParser, DayTexts, Parsed, is_constant
from xjk.ledger.raw import FILE_COLUMN, PROBLEM_COLUMN, ROW_COLUMN, RawTable
from xjk.ledger.relations import SUFFIXES, table_relation
from xjk.ledger.store import Value
from xjk.models.masking import mask
from xjk.models.problem import Problem, encodable
from xjk.models.spreadsheet import rearm
from xjk.models.tables import TABLES
from xjk.models.text import tidy


class Row(NamedTuple):
    """Be one row looked at by itself."""

    number: int
    cells: Sequence[object]


class ParsedBatch(NamedTuple):
    """Hold the accepted rows of a batch, column by column, and the rows that were refused."""

    columns: dict[str, list[Parsed]]
    rows: Sequence[Sequence[object]]
    numbers: Sequence[int]
    refused: list[Row]
    accepted: int


class TableColumns:
    """Know how the cells of one raw table become the columns of its relation.

    Attributes:
        are_repairs: Whether each row says which row of another source it stands for.
        are_as_they_stand: Whether cells are texts to be read without more ado.
    """

    def __init__(self, raw: RawTable) -> None:
        self.model = TABLES[raw.table]
        self.relation = table_relation(raw.table)
        self.types = self.model.columns()
        required = self.model.required()
        _demand(raw, required)
        self.places = {
            column: place
            for place, column in enumerate(raw.columns)
            if column is not None and column not in (FILE_COLUMN, ROW_COLUMN, PROBLEM_COLUMN)
        }
        self._extra = {
            column: place for place, column in enumerate(raw.columns) if column in (FILE_COLUMN, ROW_COLUMN)
        }
        self.parsers = {
            column: ColumnParser(self.types[column], required=column in required)
            for column in (*self.places, *raw.constants)
        }
        self.constants = {
            column: self.parsers[column].column((text,))[0]
            for column, text in raw.constants.items()
            if column not in self.places
        }
        self._constant_texts = {column: raw.constants[column] for column in self.constants}
        self.supplied = {*self.places, *self.constants, *(rule.column for rule in self.model.derived)}
        self.are_repairs = len(self._extra) == 2
        self.are_as_they_stand = (
            not raw.typed and FILE_COLUMN not in raw.columns and REFUSED not in self.constants.values()
        )
        self._typed = raw.typed
        self._armoured = FILE_COLUMN in raw.columns
        self._days = DayTexts()
        self._derived_memo: dict[str, dict[object, Parsed]] = {rule.column: {} for rule in self.model.derived}

    def parse(self, rows: Sequence[Sequence[object]], numbers: Sequence[int]) -> ParsedBatch:
        """Parse the rows of a batch; every row has the right number of cells."""
        if not rows:
            return ParsedBatch({}, rows, numbers, [], 0)
        if self._armoured:
            rows = [[rearm(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        cells = list(zip(*rows, strict=True))
        parsed: dict[str, list[Parsed]] = {}
        clean = True
        for column, place in self.places.items():
            parser = self.parsers[column]
            parsed[column] = parser.typed_column(cells[place]) if self._typed else parser.column(cells[place])
            clean = clean and not parser.refused
        refused: list[Row] = []
        if not clean or REFUSED in self.constants.values():
            keep = [
                REFUSED not in row
                for row in zip(numbers, *parsed.values(), *map(repeat, self.constants.values()), strict=False)
            ]
            refused = [
                Row(number, row) for number, row, kept in zip(numbers, rows, keep, strict=True) if not kept
            ]
            parsed = {column: list(compress(values, keep)) for column, values in parsed.items()}
            rows, numbers = list(compress(rows, keep)), list(compress(numbers, keep))
            for parser in self.parsers.values():
                parser.forget()
        for column, value in self.constants.items():
            parsed[column] = [value] * len(rows)
        self._derive(parsed, len(rows))
        return ParsedBatch(parsed, rows, numbers, refused, len(rows))

    def _derive(self, parsed: dict[str, list[Parsed]], count: int) -> None:
        """Add the values that follow from others where they were left out."""
        for rule in self.model.derived:
            given = parsed.get(rule.column)
            if given is not None and None not in given:
                continue
            inputs = [parsed.get(name) or [None] * count for name in rule.inputs]
            if len(inputs) == 1:
                memo = self._derived_memo[rule.column]
                made: list[Parsed] = []
                for value in inputs[0]:
                    if value not in memo:
                        memo[value] = rule.make(value)
                    made.append(memo[value])
            else:
                made = list(map(rule.make, *inputs))
            parsed[rule.column] = (
                made
                if given is None
                else [new if old is None else old for old, new in zip(given, made, strict=True)]
            )

    def physical(self, parsed: ParsedBatch) -> dict[str, Sequence[Value]]:
        """Return the physical columns that hold anything, by name."""
        columns: dict[str, Sequence[Value]] = {}
        for column, parsed_values in parsed.columns.items():
            values = cast("list[Value]", parsed_values)
            if values[0] is None and is_constant(values):
                continue
            kind = self.types[column]
            if kind.name == "date":
                columns[column] = list(map(self._days.__getitem__, cast("list[int | None]", values)))
                columns[column + "_day"] = values
            else:
                columns[column + SUFFIXES.get(kind.name, "")] = values
        return columns

    def doubts(self, raw: RawTable, parsed: ParsedBatch) -> Iterable[Problem]:
        """Yield the warnings that accepted values deserve."""
        for column, place in self.places.items():
            doubted = self.parsers[column].doubted
            if not doubted:
                continue
            for row, number in zip(parsed.rows, parsed.numbers, strict=True):
                text = row[place]
                if text in doubted:
                    yield self._problem(raw, doubted[text], column, text, number)

    def doubted(self, raw: RawTable, column: str, text: str, row: int) -> Problem:
        """Return the warning that one accepted text deserves."""
        kind = self.types[column]
        doubt = kind.doubt(kind.read(text)) if kind.doubt else None
        return self._problem(raw, doubt or "", column, text, row)

    def problems(self, raw: RawTable, row: Row) -> list[Problem]:
        """Return everything that is wrong with one refused row."""
        found: list[Problem] = []
        for column, place in self.places.items():
            if bad := self.parsers[column].reason(row.cells[place]):
                found.append(self._problem(raw, bad.kind, column, row.cells[place], row.number, bad.slots))
        for column, text in self._constant_texts.items():
            if bad := self.parsers[column].reason(text):
                found.append(self._problem(raw, bad.kind, column, text, row.number, bad.slots))
        return found

    def _problem(
        self,
        raw: RawTable,
        kind: str,
        column: str,
        cell: object,
        row: int,
        slots: Mapping[str, object] | None = None,
    ) -> Problem:
        text = _text(cell)[:80]
        shown = mask(tidy(text)) if self.types[column].personal else text
        return Problem.of(
            kind, table=raw.table, file=raw.file, row=row, column=column, value=shown, **(slots or {})
        )

    def lacks_required(self, cells: Sequence[object]) -> bool:
        """Tell whether a required cell is blank."""
        return any(
            self.parsers[column].required and not tidy(_text(cells[place]))
            for column, place in self.places.items()
        )

    def texts(self, cells: Sequence[object]) -> dict[str, str]:
        """Return the cells of a row as text by canonical column, constants included."""
        texts = dict(self._constant_texts)
        texts |= {
            column: _text(cells[place])
            for column, place in {**self.places, **self._extra}.items()
            if place < len(cells)
        }
        return texts

    def cells(self, rows: Sequence[Sequence[object]], column: str) -> list[object]:
        """Return the cells of one of the columns that say where a row came from."""
        return [row[self._extra[column]] for row in rows]


def _text(cell: object) -> str:
    """Return a cell as text that can be kept."""
    try:
        return "" if cell is None else encodable(str(cell))
    except ValueError:  # a whole number of more digits than Python writes
        return type(cell).__name__


def _demand(raw: RawTable, required: frozenset[str]) -> None:
    """Refuse a table that lacks a key or required column.

    Raises:
        TableError: names every missing column in both languages.
    """
    model = TABLES[raw.table]
    missing = [
        name for name in model.model_fields if name in required and name not in {*raw.columns, *raw.constants}
    ]
    if missing:
        zh = "、".join(f"{model.model_fields[name].title}（{name}）" for name in missing)
        raise TableError(
            zh=f"表 {raw.table}（{model.zh}）缺少必需的列：{zh}。",
            en=f"Table {raw.table} lacks required columns: {', '.join(missing)}.",
            where=raw.file,
            hint_zh="请补上该列，或用映射文件指明它对应的列（xjk map --suggest 可起草）。",
            hint_en="Add the columns, or name them in a mapping file (xjk map --suggest drafts one).",
        )
