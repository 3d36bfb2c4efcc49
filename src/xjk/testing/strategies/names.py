"""Names of people, companies and units: few of them, so that they meet, and equal names of different people."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from xjk.testing.strategies.arguments import check_whole
from xjk.testing.strategies.columns import codes
from xjk.testing.strategies.identifiers import bank_card, citizen_number, credit_code, phone

PERSON_NAMES = (
    "王伟",
    "李娜",
    "王伟伟",
    "张三",
    "欧阳\U00020bb7",
    "买买提·阿不都",
    "Re\u0301ne\u0301, Li",
    "Réné, Li",
    "O'Neil_%",
    "李｜娜",
)
"""Names that contain one another, look alike, or hold characters that split cells, keys and patterns."""

COMPANY_NAMES = (
    "云汀区甲禾劳务有限公司",
    "云汀区甲禾劳务有限公司分公司",
    "云汀区乙禾商贸有限公司",
    "云汀区乙禾商贸（集团）有限公司",
    "云汀区乙禾商贸(集团)有限公司",
    'A&B_100%, "Ltd"',
    "\U00020bb7记|面馆",
    "某单位食堂",
)
"""Names of companies that differ in what a comparison may fold, and one that is none."""

_UNIT_STEMS = ("U", "u", "1", "01", "%", "_", "A|", "a,b", "单位", "e\u0301", "é", "\U00020bb7", "O'")
_MOST = 10_000
_FIRST_BIRTH = date(1961, 3, 5)


class Somebody(NamedTuple):
    """Be one person with what identifies them; the name is not among it."""

    name: str
    id_no: str
    account_no: str
    phone: str


class Firm(NamedTuple):
    """Be one company with what identifies it."""

    name: str
    uscc: str
    account_no: str
    phone: str


def person_names() -> SearchStrategy[str]:
    """Return names of people, few and easily confused."""
    return st.sampled_from(PERSON_NAMES)


def company_names() -> SearchStrategy[str]:
    """Return names of companies, few and easily confused."""
    return st.sampled_from(COMPANY_NAMES)


def unit_codes(*, count: int = 3) -> SearchStrategy[str]:
    """Return codes of units: easily confused ones, and any code.

    Args:
        count: How many of the easily confused there are, 1 to 13.
    """
    known = _UNIT_STEMS[: check_whole("unit_codes", "count", count, 1, len(_UNIT_STEMS))]
    return st.sampled_from(known) | codes(max_size=6)


def somebody(number: int, name: str | None = None, *, base: int = 0) -> Somebody:
    """Return the person with a number; two numbers in a row share a name."""
    own = base + number
    return Somebody(
        name or PERSON_NAMES[number // 2 % len(PERSON_NAMES)],
        citizen_number(_FIRST_BIRTH + timedelta(days=own % 10_000), own // 10_000 % 1000),
        bank_card(own),
        phone(own),
    )


def firm(number: int, name: str | None = None, *, base: int = 0) -> Firm:
    """Return the company with a number."""
    own = 50_000_000 + base + number
    return Firm(
        name or COMPANY_NAMES[number % len(COMPANY_NAMES)],
        credit_code(own),
        f"8199{own:014d}",
        phone(own),
    )


def people(*, count: int = 8) -> SearchStrategy[Somebody]:
    """Return people of whom every two share a name and nothing else.

    Args:
        count: How many there are, 1 to 10000.
    """
    return st.integers(0, check_whole("people", "count", count, 1, _MOST) - 1).map(somebody)


def companies(*, count: int = 4) -> SearchStrategy[Firm]:
    """Return companies.

    Args:
        count: How many there are, 1 to 10000.
    """
    return st.integers(0, check_whole("companies", "count", count, 1, _MOST) - 1).map(firm)
