"""What a planted scheme is: where it fits, and how it is written into the books."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xjk.models.words import Words
from xjk.testing.simulation.base.world import Unit, World


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to keep a slush fund.

    Attributes:
        id: Form and number, such as ``F3-1``.
        form: Form of the plan, ``F1`` to ``F9``.
        title: What is planted.
        hosts: Units of a block that can play it, the default host first; empty when the block has none.
        plant: Writes it into the books of one of these units and records what it wrote.
    """

    id: str
    form: str
    title: Words
    hosts: Callable[[World], Sequence[Unit]]
    plant: Callable[[World, Unit], None]
