"""The relation ``account_role``: what each account code in use means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xjk.ledger.derive.account_match import AccountMatch, book_of_unknown, levels
from xjk.ledger.derive.distinct import distinct_rows
from xjk.ledger.relations import ACCOUNT_ROLE
from xjk.ledger.store import Store
from xjk.reference.chart import charts
from xjk.reference.folders import Folder

UNKNOWN = "unknown"
"""Role of an account no chart knows."""


@dataclass(slots=True)
class _Books:
    """Hold what is known of the accounts of one unit in one year."""

    codes: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def given_role(self, code: str) -> str | None:
        """Return the role the unit's own chart gives an account or the nearest account above it, or None."""
        return next((self.roles[upper] for upper in reversed(levels(code)) if upper in self.roles), None)


def derive_account_role(store: Store, *, data_folders: Sequence[Folder] = ()) -> None:
    """Fill ``account_role`` for every account code in the books, balances and charts of every unit and year.

    A role given in ``ledger_account`` holds for the account and its sub-accounts. Otherwise the national charts
    decide by code, year and kind of unit; where charts disagree about a code, the name of the account does.
    Accounts no chart knows are ``unknown``.
    """
    match = AccountMatch(charts(data_folders))
    kinds = {str(code): str(kind) for code, kind in distinct_rows(store, "unit", ("unit_code", "kind"))}

    def rows() -> Iterator[tuple[str, int, str, str, str]]:
        for (unit, year), books in sorted(_books(store).items()):
            kind = kinds.get(unit, "")
            for code in sorted(books.codes):
                account = match.find(kind, year, code, books.names)
                role = books.given_role(code) or (account.role if account else UNKNOWN)
                yield unit, year, code, role, account.book if account else book_of_unknown(kind, year, code)

    store.append(ACCOUNT_ROLE, rows())


def _books(store: Store) -> dict[tuple[str, int], _Books]:
    """Gather codes, names and given roles; a name in the unit's chart goes before those on voucher lines."""
    books: dict[tuple[str, int], _Books] = defaultdict(_Books)
    columns = ("fiscal_year", "unit_code", "account_code")
    for table in ("account_balance", "party_balance"):
        for year, unit, code in distinct_rows(store, table, columns):
            books[str(unit), int(year or 0)].codes.add(str(code))
    lines = distinct_rows(store, "voucher_line", (*columns, "account_name"))
    for year, unit, code, name in lines:
        book = books[str(unit), int(year or 0)]
        book.codes.add(str(code))
        if name is not None:
            book.names[str(code)] = min(str(name), book.names.get(str(code), str(name)))
    for year, unit, code, name, role in distinct_rows(
        store, "ledger_account", (*columns, "account_name", "role")
    ):
        book = books[str(unit), int(year or 0)]
        book.codes.add(str(code))
        book.names[str(code)] = str(name)
        if role is not None:
            book.roles[str(code)] = str(role)
    return books
