"""Identifiers with right check digits, made from numbers.

The area ``110199`` belongs to no place and mobile numbers begin with the unassigned ``154``, so that nothing made
here is the identifier of a living person or an existing body.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from xjk.models.columns import DATE
from xjk.models.identifiers import (
    citizen_check_character,
    luhn_check_digit,
    organisation_check_character,
    uscc_check_character,
)
from xjk.testing.strategies import alphabets
from xjk.testing.strategies.arguments import check_bounds, check_whole

_AREA = "110199"
_FIRST_BIRTH, _LAST_BIRTH = date(1950, 1, 1), date(2005, 12, 31)
_MOST = 99_999_999


def credit_code(number: int, category: str = "91") -> str:
    """Return the unified social credit code with a serial number of at most eight digits."""
    body = f"{number:08d}"
    head = category + _AREA + body + organisation_check_character(body)
    return head + uscc_check_character(head)


def citizen_number(born: date, sequence: int) -> str:
    """Return the citizen number of a birth date and a sequence of at most three digits."""
    head = f"{_AREA}{born:%Y%m%d}{sequence:03d}"
    return head + citizen_check_character(head)


def bank_card(number: int) -> str:
    """Return the 19-digit card with a serial number of at most twelve digits."""
    head = f"620000{number:012d}"
    return head + luhn_check_digit(head)


def phone(number: int) -> str:
    """Return the mobile number with a serial number of at most eight digits."""
    return f"154{number:08d}"


def credit_codes(*, max_number: int = _MOST) -> SearchStrategy[str]:
    """Return unified social credit codes whose check characters are right, of companies, units and associations.

    Args:
        max_number: Greatest serial number, up to 99999999; few numbers make equal codes likely.
    """
    most = check_whole("credit_codes", "max_number", max_number, 0, _MOST)
    return st.builds(credit_code, st.integers(0, most), st.sampled_from(("91", "92", "12", "51")))


def citizen_numbers(
    *,
    min_born: date | str = _FIRST_BIRTH,
    max_born: date | str = _LAST_BIRTH,
) -> SearchStrategy[str]:
    """Return citizen numbers whose check character is right.

    Args:
        min_born: First day of birth, from 1900-01-01.
        max_born: Last day of birth, up to 2099-12-31.
    """
    floor, ceiling = int(DATE.coerce("1900-01-01")), int(DATE.coerce("2099-12-31"))
    first, last = check_bounds(
        "citizen_numbers", DATE, {"min_born": min_born, "max_born": max_born}, floor, ceiling
    )
    born = st.integers(first, last).map(lambda day: date(1970, 1, 1) + timedelta(days=day))
    return st.builds(citizen_number, born, st.integers(0, 999))


def bank_cards(*, max_number: int = _MOST) -> SearchStrategy[str]:
    """Return card numbers whose Luhn digit is right.

    Args:
        max_number: Greatest serial number, up to 99999999; few numbers make equal cards likely.
    """
    return st.integers(0, check_whole("bank_cards", "max_number", max_number, 0, _MOST)).map(bank_card)


def accounts(*, max_size: int = 20) -> SearchStrategy[str]:
    """Return account numbers: cards, and accounts of organisations, which follow no check and may hold anything.

    Args:
        max_size: Most characters of an account that is no card, 1 to 200.
    """
    most = check_whole("accounts", "max_size", max_size, 1, 200)
    # the alphabet holds no 6, so nothing made of it looks like a card with a wrong digit
    return bank_cards() | st.text(alphabets.ACCOUNT, min_size=1, max_size=most)


def phones(*, max_number: int = _MOST) -> SearchStrategy[str]:
    """Return mobile numbers, and numbers as people write them.

    Args:
        max_number: Greatest serial number, up to 99999999; few numbers make equal phones likely.
    """
    numbers = st.integers(0, check_whole("phones", "max_number", max_number, 0, _MOST)).map(phone)
    return numbers | numbers.map(lambda number: f"+86 {number[:3]}-{number[3:7]}-{number[7:]}")
