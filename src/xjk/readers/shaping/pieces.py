"""Columns in the making: a piece computes one column of a batch from the columns of the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MEMO_LIMIT = 200_000
"""Distinct values of one column whose conversion is kept; further ones are converted each time."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold one batch by columns."""

    columns: Sequence[Sequence[str]]
    numbers: Sequence[int]


Piece = Callable[[Frame], Sequence[str]]
"""Computes one column of a batch."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Take a column as it stands."""

    index: int

    def __call__(self, frame: Frame) -> Sequence[str]:
        """Return the column."""
        return frame.columns[self.index]


class Memo(dict[Any, str]):
    """Keep the results of a function of one argument, up to a limit."""

    def __init__(self, function: Callable[[Any], str]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: Any) -> str:
        """Compute the result of a key met for the first time."""
        value = self._function(key)
        if len(self) < MEMO_LIMIT:
            self[key] = value
        return value


def converted(piece: Piece, function: Callable[[str], str]) -> Piece:
    """Return the piece with every value put through a function."""
    memo = Memo(function)
    return lambda frame: [memo[text] for text in piece(frame)]


def combined(pieces: Sequence[Piece], function: Callable[..., str]) -> Piece:
    """Return the piece made from several columns, value by value."""
    memo = Memo(lambda values: function(*values))
    return lambda frame: [memo[values] for values in zip(*(piece(frame) for piece in pieces), strict=True)]
