"""Run the engine contract and the cases on every engine, and record what they find.

``python -m tests.engines.record`` writes the record; ``make generate`` makes the page of it. What breaks a promise
that no gap admits is named, and nothing is written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.engines.gaps import GAPS
from tests.engines.stores import ENGINES, maker, ready
from tests.engines.test_rules import PACKS, SAMPLED, broken_cases

from xjk.models.files import write_whole
from xjk.schema.reference.engines import RECORD, EngineRecord, record_text
from xjk.testing import EngineCheck, engine_checks

COMMAND = "python -m tests.engines.record && make generate"


def expected(engine: str) -> EngineRecord:
    """Return what is recorded of an engine that keeps everything but its gaps."""
    gaps = GAPS.get(engine, {})
    return EngineRecord(
        checks={check.id: gaps[check.id].kind if check.id in gaps else "kept" for check in engine_checks()},
        reasons={check: gap.reason for check, gap in gaps.items()},
        cases="sample" if engine in SAMPLED else "all",
    )


def faults(engine: str) -> Iterator[str]:
    """Yield what an engine does not keep although no gap says so, and gaps that are none."""
    with ready(engine):
        for check in engine_checks(GAPS.get(engine, {})):
            told = broken(check, engine)
            if bool(told) == (check.gap is None):
                yield f"{engine} {check}: {told or 'kept; take the gap out'}"
        for rule in PACKS.rules:
            for case, differences in broken_cases(rule, engine).items():
                yield f"{engine} {rule.code} {case}: {differences}"


def broken(check: EngineCheck, engine: str) -> str:
    """Return what shows that an engine breaks a promise; empty when it keeps it."""
    try:
        check.run(maker(engine))
    except Exception as error:  # noqa: BLE001 - a check may fail in any way
        return str(error) or type(error).__name__
    return ""


def main() -> int:
    """Write the record, or name every fault and return 1."""
    found = [fault for engine in ENGINES for fault in faults(engine)]
    if found:
        print("\n".join(found))  # noqa: T201
        return 1
    write_whole(RECORD, record_text({engine: expected(engine) for engine in ENGINES}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
