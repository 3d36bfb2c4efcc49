"""Fixtures of the engines' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.unit.engines.postgres_server import Server, running_server


@pytest.fixture(scope="session")
def pgserver() -> Iterator[Server]:
    """Run a PostgreSQL server as long as the tests do."""
    with running_server() as server:
        yield server
