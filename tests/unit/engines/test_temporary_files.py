"""The engines inside this process leave nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from tests.unit.engines.payments import with_payments

from xjk.engines.duckdb.store import DuckdbStore
from xjk.engines.sqlite import SqliteStore
from xjk.ledger.relations import table_relation

STORES = (SqliteStore, DuckdbStore)


@pytest.mark.parametrize("kind", STORES)
@pytest.mark.parametrize("raises", [False, True])
def test_closing_removes_the_temporary_folder(
    kind: type[SqliteStore | DuckdbStore], raises: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = with_payments(kind(), 10)
    assert len(list(tmp_path.iterdir())) == 1
    try:
        if raises:
            raise RuntimeError("on the way")
    except RuntimeError:
        pass
    finally:
        store.close()
        store.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", STORES)
def test_a_store_closed_before_it_was_full_leaves_nothing(
    kind: type[SqliteStore | DuckdbStore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    store = kind()
    store.create(table_relation("payment"))
    store.close()
    assert list(tmp_path.iterdir()) == []
