"""Every engine adds up the digests of the rows to the same sums."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engines.postgres_server import Server

from xjk import load
from xjk.ledger.checksum import Checksum, SummingStore, checksum
from xjk.ledger.ledger import Ledger
from xjk.ledger.relations import table_relation

DISTRICT = Path(__file__).parents[3] / "examples" / "district" / "data"


def sums(ledger: Ledger) -> dict[str, Checksum]:
    return {table: checksum(ledger._store, table_relation(table)) for table in sorted(ledger.supplied)}


@pytest.fixture(scope="module")
def expected() -> dict[str, Checksum]:
    with load(DISTRICT, engine="sqlite") as ledger:
        assert not isinstance(ledger._store, SummingStore)
        return sums(ledger)


def test_duckdb_adds_up_as_python_does(expected: dict[str, Checksum]) -> None:
    with load(DISTRICT, engine="duckdb") as ledger:
        assert isinstance(ledger._store, SummingStore)
        assert sums(ledger) == expected


def test_postgresql_adds_up_as_python_does(expected: dict[str, Checksum], pgserver: Server) -> None:
    with load(DISTRICT, engine="postgres", engine_options={"url": pgserver.url}) as ledger:
        assert isinstance(ledger._store, SummingStore)
        assert sums(ledger) == expected


def test_one_changed_fen_changes_the_sum_and_the_order_of_rows_does_not(tmp_path: Path) -> None:
    hashes = []
    for amounts in (("1.00", "2.00"), ("2.00", "1.00"), ("1.00", "2.01")):
        rows = [
            {"payment_id": f"p{amount[0]}", "unit_code": "U1", "paid_on": "2024-01-02", "amount": amount, "payee_name": "甲"}
            for amount in amounts
        ]  # fmt: skip
        with load({"payment": rows}, engine="sqlite") as ledger:
            hashes.append(ledger.data_hash)
    assert hashes[0] == hashes[1] != hashes[2]
