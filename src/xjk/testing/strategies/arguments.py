"""Arguments of strategies, checked when the strategy is made and not when it is drawn from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xjk.errors import UserError
from xjk.models.columns import ColumnType
from xjk.models.nearest import suggestion
from xjk.models.problem import BadValue
from xjk.models.record import Record
from xjk.models.tables import TABLES


def refused(call: str, zh: str, en: str, hint_zh: str, hint_en: str) -> UserError:
    """Make the error for an argument; `call` is how the call was written."""
    return UserError(zh=zh, en=en, where=call, hint_zh=hint_zh, hint_en=hint_en)


def check_whole(function: str, name: str, value: object, low: int, high: int) -> int:
    """Return a whole number between two others.

    Raises:
        UserError: when it is no whole number or lies outside.
    """
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise refused(
            f"{function}({name}={value!r})",
            f"参数 {name} 应是 {low} 到 {high} 之间的整数，给出的是 {value!r}。",
            f"The argument {name} must be a whole number from {low} to {high}, not {value!r}.",
            f"给出 {low} 到 {high} 之间的整数。",
            f"Give a whole number from {low} to {high}.",
        )
    return value


def check_sizes(function: str, min_size: object, max_size: object, limit: int) -> tuple[int, int]:
    """Return the least and the greatest length of a text.

    Raises:
        UserError: when one is not between 1 and `limit`, or the first is greater than the second.
    """
    least = check_whole(function, "min_size", min_size, 1, limit)
    return least, check_whole(function, "max_size", max_size, least, limit)


def check_bounds(
    function: str,
    kind: ColumnType,
    bounds: Mapping[str, object],
    floor: int,
    ceiling: int,
) -> tuple[int, int]:
    """Return the stored values of two bounds, given by the names of their arguments.

    Raises:
        UserError: when a bound is not a value of the column type, lies outside, or they are the wrong way round.
    """
    (low_name, low), (high_name, high) = bounds.items()
    least = _stored(function, low_name, kind, low, floor, ceiling)
    return least, _stored(function, high_name, kind, high, least, ceiling)


def _stored(function: str, name: str, kind: ColumnType, value: object, low: int, high: int) -> int:
    call = f"{function}({name}={value!r})"
    reach = f"{kind.render(low)} … {kind.render(high)}"
    try:
        stored = int(kind.coerce(value))
    except BadValue as bad:
        raise refused(
            call,
            f"参数 {name} 不能用：应在 {reach} 之间，给出的是 {value!r}。",
            f"The argument {name} must lie within {reach}, not be {value!r}: {bad}",
            "按规范写法给出该列的值。",
            "Give a value of the column as it is written.",
        ) from bad
    if not low <= stored <= high:
        raise refused(
            call,
            f"参数 {name} 应在 {reach} 之间，给出的是 {value!r}。",
            f"The argument {name} must lie within {reach}, not be {value!r}.",
            f"给出 {reach} 之间的值。",
            f"Give a value within {reach}.",
        )
    return stored


def check_table(function: str, table: object) -> type[Record]:
    """Return the model of a table.

    Raises:
        UserError: when there is no such table.
    """
    model = TABLES.get(table) if isinstance(table, str) else None
    if model is None:
        raise refused(
            f"{function}({table!r})",
            f"没有名为 {table!r} 的表。",
            f"There is no table {table!r}.",
            *suggestion(str(table), TABLES),
        )
    return model


def check_tables(function: str, tables: object) -> tuple[str, ...]:
    """Return the names of tables, each once, in the order of the contract.

    Raises:
        UserError: when none is named or one is not known.
    """
    named = tuple(tables) if isinstance(tables, Iterable) and not isinstance(tables, str) else ()
    if not named:
        raise refused(
            f"{function}(tables={tables!r})",
            f"参数 tables 应是一个或多个表名，给出的是 {tables!r}。",
            f"The argument tables must name one table or more, not be {tables!r}.",
            '例如 tables=("unit", "payment")。',
            'For example tables=("unit", "payment").',
        )
    for table in named:
        check_table(function, table)
    return tuple(table for table in TABLES if table in named)


def check_column(function: str, model: type[Record], column: str, known: Collection[str]) -> None:
    """Make sure that a table has a column.

    Raises:
        UserError: when it has not.
    """
    if column not in known:
        raise refused(
            f"{function}({model.table!r}, {column}=…)",
            f"表 {model.table} 没有列“{column}”。",
            f'The table {model.table} has no column "{column}".',
            *suggestion(column, known),
        )
