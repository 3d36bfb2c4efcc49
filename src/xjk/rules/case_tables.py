"""The tables of a case: CSV text with only the columns that matter, completed from the defaults of the file."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence

from xjk.errors import RuleFolderError
from xjk.models.columns import ColumnType
from xjk.models.nearest import suggestion
from xjk.models.problem import BadValue
from xjk.models.record import Record
from xjk.models.rule import Model
from xjk.models.tables import TABLES
from xjk.rules import faults
from xjk.rules.faults import Places, fault, value_texts


class CaseTable(Model):
    """Hold the rows of one canonical table in a case, as text; an empty cell is an empty value."""

    columns: tuple[str, ...]
    """Canonical columns, those of the case first and then those filled from the defaults."""
    rows: tuple[tuple[str, ...], ...]
    """Rows in the order of the file."""

    def records(self) -> list[dict[str, str]]:
        """Return each row as a mapping from column to text."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def keys(self, table: str) -> frozenset[str] | None:
        """Return the keys of the rows as evidence writes them; None when a key column follows from others."""
        model = TABLES[table]
        if not set(model.key) <= set(self.columns):
            return None
        types = model.columns()
        return frozenset(
            "|".join(_key_part(types[column], record[column]) for column in model.key)
            for record in self.records()
        )


class TableReader:
    """Reads the tables of one file of cases."""

    def __init__(self, places: Places, defaults: Mapping[str, object]) -> None:
        self._places = places
        self.errors: list[RuleFolderError] = []
        self._defaults = {table: self._checked(table, columns) for table, columns in defaults.items()}

    def read(
        self, table: str, block: object, path: faults.Path, *, complete: bool
    ) -> tuple[CaseTable, list[RuleFolderError]]:
        """Return the table written in `block` and what is wrong with it.

        With `complete`, columns that the table requires must be there, in the block or the defaults.
        """
        line = self._places.line(path)
        where = self._places.where(path)
        if not isinstance(block, str) or not block.strip():
            wrong = fault(
                where,
                "表应写成 CSV 文字，首行是列名。",
                "A table is CSV text that starts with its column names.",
                f"写成 {table}: | 加缩进的各行。",
                f"Write {table}: | and the lines indented below it.",
            )
            return CaseTable(columns=(), rows=()), [wrong]
        records = csv.reader(block.strip("\n").split("\n"), strict=True)
        try:
            numbered = [(records.line_num, record) for record in records if record]
        except csv.Error as error:
            wrong = fault(
                f"{self._places.file}:{line + records.line_num}",
                f"CSV 有误：{error}。",
                f"Not valid CSV: {error}.",
            )
            return CaseTable(columns=(), rows=()), [wrong]
        header = tuple(cell.strip() for cell in numbered[0][1])
        model = TABLES[table]
        errors = self._header_faults(table, model, header, where)
        if errors:
            return CaseTable(columns=(), rows=()), errors
        filled = {
            column: text for column, text in self._defaults.get(table, {}).items() if column not in header
        }
        missing = sorted(model.required() - set(header) - filled.keys())
        if complete and missing:
            errors.append(
                fault(
                    where,
                    f"缺少必填列 {'、'.join(missing)}。",
                    f"The required columns {', '.join(missing)} are missing.",
                    "写在表头或 defaults 中。",
                    "Give them in the header or in defaults.",
                )
            )
        rows: list[tuple[str, ...]] = []
        types = model.columns()
        for number, record in numbered[1:]:
            place = f"{self._places.file}:{line + number}"
            errors += _row_faults(header, record, types, place)
            if len(record) == len(header):
                rows.append((*(cell.strip() for cell in record), *filled.values()))
        return CaseTable(columns=(*header, *filled), rows=tuple(rows)), errors

    def _header_faults(
        self, table: str, model: type[Record], header: Sequence[str], where: str
    ) -> list[RuleFolderError]:
        errors = [
            _unknown_column(table, model, column, where)
            for column in header
            if column not in model.model_fields
        ]
        if len(set(header)) != len(header):
            errors.append(fault(where, "表头有重复的列。", "A column stands twice in the header."))
        return errors

    def _checked(self, table: str, columns: object) -> dict[str, str]:
        """Return the defaults of one table; what is wrong with them is added to ``errors``."""
        path: faults.Path = ("defaults", table)
        model = TABLES.get(table)
        if model is None:
            where = self._places.where(path)
            self.errors.append(
                fault(where, "没有这个表。", "There is no such table.", *suggestion(table, TABLES))
            )
            return {}
        if not isinstance(columns, dict):
            where = self._places.where(path)
            self.errors.append(
                fault(where, "应是键值对：列名: 值。", "It must be a mapping from column to value.")
            )
            return {}
        types = model.columns()
        kept: dict[str, str] = {}
        for column, text in columns.items():
            if column in types and isinstance(text, str):
                kept[column] = text
                place = self._places.where((*path, column))
                self.errors += _row_faults((column,), (text,), types, place)
            else:
                self.errors.append(_unknown_column(table, model, column, self._places.where((*path, column))))
        return kept


def _unknown_column(table: str, model: type[Record], column: str, where: str) -> RuleFolderError:
    return fault(
        where,
        f"表 {table} 没有列“{column}”。",
        f'The table {table} has no column "{column}".',
        *suggestion(column, model.model_fields),
    )


def _row_faults(
    header: Sequence[str], record: Sequence[str], types: Mapping[str, ColumnType], where: str
) -> list[RuleFolderError]:
    if len(record) != len(header):
        wrong = fault(
            where,
            f"该行有 {len(record)} 个单元格，表头有 {len(header)} 个。",
            f"The row has {len(record)} cells, the header {len(header)}.",
            "补齐或删去单元格；含逗号的文字加双引号。",
            "Add or remove cells; quote text that holds a comma.",
        )
        return [wrong]
    errors: list[RuleFolderError] = []
    for column, cell in zip(header, record, strict=True):
        try:
            if cell.strip():
                types[column].read(cell)
        except BadValue as bad:
            zh, en = value_texts(bad)
            errors.append(fault(f"{where}: {column}", zh, en))
    return errors


def _key_part(kind: ColumnType, text: str) -> str:
    try:
        return kind.render(kind.read(text)) if text else ""
    except BadValue:
        return text
