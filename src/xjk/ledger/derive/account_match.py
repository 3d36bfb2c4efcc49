"""Which account of which national chart an account code stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from xjk.models.tables.ledgers import book_of_account
from xjk.models.text import half_width
from xjk.reference.chart import Account, Chart

_PARALLEL_BOOKS_SINCE = 2019
"""First year of budget accounting beside financial accounting (财会〔2017〕25号)."""

_OTHER_CHARTS = frozenset(("association", "union", "enterprise"))
"""Kinds of units with charts of their own: their codes mean other accounts, so only names are trusted."""

_LEVELS = re.compile(r"[-—_/\\:>|]")
"""What parts the levels in a name such as 其他应付款-押金."""

_SPACE = re.compile(r"\s+")


class _Order(NamedTuple):
    """Say which charts are asked for one kind of unit and one year.

    Attributes:
        binding: Charts whose codes hold, the first before the others.
        unanimous: Whether the binding charts must agree, because the kind of the unit says nothing.
        others: Charts that are believed only when the name of the account agrees.
    """

    binding: tuple[Chart, ...]
    unanimous: bool
    others: tuple[Chart, ...]


class AccountMatch:
    """Match account codes to the accounts of the charts; answers are remembered per chart and code."""

    def __init__(self, charts: Sequence[Chart]) -> None:
        self._charts = tuple(charts)
        self._by_name = _unambiguous_names(charts)
        self._orders: dict[tuple[str, int], _Order] = {}
        self._covering: dict[tuple[str, str], Account | None] = {}

    def find(self, kind: str, year: int, code: str, names: Mapping[str, str]) -> Account | None:
        """Return the first-level account a code stands for in the books of a kind of unit in a year, or None.

        ``names`` are the unit's own names by code. The charts that bind the unit that year decide. When the unit
        calls the account otherwise, a chart that knows the code under that very name goes before them, for units
        change charts late. What charts disagree about, or none knows, is decided by name alone.
        """
        order = self._orders.get((kind, year)) or self._order(kind, year)
        by_code = list(self._accounts(order.binding, code))
        settled = not order.unanimous or len({account.role for account in by_code}) == 1
        bound = by_code[0] if by_code and settled else None
        if bound is not None and _agrees(bound, code, names):
            return bound
        for account in (*by_code, *self._accounts(order.others, code)):
            if _agrees(account, code, names):
                return account
        return bound or self._named(code, names)

    def _accounts(self, charts: Sequence[Chart], code: str) -> Iterator[Account]:
        for chart in charts:
            if (chart.id, code) not in self._covering:
                self._covering[chart.id, code] = chart.account_of(code)
            if (account := self._covering[chart.id, code]) is not None:
                yield account

    def _order(self, kind: str, year: int) -> _Order:
        begun = [chart for chart in self._charts if chart.valid_from.year <= year]
        in_force = [chart for chart in begun if chart.valid_to is None or year <= chart.valid_to.year]
        binding = [chart for chart in in_force if kind in chart.unit_kinds]
        unanimous = not binding and kind not in _OTHER_CHARTS
        if unanimous:
            binding = in_force
        elif any(chart.valid_to is not None for chart in binding):
            binding += [chart for chart in begun if kind in chart.unit_kinds and chart not in binding]
        others = (chart for chart in self._charts if chart not in binding)
        order = _Order(tuple(binding), unanimous, tuple(others))
        self._orders[kind, year] = order
        return order

    def _named(self, code: str, names: Mapping[str, str]) -> Account | None:
        """Return the account that bears the name of the highest level known above a code."""
        name = next((names[upper] for upper in levels(code) if upper in names), "")
        return self._by_name.get(_fold(_LEVELS.split(half_width(name), maxsplit=1)[0]))


@lru_cache(maxsize=65_536)
def levels(code: str) -> tuple[str, ...]:
    """Return the codes an account may stand under, the highest first, and its own.

    A level adds two digits or more, or a separator: 1020 does not stand under 102.
    """
    uppers = (code[:length] for length in range(1, len(code)))
    return (*(upper for upper in uppers if len(code) - len(upper) > 1 or not code[-1].isdigit()), code)


def book_of_unknown(kind: str, year: int, code: str) -> Literal["financial", "budget"]:
    """Return the book of an account no chart knows: by its first digit where the two books run in parallel."""
    if year < _PARALLEL_BOOKS_SINCE or kind in _OTHER_CHARTS:
        return "financial"
    return "budget" if book_of_account(code) == "budget" else "financial"


def _agrees(account: Account, code: str, names: Mapping[str, str]) -> bool:
    """Tell whether the unit calls the account, or the sub-account itself, as the chart does."""
    name = names.get(account.code) or names.get(code)
    return name is not None and _fold(name).startswith(_fold(account.name))


def _unambiguous_names(charts: Sequence[Chart]) -> dict[str, Account]:
    """Map the names of accounts that mean one role in every chart, so that a name alone may decide."""
    roles: dict[str, set[str]] = {}
    accounts: dict[str, Account] = {}
    for chart in charts:
        for account in chart.accounts:
            roles.setdefault(_fold(account.name), set()).add(account.role)
            accounts.setdefault(_fold(account.name), account)
    return {name: account for name, account in accounts.items() if len(roles[name]) == 1}


@lru_cache(maxsize=65_536)
def _fold(name: str) -> str:
    return _SPACE.sub("", half_width(name))
