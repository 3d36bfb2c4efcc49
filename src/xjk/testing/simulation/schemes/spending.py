"""The schemes of some forms as builders of the default district, until its generator plants ``SCHEMES`` itself."""

from __future__ import annotations

from functools import partial

from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.schemes import SCHEMES as _ALL
from xjk.testing.simulation.schemes.scheme import Scheme


def _plant(scheme: Scheme, world: World) -> None:
    scheme.plant(world, scheme.hosts(world)[0])


SCHEMES = tuple(
    partial(_plant, scheme)
    for scheme in _ALL
    if scheme.form
    in (
        "F1",
        "F6",
    )
)
