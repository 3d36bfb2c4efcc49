"""Fixtures of the tests that run on every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from tests.engines.stores import new_store, ready

from xjk.errors import EngineMissingError, ExtraMissingError


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[[str], None]]:
    """Have an engine ready as long as the tests run; the test that asks is skipped when a part is not installed."""
    with ExitStack() as stack:

        @cache
        def started(engine: str) -> str:
            stack.enter_context(ready(engine))
            try:
                new_store(engine).close()
            except (ExtraMissingError, EngineMissingError) as error:
                return str(error)
            return ""

        def begin(engine: str) -> None:
            if missing := started(engine):
                pytest.skip(missing)

        yield begin
