"""Values of the column types, as canonical text.

Every strategy here draws text as ``ColumnType.render`` writes it, which is what a cell, a record for ``xjk.load``
and the text of a JSON document have in common.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from xjk.models.columns import ACCT, DATE, IDNO, INT, MONEY, NUMBER, PHONE, USCC, ColumnType
from xjk.models.money import MAX_FEN, MAX_MICRO
from xjk.models.text import MAX_CODE, MAX_TEXT
from xjk.testing.strategies import alphabets
from xjk.testing.strategies.arguments import check_bounds, check_sizes, refused
from xjk.testing.strategies.identifiers import accounts, citizen_numbers, credit_codes, phones

_FIRST_DAY, _LAST_DAY = int(DATE.coerce("1900-01-01")), int(DATE.coerce("2099-12-31"))
_MOST_INTEGER = 10**18 - 1


def _between(edge: str, inner: str, least: int, most: int) -> SearchStrategy[str]:
    """Return texts of one alphabet within and another at both ends."""
    ends = st.sampled_from(edge)
    if most == 1:
        return ends
    longer = st.builds(
        lambda first, middle, last: first + middle + last,
        ends,
        st.text(inner, min_size=max(least - 2, 0), max_size=most - 2),
        ends,
    )
    return longer if least > 1 else ends | longer


def codes(*, min_size: int = 1, max_size: int = 12) -> SearchStrategy[str]:
    """Return identifiers on one line in half-width characters, with every separator and wildcard among them.

    Args:
        min_size: Fewest characters, from 1.
        max_size: Most characters, up to 200.
    """
    least, most = check_sizes("codes", min_size, max_size, MAX_CODE)
    return _between(alphabets.CODE, alphabets.CODE_INNER, least, most)


def texts(*, min_size: int = 1, max_size: int = 20) -> SearchStrategy[str]:
    """Return free texts: full-width characters, line breaks and all that codes may hold.

    Args:
        min_size: Fewest characters, from 1.
        max_size: Most characters, up to 4000.
    """
    least, most = check_sizes("texts", min_size, max_size, MAX_TEXT)
    return _between(alphabets.TEXT, alphabets.TEXT_INNER, least, most)


def money(
    *,
    min_value: Decimal | str = "-9999999999999.99",
    max_value: Decimal | str = "9999999999999.99",
) -> SearchStrategy[str]:
    """Return amounts in yuan with two decimals.

    Args:
        min_value: Smallest amount, from -9999999999999.99.
        max_value: Largest amount, up to 9999999999999.99.
    """
    return st.integers(
        *check_bounds("money", MONEY, {"min_value": min_value, "max_value": max_value}, -MAX_FEN, MAX_FEN)
    ).map(MONEY.render)


def numbers(
    *,
    min_value: Decimal | int | str = "-999999999999.999999",
    max_value: Decimal | int | str = "999999999999.999999",
) -> SearchStrategy[str]:
    """Return numbers with at most six decimals.

    Args:
        min_value: Smallest number, from -999999999999.999999.
        max_value: Largest number, up to 999999999999.999999.
    """
    whole = st.integers(
        *check_bounds(
            "numbers", NUMBER, {"min_value": min_value, "max_value": max_value}, -MAX_MICRO, MAX_MICRO
        )
    )
    return whole.map(NUMBER.render)


def integers(*, min_value: int = -_MOST_INTEGER, max_value: int = _MOST_INTEGER) -> SearchStrategy[str]:
    """Return whole numbers of at most 18 digits.

    Args:
        min_value: Smallest number.
        max_value: Largest number.
    """
    bounds = check_bounds(
        "integers", INT, {"min_value": min_value, "max_value": max_value}, -_MOST_INTEGER, _MOST_INTEGER
    )
    return st.integers(*bounds).map(INT.render)


def days(
    *, min_value: date | str = date(1900, 1, 1), max_value: date | str = date(2099, 12, 31)
) -> SearchStrategy[str]:
    """Return days as ISO dates.

    Args:
        min_value: First day, from 1900-01-01.
        max_value: Last day, up to 2099-12-31.
    """
    return st.integers(
        *check_bounds("days", DATE, {"min_value": min_value, "max_value": max_value}, _FIRST_DAY, _LAST_DAY)
    ).map(DATE.render)


def flags() -> SearchStrategy[str]:
    """Return ``1`` for yes and ``0`` for no."""
    return st.sampled_from(("0", "1"))


def values(kind: ColumnType) -> SearchStrategy[str]:
    """Return values of any column type, as canonical text.

    Identifiers with check digits are right, so that nothing drawn deserves a warning.

    Raises:
        UserError: when `kind` is not a column type.
    """
    if not isinstance(kind, ColumnType):
        raise refused(
            f"values({kind!r})",
            f"需要列类型（ColumnType），给出的是 {kind!r}。",
            f"A ColumnType is needed, not {kind!r}.",
            '例如 TABLES["payment"].columns()["amount"]。',
            'For example TABLES["payment"].columns()["amount"].',
        )
    if kind.choices:
        return st.sampled_from(tuple(kind.choices))
    if kind is PHONE:
        return phones()
    return _BY_NAME[kind.name]()


_BY_NAME: dict[str, Callable[[], SearchStrategy[str]]] = {
    "code": codes,
    "text": texts,
    "date": days,
    "money": money,
    "number": numbers,
    "int": integers,
    "bool": flags,
    USCC.name: credit_codes,
    IDNO.name: citizen_numbers,
    ACCT.name: accounts,
}
