"""The checks of the engine contract, one module per subject."""

from __future__ import annotations

from xjk.testing.engines.check import EngineCheck
from xjk.testing.engines.checks import (
    emptiness,
    filling,
    functions,
    limits,
    nulls,
    numbers,
    parameters,
    queries,
    read_only,
    sessions,
    texts,
    values,
    windows,
)

_SUBJECTS = (
    filling, values, numbers, texts, nulls, emptiness, queries, windows, functions, parameters, read_only, limits, sessions,
)  # fmt: skip

CHECKS: tuple[EngineCheck, ...] = (
    *(check for subject in _SUBJECTS for check in vars(subject).values() if isinstance(check, EngineCheck)),
    *functions.function_checks(),
)
"""All checks."""
