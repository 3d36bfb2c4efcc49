"""Rows of the canonical tables, as canonical text by column and as models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xjk.models.columns import ColumnType, Stored
from xjk.models.problem import BadValue
from xjk.models.record import Derived, Record
from xjk.testing.strategies.arguments import check_column, check_table, refused
from xjk.testing.strategies.columns import values
from xjk.testing.strategies.pools import ACCOUNT_CODES

Row = dict[str, str]
"""One row: canonical text by column; a column that is left out is empty."""

R = TypeVar("R", bound=Record)

IN_ORDER = (
    ("starts_on", "ends_on"),
    ("eligible_from", "eligible_to"),
    ("valid_from", "valid_to"),
    ("first_no", "last_no"),
)
"""Columns of which the first is not beyond the second."""


def records(table: str, /, **fixed: str | SearchStrategy[str] | None) -> SearchStrategy[Row]:
    """Return rows of a table as mappings from column to canonical text.

    Columns that follow from others are left out or follow; spans do not end before they start.

    Args:
        table: Name of one of the canonical tables.
        **fixed: Columns that are given: a value, a strategy of values, or None to leave an optional column out.

    Raises:
        UserError: at once, for a table, a column or a value that does not exist there.
    """
    model = check_table("records", table)
    types = model.columns()
    given = {column: _given(model, column, value) for column, value in fixed.items()}
    drawn = {column: _free(column, kind) for column, kind in types.items() if column not in given}
    drawn |= {column: value for column, value in given.items() if value is not None}
    needed = model.required() | given.keys()
    return _rows(
        model,
        st.fixed_dictionaries(
            {column: value for column, value in drawn.items() if column in needed},
            optional={
                column: value
                for column, value in drawn.items()
                if column not in needed | {derived.column for derived in model.derived}
            },
        ),
        frozenset(given),
    )


def _free(column: str, kind: ColumnType) -> SearchStrategy[str]:
    """Return any value of a column; codes that say something are among those of accounts."""
    return st.sampled_from(ACCOUNT_CODES) | values(kind) if column == "account_code" else values(kind)


def model_rows(model: type[R]) -> SearchStrategy[R]:
    """Return rows of a table as its models."""
    return records(model.table).map(model.model_validate)


@st.composite
def _rows(draw: DrawFn, model: type[Record], cells: SearchStrategy[Row], given: frozenset[str]) -> Row:
    """Return rows whose columns agree with one another."""
    row = put_in_order(draw(cells), model.columns(), given)
    for derived in model.derived:
        if derived.column not in given and draw(st.booleans()):
            row |= _followed(derived, row, model.columns())
    return {column: row[column] for column in model.model_fields if column in row}


def put_in_order(
    row: Row, types: Mapping[str, ColumnType], given: frozenset[str] | set[str] = frozenset()
) -> Row:
    """Return a row whose spans do not end before they start; columns that are `given` stay as they are."""
    row = dict(row)
    for first, last in IN_ORDER:
        if first not in row or last not in row or {first, last} <= given:
            continue
        early, late = sorted((row[first], row[last]), key=types[first].read)
        if first in given:
            row[last] = max(row[first], row[last], key=types[first].read)
        elif last in given:
            row[first] = min(row[first], row[last], key=types[first].read)
        else:
            row[first], row[last] = early, late
    return row


def _followed(derived: Derived, row: Row, types: Mapping[str, ColumnType]) -> Row:
    """Return the column that follows from the others, as far as it does."""
    inputs: list[Stored | None] = []
    for name in derived.inputs:
        if name not in row and name not in derived.optional:
            return {}
        inputs.append(types[name].read(row[name]) if name in row else None)
    stored = derived.make(*inputs)
    return {} if stored is None else {derived.column: types[derived.column].render(stored)}


def _given(
    model: type[Record], column: str, value: str | SearchStrategy[str] | None
) -> SearchStrategy[str] | None:
    """Return a column that is given as a strategy of canonical text."""
    types = model.columns()
    check_column("records", model, column, types)
    call = f"records({model.table!r}, {column}={value!r})"
    if value is None:
        if column in model.required():
            raise refused(
                call,
                f"列 {column} 必填，不能省略。",
                f"The column {column} is required and cannot be left out.",
                "给出一个值，或不提这一列。",
                "Give a value, or do not name the column.",
            )
        return None
    if isinstance(value, SearchStrategy):
        return value
    try:
        return st.just(types[column].render(types[column].coerce(value)))
    except BadValue as bad:
        raise refused(
            call,
            f"{value!r} 不是列 {column} 的值。",
            f"{value!r} is no value of the column {column}: {bad}",
            "按该列的写法给出。",
            "Write it as the column is written.",
        ) from bad
