"""Try a property on drawn examples and report the first that breaks it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from xjk.models.words import Words

_T = TypeVar("_T")


class _BrokenError(Exception):
    """Carry what broke a property out of Hypothesis."""

    def __init__(self, told: Words) -> None:
        super().__init__(told.en)
        self.told = told


def broken_by(
    strategy: SearchStrategy[_T], told_of: Callable[[_T], Words | None], examples: int
) -> Words | None:
    """Return what `told_of` says of the first example it complains about, or None when it never does.

    The examples are the same in every run. They are not shrunk: what is drawn is a case of a rule among few other
    rows, and loading it again a hundred times to leave out some of them would take longer than reading it.
    """

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def holds(example: _T) -> None:
        told = told_of(example)
        if told is not None:
            raise _BrokenError(told)

    try:
        holds()
    except _BrokenError as broken:
        return broken.told
    return None
