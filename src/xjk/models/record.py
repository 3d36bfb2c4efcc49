"""The base of all table models, and values that follow from other columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Unpack, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, model_validator

from xjk.models.columns import ColumnType, Stored
from xjk.models.problem import BadValue
from xjk.models.text import is_blank


@dataclass(frozen=True, slots=True)
class Derived:
    """Say how a column that was left out follows from others of its row.

    ``make`` takes the stored values of ``inputs`` and returns the stored value. Inputs named in ``optional`` may
    be None; without one of the others nothing is derived.

    ``sql`` says the same as an expression over the physical columns of the inputs, for engines that derive whole
    columns; where it is NULL, ``make`` decides.
    """

    column: str
    inputs: tuple[str, ...]
    make: Callable[..., Stored | None]
    sql: str
    optional: tuple[str, ...] = ()


class Record(BaseModel):
    """Be one row of a canonical table.

    Subclasses name the table, its Chinese title and its key columns; each field's title is its Chinese label and
    its type carries a ``ColumnType``. A field without a default is required.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, str_strip_whitespace=False
    )

    table: ClassVar[str] = ""
    zh: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    derived: ClassVar[tuple[Derived, ...]] = ()

    def __init_subclass__(
        cls,
        table: str = "",
        zh: str = "",
        key: tuple[str, ...] = (),
        derived: tuple[Derived, ...] = (),
        **config: Unpack[ConfigDict],
    ) -> None:
        """Keep what the class statement says of the table."""
        super().__init_subclass__(**config)
        cls.table, cls.zh, cls.key, cls.derived = table, zh, key, derived

    @classmethod
    def columns(cls) -> Mapping[str, ColumnType]:
        """Return the column types by column name, in the order of the contract."""
        return {name: _column_type(info.annotation, info.metadata) for name, info in cls.model_fields.items()}

    @classmethod
    def required(cls) -> frozenset[str]:
        """Return the columns that a source must supply: keys and required columns that do not follow from others."""
        derived = {rule.column for rule in cls.derived}
        return frozenset(
            name for name, info in cls.model_fields.items() if info.is_required() and name not in derived
        )

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any, info: ValidationInfo) -> Any:
        """Drop blank cells and add the values that follow from others."""
        if not isinstance(data, Mapping):
            return data
        given = dict(data)
        if info.mode == "python":
            given = {
                name: value
                for name, value in given.items()
                if not (isinstance(value, str) and is_blank(value))
            }
        types = cls.columns()
        for rule in cls.derived:
            if given.get(rule.column) is None:
                filled = rule.make(*inputs) if (inputs := _stored_inputs(rule, given, types)) else None
                if filled is None:
                    given.pop(rule.column, None)
                else:
                    given[rule.column] = _canonical(types[rule.column], filled)
        return given


def _canonical(kind: ColumnType, stored: Stored) -> object:
    return kind.render(stored) if kind.json_schema.get("type") == "string" else kind.value(stored)


def _stored_inputs(
    rule: Derived, given: Mapping[str, Any], types: Mapping[str, ColumnType]
) -> list[Stored | None] | None:
    """Return the stored inputs of a derivation, or None when one cannot be read (its own error tells)."""
    stored: list[Stored | None] = []
    for name in rule.inputs:
        if given.get(name) is None:
            if name not in rule.optional:
                return None
            stored.append(None)
            continue
        try:
            stored.append(types[name].coerce(given[name]))
        except BadValue:
            return None
    return stored


def _column_type(annotation: Any, metadata: list[Any]) -> ColumnType:
    """Find the ColumnType in a field's annotation, through ``| None``."""
    for item in metadata:
        if isinstance(item, ColumnType):
            return item
    for argument in get_args(annotation):
        for item in getattr(argument, "__metadata__", ()):
            if isinstance(item, ColumnType):
                return item
    raise TypeError(f"no column type in {annotation!r}")
