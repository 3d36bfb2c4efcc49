"""The contract of an engine as tests: one line for its author."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xjk.errors import UserError
from xjk.models.nearest import suggestion
from xjk.testing.engines.check import EngineCheck, Gap
from xjk.testing.engines.checks import CHECKS


def engine_checks(gaps: Mapping[str, Gap] = MappingProxyType({})) -> tuple[EngineCheck, ...]:
    """Return every check that an engine passes, to be called with its class of stores.

    Write ``@pytest.mark.parametrize("check", engine_checks(), ids=str)`` above ``def test_engine(check):
    check(MyStore)``; a floor under ``len(engine_checks())`` notices a kit that lost checks.

    Args:
        gaps: Promises that the engine does not keep, by the identifier of the check. Each must really be broken.

    Raises:
        UserError: when a gap is of no check.
    """
    known = {check.id for check in CHECKS}
    for name in gaps:
        if name not in known:
            hint_zh, hint_en = suggestion(name, known)
            raise UserError(
                zh=f"引擎的约定中没有检查“{name}”。",
                en=f'The engine contract has no check "{name}".',
                where="engine_checks(gaps=…)",
                hint_zh=hint_zh,
                hint_en=hint_en,
            )
    return tuple(check.with_gap(gaps.get(check.id)) for check in CHECKS)
