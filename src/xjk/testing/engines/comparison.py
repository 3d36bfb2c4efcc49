"""Compare what an engine answers with what it should, types included; say both when they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xjk.errors import RuleError
from xjk.ledger.store import Row, Session, Store, Value

Answer = Sequence[tuple[Value, ...]]


def expect(session: Session | Store, sql: str, answer: Answer, **params: Value) -> None:
    """Ask a query and compare its rows in their order.

    Raises:
        AssertionError: when rows, their order, or the type of a value differ: True and 1.0 are not 1.
    """
    expect_rows(list(session.query(sql, params)), answer, sql)


def expect_set(session: Session | Store, sql: str, answer: Answer, **params: Value) -> None:
    """Ask a query and compare its rows whatever their order."""
    expect_rows(ordered(session.query(sql, params)), ordered(answer), sql)


def expect_rows(found: Answer, answer: Answer, about: str) -> None:
    """Compare rows in their order."""
    if _typed(found) != _typed(answer):
        raise AssertionError(
            f"{about}: {_shown(found)}, expected {_shown(answer)} 应为后者"  # the same figures for both languages
        )


def expect_error(
    act: Callable[[], object],
    about: str,
    kind: type[Exception] = RuleError,
    *,
    but: type[Exception] | None = None,
) -> Exception:
    """Act, and return the error it must raise, which is of a kind and not of the one it must not be.

    Raises:
        AssertionError: when it raises no error or another one.
    """
    try:
        found = act()
    except Exception as error:
        if isinstance(error, kind) and not (but is not None and isinstance(error, but)):
            return error
        raise AssertionError(
            f"{about}: {type(error).__name__} ({error}), expected {kind.__name__} 应为 {kind.__name__}"
        ) from error
    raise AssertionError(f"{about}: answered {found!r}, expected {kind.__name__} 应报错 {kind.__name__}")


def refuse(session: Session, sql: str, kind: type[Exception] = RuleError) -> None:
    """Ask what must be an error of the rule, here or while its rows are read."""
    expect_error(lambda: list(session.query(sql)), sql, kind)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Return rows in an order that does not depend on an engine."""
    return sorted(rows, key=lambda row: [(value is not None, str(type(value)), value) for value in row])


def _typed(rows: Answer) -> list[list[tuple[type, Value]]]:
    return [[(type(value), value) for value in row] for row in rows]


def _shown(rows: Answer) -> str:
    shown = ", ".join(repr(tuple(row)) for row in rows[:12])
    return f"[{shown}{', …' if len(rows) > 12 else ''}]"
