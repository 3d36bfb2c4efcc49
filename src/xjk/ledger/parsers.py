"""Column parsers compiled from the models.

A parser is a memo from the text of a cell to its stored value, so that a column is parsed by one ``map`` in C and
each distinct text is read once. What a text means is decided by the model's ``ColumnType`` alone; the memo adds only
blank cells and which texts were refused or doubted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from xjk.models.columns import ColumnType, Stored
from xjk.models.dates import day_text
from xjk.models.problem import BadValue
from xjk.models.text import is_blank

MEMO_LIMIT: Final = 50_000
"""Distinct texts after which a memo starts anew with the next batch, so memory does not grow with the file."""


class _Refused:
    """Stand for a value that was refused."""

    def __repr__(self) -> str:
        return "REFUSED"


REFUSED: Final = _Refused()

Parsed = Stored | None | _Refused


class ColumnParser(dict[str, Parsed]):
    """Read the cells of one column.

    Attributes:
        refused: Texts, and types of other cells, refused since the last ``forget``, with the reason.
        doubted: Cells of this batch, and texts in the memo, that deserve a warning, with its kind.
    """

    def __init__(self, kind: ColumnType, *, required: bool) -> None:
        super().__init__()
        self.kind, self.required = kind, required
        self.refused: dict[object, BadValue] = {}
        self.doubted: dict[object, str] = {}
        self._mostly_new = False

    def __missing__(self, text: str) -> Parsed:
        """Read a text met for the first time; refused texts are not remembered, so that each is reported."""
        if is_blank(text):
            if self.required:
                self.refused[text] = BadValue("missing")
                return REFUSED
            self[text] = None
            return None
        try:
            stored = self.kind.read(text)
        except BadValue as bad:
            self.refused[text] = bad
            return REFUSED
        self[text] = stored
        if self.kind.doubt is not None and (doubt := self.kind.doubt(stored)):
            self.doubted[text] = doubt
        return stored

    def column(self, cells: Sequence[str]) -> list[Parsed]:
        """Read the texts of a column."""
        self._renew()
        if is_constant(cells):
            return [self[cells[0]]] * len(cells)
        if self._mostly_new and self.kind.bulk is not None and not (self.required and "" in cells):
            bulk = self.kind.bulk(cells)
            if bulk is not None:
                return cast("list[Parsed]", bulk)
        before = len(self)
        parsed = list(map(self.__getitem__, cells))
        self._mostly_new = (len(self) - before) * 6 > len(cells)
        return parsed

    def typed_column(self, cells: Sequence[object]) -> list[Parsed]:
        """Read cells that may be Python values."""
        self._renew()
        return [self[cell] if isinstance(cell, str) else self._value(cell) for cell in cells]

    def _renew(self) -> None:
        """Start a full memo anew; only between batches, because the doubts of a batch are told at its end."""
        if len(self) >= MEMO_LIMIT or len(self.doubted) >= MEMO_LIMIT:
            self.clear()
            self.doubted.clear()

    def _value(self, cell: object) -> Parsed:
        if cell is None:
            if self.required:
                self.refused[None] = BadValue("missing")
                return REFUSED
            return None
        try:
            stored = self.kind.from_python(cell)
        except BadValue as bad:
            self.refused[type(cell)] = bad
            return REFUSED
        if self.kind.doubt is not None and (doubt := self.kind.doubt(stored)):
            self.doubted[cell] = doubt
        return stored

    def reason(self, cell: object) -> BadValue | None:
        """Return why a cell is refused, or None when it is not."""
        before = self.refused
        self.refused = {}
        parsed = self[cell] if isinstance(cell, str) else self._value(cell)
        bad = next(iter(self.refused.values()), None) if parsed is REFUSED else None
        self.refused = before
        return bad

    def forget(self) -> None:
        """Forget what was refused; a batch is done."""
        self.refused.clear()


def is_constant(values: Sequence[object]) -> bool:
    """Tell whether all values of a column are equal; the last is looked at first, as few columns get past it."""
    return values[0] == values[-1] and values.count(values[0]) == len(values)


class DayTexts(dict[int | None, str | None]):
    """Remember the ISO text of each day number; there are only some ten thousand days in use."""

    def __missing__(self, day: int | None) -> str | None:
        text = None if day is None else day_text(day)
        self[day] = text
        return text
