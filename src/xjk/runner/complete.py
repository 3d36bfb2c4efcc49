"""The last steps to a ledger, the same wherever its rows lie."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from xjk.hooks.catalogue import Catalogue
from xjk.ledger.derive import derive_all
from xjk.ledger.ledger import Ledger
from xjk.ledger.store import Store
from xjk.models.run import FileCount


@contextmanager
def closed_on_error(store: Store) -> Iterator[None]:
    """Close a store when it does not become a ledger."""
    try:
        yield
    except BaseException:
        store.close()
        raise


def complete(
    store: Store,
    *,
    supplied: Mapping[str, Collection[str]],
    counts: Sequence[FileCount],
    unreadable: Sequence[str] = (),
    packs: Catalogue,
    region: str,
    standards: Mapping[str, str] | None,
) -> Ledger:
    """Derive what follows from the canonical tables of a store, freeze it and return the ledger."""
    derive_all(store, data_folders=packs.data_folders, region=region, standards=standards)
    store.freeze()
    return Ledger(
        store,
        supplied={table: frozenset(columns) for table, columns in supplied.items()},
        counts=counts,
        unreadable=unreadable,
    )
