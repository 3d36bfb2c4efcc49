"""The engines that xjk brings, made ready for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from tests.unit.engines.postgres_server import running_server

from xjk.hooks.catalogue import Catalogue
from xjk.ledger.store import Store
from xjk.runner.load import _store, engine_names

ENGINES = engine_names(Catalogue())
"""Names of the engines that are registered, the default first."""


def new_store(engine: str) -> Store:
    """Return a new and empty store of an engine that is ready.

    Raises:
        ExtraMissingError: when its library is not installed.
        EngineMissingError: when what it runs on is not there.
    """
    return _store(engine, {}, Catalogue())


@contextmanager
def ready(engine: str) -> Iterator[None]:
    """Have what an engine runs on: PostgreSQL needs a server, found through libpq's environment."""
    if engine != "postgres":
        yield
        return
    with running_server() as server, pytest.MonkeyPatch.context() as patch:
        for name, value in server.environment().items():
            patch.setenv(name, value)
        yield


def maker(engine: str) -> partial[Store]:
    """Return what makes stores of an engine, as the checks of the engine contract take it."""
    return partial(new_store, engine)
