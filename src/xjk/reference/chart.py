"""Charts of accounts and the semantic role of each account.

Rules speak of roles (cash, other_payable, income_rent), never of codes: the same code means different
accounts in different charts, and codes changed on 2014-01-01, 2013-01-01 and 2019-01-01.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from xjk.models.words import Words
from xjk.reference.entries import Fact, IsoDay, Name, OpenDay, Text, by_key, read_facts, with_defaults
from xjk.reference.folders import Folder, core_files, pack_files

Element = Literal[
    "asset",
    "liability",
    "net_assets",
    "income",
    "expense",
    "budget_income",
    "budget_expense",
    "budget_balance",
]
Book = Literal["financial", "budget"]
Direction = Literal["debit", "credit"]

_SHORTEST_SUFFIX = 2
"""Sub-account levels add two digits or more, so 1020 is not a sub-account of the old 102."""


class Account(Fact):
    """Hold one first-level account of a chart."""

    code: Annotated[str, Field(pattern=r"^\d{3,4}$")]
    name: Text
    element: Element
    book: Book
    direction: Direction
    applies: Literal["all", "institution"]
    role: Name

    def covers(self, account_code: str) -> bool:
        """Say whether `account_code` is this account or one of its sub-accounts."""
        if not account_code.startswith(self.code):
            return False
        rest = account_code[len(self.code) :]
        return not rest or not rest[0].isdigit() or len(rest) >= _SHORTEST_SUFFIX


class Chart(Fact):
    """Hold one chart of accounts: who used it, and when."""

    id: Name
    title: Words
    valid_from: IsoDay
    valid_to: OpenDay
    unit_kinds: tuple[Text, ...]
    accounts: tuple[Account, ...]

    @model_validator(mode="before")
    @classmethod
    def _share_source(cls, data: object) -> object:
        if not isinstance(data, dict) or not isinstance(data.get("accounts"), list):
            return data
        shared = {key: data[key] for key in ("source", "confidence", "verified") if key in data}
        accounts: list[Any] = [
            with_defaults(account, shared) if isinstance(account, Mapping) else account
            for account in data["accounts"]
        ]
        return {**data, "accounts": accounts}

    @model_validator(mode="after")
    def _one_account_per_code(self) -> Chart:
        codes = [account.code for account in self.accounts]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"account {twice[0]} is given twice")
        return self

    @cached_property
    def _by_length(self) -> tuple[Account, ...]:
        return tuple(sorted(self.accounts, key=lambda account: -len(account.code)))

    def account_of(self, account_code: str) -> Account | None:
        """Return the first-level account `account_code` belongs to (the longest that fits), or None."""
        return next((account for account in self._by_length if account.covers(account_code)), None)

    def in_force(self, day: date) -> bool:
        """Say whether the chart was in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def charts(folders: Sequence[Folder] = ()) -> tuple[Chart, ...]:
    """Return every chart, newest first.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files give different charts one id.
    """
    return _charts_with(folders) if folders else _core_charts()


def accounts(chart_id: str, folders: Sequence[Folder] = ()) -> tuple[Account, ...]:
    """Return the first-level accounts of a chart, in the order of the chart; empty if there is no such chart."""
    return next((chart.accounts for chart in charts(folders) if chart.id == chart_id), ())


def account_of(
    account_code: str, fiscal_year: int, unit_kind: str, folders: Sequence[Folder] = ()
) -> Account | None:
    """Return the first-level account behind a code in the books of one unit and year.

    The chart in force is asked first, then the older ones a ledger may have been kept on still. None if no
    chart for this kind of unit knows the code: enterprises, associations and unions keep other charts.
    """
    for chart in _candidates(charts(folders), fiscal_year, unit_kind):
        account = chart.account_of(account_code)
        if account is not None:
            return account
    return None


def role_of(
    account_code: str, fiscal_year: int, unit_kind: str, folders: Sequence[Folder] = ()
) -> str | None:
    """Return the semantic role of an account code in the books of one unit and year, or None if unknown."""
    account = account_of(account_code, fiscal_year, unit_kind, folders)
    return account.role if account is not None else None


def _candidates(known: Sequence[Chart], fiscal_year: int, unit_kind: str) -> list[Chart]:
    last_day = date(fiscal_year, 12, 31)
    usable = [chart for chart in known if unit_kind in chart.unit_kinds and chart.valid_from <= last_day]
    current = [chart for chart in usable if chart.in_force(last_day)]
    if current and all(chart.valid_to is None for chart in current):
        return current
    return current + [chart for chart in usable if chart not in current]


@lru_cache(maxsize=1)
def _core_charts() -> tuple[Chart, ...]:
    return _charts_with(())


def _charts_with(folders: Sequence[Folder]) -> tuple[Chart, ...]:
    located = read_facts(core_files("chart") + pack_files("chart", folders), "charts", Chart)
    known = by_key(located, lambda chart: chart.id, "chart").values()
    return tuple(sorted(known, key=lambda chart: (chart.valid_from, chart.id), reverse=True))
