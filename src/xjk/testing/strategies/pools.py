"""The few values a drawn ledger is made of, so that its tables meet.

Everything that names something, such as units, people, companies and identifiers, begins with a stem; noise beside
a planted case uses stems of its own and meets only itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from xjk.models.columns import ColumnType
from xjk.testing.strategies.names import COMPANY_NAMES, PERSON_NAMES, Firm, Somebody, firm, somebody

STEMS = ("A", "a", "%", "_", "A|", "a,b", "单", "e\u0301", "é", "\U00020bb7", "'", "", "0")
"""Beginnings of identifiers; the number that follows keeps those of one stem apart, and no other stem ends in a digit."""

_PERSONAL = (
    "head_name",
    "person_name",
    "payee_name",
    "claimant",
    "drawer",
    "reviewer",
    "legal_rep",
    "prepared_by",
    "approved_by",
    "tenant_name",
    "donor_name",
    "payer_name",
)
_PEOPLE_TABLES = ("person", "enterprise_person", "beneficiary")
_CORPORATE = ("counterparty_name", "seller_name", "buyer_name", "contractor", "holder_name", "party_name")
ACCOUNT_CODES = ("1002", "5001", "100201", "2307", "6001", "720103")
"""Accounts of both books, and a sub-account that begins with the code of another."""

_SHARED_CODES: Mapping[str, tuple[str, ...]] = {
    "account_code": ACCOUNT_CODES,
    "econ_class": ("30226", "30215", "30201", "30216"),
}
"""Codes that are facts and not names; they begin with the digits rules look for."""

_INTEGERS: Mapping[str, tuple[str, ...]] = {
    "period": ("0", "1", "2", "3", "12"),
    "month": ("202403", "202404"),
    "fiscal_year": ("2024", "2025"),
    "period_months": ("1", "3", "12"),
    "grade": ("1", "2", "3", "4"),
}
_YEARS = ("21", "29")
"""Years of invoices that sort before and after those of a case."""

_TEXTS = (
    "会议费",
    "办公用品（一批）",
    "付劳务费, 50%_'a'",
    "e\u0301 | é \U00020bb7",
    "讲课费",
)


@dataclass(frozen=True)
class Pools:
    """Hold the values of one drawn ledger.

    Attributes:
        units: Codes of units.
        people: People; every two share a name.
        firms: Companies.
        days: Days, by table and column, or under ``*``; a column that is not there has none.
        amounts: Amounts in yuan.
        invoices: What identifies each invoice: identifier, code if any, and number.
        stems: Beginnings of identifiers.
        size: How many identifiers of one kind there are at least.
    """

    units: tuple[str, ...]
    people: tuple[Somebody, ...]
    firms: tuple[Firm, ...]
    amounts: tuple[str, ...]
    days: Mapping[str, tuple[str, ...]]
    invoices: tuple[Mapping[str, str], ...]
    stems: tuple[str, ...] = STEMS
    size: int = 8
    identifiers: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "identifiers", numbered(self.stems, self.size))

    def days_of(self, table: str, column: str) -> tuple[str, ...]:
        """Return the days of one column; none when it is to stay empty."""
        return self.days.get(f"{table}.{column}", self.days.get("*", ()))

    def texts_of(
        self, table: str, column: str, kind: ColumnType, someone: Somebody, some_firm: Firm
    ) -> Sequence[str]:
        """Return what a column may hold in a row about somebody and a company; none when it is to stay empty."""
        if kind.choices:
            return tuple(kind.choices)
        match kind.name:
            case "bool":
                return ("0", "1")
            case "date":
                return self.days_of(table, column)
            case "money":
                return self.amounts
            case "number":
                return ("0.06", "1", "2.5", "100")
            case "int":
                return _INTEGERS.get(column, ("1", "2", "3", "20"))
            case "uscc":
                return (some_firm.uscc,)
            case "idno":
                return (someone.id_no,)
            case "acct":
                return (someone.account_no, some_firm.account_no)
            case "code":
                return _SHARED_CODES.get(column, self.identifiers[:4])
        if kind.personal:
            return (someone.phone,)
        return self._names(table, column, someone, some_firm)

    def _names(self, table: str, column: str, someone: Somebody, some_firm: Firm) -> Sequence[str]:
        if column in _PERSONAL or (column == "name" and table in _PEOPLE_TABLES):
            return (someone.name,)
        if column in _CORPORATE or (column == "name" and table == "enterprise"):
            return (some_firm.name, someone.name)
        if column == "name":
            return tuple(f"{stem}{column}" for stem in self.stems[:3])
        return _TEXTS


def numbered(stems: Sequence[str], least: int) -> tuple[str, ...]:
    """Return at least so many identifiers, all different, every stem in turn."""
    per_stem = -(-least // len(stems)) + 1
    return tuple(f"{stem}{number}" for number in range(1, per_stem + 1) for stem in stems)


def plain_pools(*, units: int, size: int, first_day: date, amounts: tuple[str, ...]) -> Pools:
    """Return the values of a ledger that stands alone."""
    several = max(2, min(size, 8))
    return Pools(
        units=numbered(STEMS, units)[:units],
        people=tuple(somebody(number) for number in range(several)),
        firms=tuple(firm(number) for number in range(max(2, several // 2))),
        amounts=amounts,
        days={"*": tuple((first_day + timedelta(days=step)).isoformat() for step in (0, 1, 20, 31))},
        invoices=tuple(
            digital_invoice("24", number) if number % 2 else _invoice_with_code(number)
            for number in range(1, size + 2)
        ),
        size=size,
    )


def apart_from(
    taken: frozenset[str], *, units: int, days: Mapping[str, tuple[str, ...]], amounts: tuple[str, ...]
) -> Pools:
    """Return values that occur nowhere among those `taken`; units and names sort before and after them."""
    stems = tuple(_unused(stem, taken) for stem in ("!", "~", "\U00020bb7_"))
    base = next(base for base in count(10_000, 10_000) if not _meets(base, taken))
    return Pools(
        units=numbered(stems, units)[:units],
        people=tuple(
            somebody(number, stems[number // 2 % 3] + PERSON_NAMES[number // 2], base=base)
            for number in range(6)
        ),
        firms=tuple(
            firm(number, stems[number % 3] + COMPANY_NAMES[number], base=base) for number in range(4)
        ),
        amounts=amounts,
        days=days,
        invoices=tuple(digital_invoice(year, base + number) for number in range(1, 5) for year in _YEARS),
        stems=stems,
    )


def digital_invoice(year: str, serial: int) -> dict[str, str]:
    """Return what identifies a digital invoice: twenty digits, the year first."""
    number = f"{year}112{serial:015d}"
    return {"invoice_id": number, "invoice_number": number}


def _invoice_with_code(serial: int) -> dict[str, str]:
    """Return what identifies an electronic invoice: a code of twelve digits and a number of eight."""
    code, number = "011002400111", f"{serial:08d}"
    return {"invoice_id": code + number, "invoice_code": code, "invoice_number": number}


def _unused(stem: str, taken: frozenset[str]) -> str:
    """Return the stem, as often as it takes to begin none of the values."""
    return next(
        stem * times for times in count(1) if not any(value.startswith(stem * times) for value in taken)
    )


def _meets(base: int, taken: frozenset[str]) -> bool:
    """Tell whether an identifier counted from `base` is among the values."""
    found = [text for number in range(6) for text in somebody(number, base=base)[1:]]
    found += [text for number in range(4) for text in firm(number, base=base)[1:]]
    found += [
        text
        for number in range(1, 5)
        for year in _YEARS
        for text in digital_invoice(year, base + number).values()
    ]
    return not taken.isdisjoint(found)
