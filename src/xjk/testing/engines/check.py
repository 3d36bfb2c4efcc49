"""One promise of the engine contract, and the gaps an engine admits."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import pytest

from xjk.ledger.store import Store
from xjk.models.words import Words

MakeStore = Callable[[], Store]
"""A class of stores, or a function that returns a new and empty one each time."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Admit that an engine does not keep one promise.

    Attributes:
        kind: Whether it ``never`` will, or does ``not_yet``.
        reason: Why, and what that means for rules.
    """

    kind: Literal["never", "not_yet"]
    reason: Words


@dataclass(frozen=True)
class EngineCheck:
    """Be one check of the engine contract; called with a class of stores, it fails when the promise is broken.

    Attributes:
        id: Name of the check, such as ``numbers.sums_are_exact``.
        promise: What every engine keeps.
        run: The check without regard to gaps: raises whatever shows that the promise is broken.
        gap: What the engine admits; None when it keeps the promise.
    """

    id: str
    promise: Words
    run: Callable[[MakeStore], None] = field(repr=False, compare=False)
    gap: Gap | None = None

    def __str__(self) -> str:
        return self.id

    def __call__(self, make: MakeStore) -> None:
        """Run the check on new stores; inside pytest, an admitted gap is an expected failure.

        Raises:
            AssertionError: when the promise is broken, or is kept although a gap was admitted.
        """
        __tracebackhide__ = True
        try:
            self.run(make)
        except Exception as error:
            if self.gap is not None:
                pytest.xfail(f"{self.gap.kind}: {self.gap.reason.en} {self.gap.reason.zh}")
            raise AssertionError(f"{self._head}\n- {type(error).__name__}: {error}") from error
        if self.gap is not None:
            raise AssertionError(
                f"{self._head}\n- It is kept; take the gap out. 已经做到，请删去所列的缺口。"
            )

    def with_gap(self, gap: Gap | None) -> EngineCheck:
        """Return the check as an engine with this gap runs it."""
        return replace(self, gap=gap)

    @property
    def _head(self) -> str:
        return f"{self.id}: {self.promise.en} {self.promise.zh}"


def promise(zh: str) -> Callable[[Callable[[MakeStore], None]], EngineCheck]:
    """Make a function a check: its docstring is the promise in English, `zh` the same in Chinese."""

    def made(run: Callable[[MakeStore], None]) -> EngineCheck:
        group = run.__module__.rpartition(".")[2]
        en = " ".join((inspect.getdoc(run) or "").split())
        return EngineCheck(f"{group}.{run.__name__}", Words(zh=zh, en=en), run)

    return made
