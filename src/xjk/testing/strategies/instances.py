"""Models of every kind by class."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis.strategies import SearchStrategy

from xjk.models.record import Record
from xjk.testing.strategies.documents import documents
from xjk.testing.strategies.rows import model_rows

T = TypeVar("T")


def models(kind: type[T]) -> SearchStrategy[T]:
    """Return instances of a table model, such as VoucherLine, or of a document, such as Finding.

    Raises:
        UserError: at once, when the class is neither.
    """
    drawn: SearchStrategy[Any] = (
        model_rows(kind) if isinstance(kind, type) and issubclass(kind, Record) else documents(kind)
    )
    return drawn
