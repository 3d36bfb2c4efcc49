"""Every engine keeps the engine contract, but for the gaps it admits; the support matrix says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.engines.gaps import GAPS
from tests.engines.record import COMMAND, expected
from tests.engines.stores import ENGINES, maker

from xjk.schema.reference.engines import read_record
from xjk.testing import EngineCheck, engine_checks

FEWEST_CHECKS = 130


@pytest.mark.parametrize(
    ("engine", "check"),
    [
        pytest.param(name, check, id=f"{name}-{check}")
        for name in ENGINES
        for check in engine_checks(GAPS.get(name, {}))
    ],
)
def test_an_engine_keeps_its_promise(engine: str, check: EngineCheck, start: Callable[[str], None]) -> None:
    start(engine)
    check(maker(engine))


def test_the_contract_lost_no_check() -> None:
    assert len(engine_checks()) >= FEWEST_CHECKS


def test_gaps_are_of_engines_that_are_registered() -> None:
    assert set(GAPS) <= set(ENGINES)


def test_the_record_says_what_the_checks_find() -> None:
    assert read_record() == {engine: expected(engine) for engine in ENGINES}, f"run: {COMMAND}"
