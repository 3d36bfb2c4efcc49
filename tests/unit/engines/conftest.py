"""Fixtures of the engines' tests."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from tests.unit.engines.finance_system import database
from tests.unit.engines.postgres_server import Server, running_server
from tests.unit.engines.small_system import SYSTEM


@pytest.fixture(scope="session")
def pgserver() -> Iterator[Server]:
    """Run a PostgreSQL server as long as the tests do."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="module")
def system(pgserver: Server) -> Iterator[str]:
    """Make a small finance system with its own codes, and return its address."""
    with database(pgserver.url, "finance") as url:
        with psycopg.connect(url) as connection:
            connection.execute(SYSTEM.encode())
        yield url
