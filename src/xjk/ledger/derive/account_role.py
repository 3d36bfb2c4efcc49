"""The relation ``account_role``: what each account code in use means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from xjk.ledger.derive.account_match import AccountMatch, book_of_unknown, levels
from xjk.ledger.derive.distinct import distinct_rows
from xjk.ledger.relations import ACCOUNT_ROLE
from xjk.ledger.store import Store
from xjk.reference.chart import charts
from xjk.reference.folders import Folder

UNKNOWN = "unknown"
"""Role of an account no chart knows."""

ACCOUNT_COLUMNS = ("fiscal_year", "unit_code", "account_code")
CHART_TABLE = "ledger_account"
ACCOUNT_PLACES: Mapping[str, tuple[str, ...]] = {
    "account_balance": (),
    "party_balance": (),
    "voucher_line": ("account_name",),
    CHART_TABLE: ("account_name", "role"),
}
"""Tables that speak of accounts, and what they say beside the code: its name, and the role given to it."""


RoleRow = tuple[str, int, str, str, str]
"""A row of ``account_role``."""


class Account(NamedTuple):
    """Be one account as the books of a unit and year speak of it.

    Attributes:
        code: Its code.
        name: Its name, where one is given.
        role: The role the unit's own chart gives it.
        in_chart: Whether the unit's own chart says so, rather than a voucher or a balance.
    """

    code: str
    name: str | None = None
    role: str | None = None
    in_chart: bool = False


def derive_account_role(store: Store, *, data_folders: Sequence[Folder] = ()) -> None:
    """Fill ``account_role`` for every account code in the books, balances and charts of every unit and year.

    A role given in ``ledger_account`` holds for the account and its sub-accounts. Otherwise the national charts
    decide by code, year and kind of unit; where charts disagree about a code, the name of the account does.
    Accounts no chart knows are ``unknown``.
    """
    match = AccountMatch(charts(data_folders))
    kinds = {str(code): str(kind) for code, kind in distinct_rows(store, "unit", ("unit_code", "kind"))}
    store.append(
        ACCOUNT_ROLE,
        (
            row
            for (unit, year), accounts in sorted(_accounts(store).items())
            for row in roles(match, unit, year, kinds.get(unit, ""), accounts)
        ),
    )


def roles(
    match: AccountMatch, unit: str, year: int, kind: str, accounts: Iterable[Account]
) -> Iterator[RoleRow]:
    """Yield the rows of one unit and year, by code; ``kind`` is that of the unit, empty when unknown.

    A name in the unit's chart goes before those on voucher lines; of several on voucher lines the first in order.
    """
    codes: set[str] = set()
    names: dict[str, str] = {}
    given: dict[str, str] = {}
    for account in sorted(accounts, key=lambda account: account.in_chart):
        codes.add(account.code)
        if account.name is not None:
            before = account.name if account.in_chart else names.get(account.code, account.name)
            names[account.code] = min(account.name, before)
        if account.role is not None:
            given[account.code] = account.role
    for code in sorted(codes):
        found = match.find(kind, year, code, names)
        own = next((given[upper] for upper in reversed(levels(code)) if upper in given), None)
        role = own or (found.role if found else UNKNOWN)
        yield unit, year, code, role, found.book if found else book_of_unknown(kind, year, code)


def _accounts(store: Store) -> dict[tuple[str, int], list[Account]]:
    """Gather the accounts by unit and year."""
    accounts: dict[tuple[str, int], list[Account]] = defaultdict(list)
    for table, columns in ACCOUNT_PLACES.items():
        for year, unit, code, *rest in distinct_rows(store, table, (*ACCOUNT_COLUMNS, *columns)):
            name, role = (*(None if value is None else str(value) for value in rest), None, None)[:2]
            accounts[str(unit), int(year or 0)].append(Account(str(code), name, role, table == CHART_TABLE))
    return accounts
