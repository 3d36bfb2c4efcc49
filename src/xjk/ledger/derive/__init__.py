"""What is derived from the canonical tables at load: parties, tags of texts, account roles, standards, calendar.

Each relation is filled by one function that reads distinct values through the store and appends rows. All of them
depend on the canonical tables and on the reference data only, so equal ledgers give equal relations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from xjk.ledger.derive.account_role import derive_account_role
from xjk.ledger.derive.calendar import derive_calendar
from xjk.ledger.derive.party import derive_party
from xjk.ledger.derive.standard import CENTRAL, derive_standard
from xjk.ledger.derive.text_tag import derive_text_tag
from xjk.ledger.store import Store
from xjk.reference.folders import Folder

__all__ = [
    "DerivingStore",
    "derive_account_role",
    "derive_all",
    "derive_calendar",
    "derive_party",
    "derive_standard",
    "derive_text_tag",
]


@runtime_checkable
class DerivingStore(Protocol):
    """Be a store that fills the relations over distinct values where its rows lie.

    Each method does what the function of its name does, with the same pure functions underneath; nothing distinct is
    brought to this process.
    """

    def derive_party(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``party``."""

    def derive_text_tag(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``text_tag``; ``party`` is there."""

    def derive_account_role(self, *, data_folders: Sequence[Folder]) -> None:
        """Fill ``account_role``."""


def derive_all(
    store: Store,
    *,
    data_folders: Sequence[Folder] = (),
    region: str = CENTRAL,
    standards: Mapping[str, str] | None = None,
) -> None:
    """Fill every derived relation of a store whose canonical tables are complete and whose derived ones are empty.

    ``party`` comes first, for ``text_tag`` also tags the names of organisations; the others stand alone.

    Args:
        store: The store; it must not be frozen yet.
        data_folders: Data folders of packs and of the user, which extend the library's own reference data.
        region: Where the units are, widest part first: ``CN-41-02``. Its standards go before wider ones.
        standards: Standards set by the user: key to value, written as in a data file.

    Raises:
        ConfigError: when ``standards`` names no standard or gives a value that cannot be one.
        YamlError: when reference data is not valid.
    """
    if isinstance(store, DerivingStore):
        store.derive_party(data_folders=data_folders)
        store.derive_text_tag(data_folders=data_folders)
        store.derive_account_role(data_folders=data_folders)
    else:
        derive_party(store, data_folders=data_folders)
        derive_text_tag(store, data_folders=data_folders)
        derive_account_role(store, data_folders=data_folders)
    derive_standard(store, data_folders=data_folders, region=region, overrides=standards)
    derive_calendar(store, data_folders=data_folders)
