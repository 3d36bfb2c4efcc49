"""Blocks: a district is written in blocks of up to eighteen units, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xjk.testing.simulation.base.closing import close_years, number_invoices, number_vouchers, post_interest
from xjk.testing.simulation.base.output import Output
from xjk.testing.simulation.base.statements import write_balances, write_statements
from xjk.testing.simulation.base.sums import Sums
from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.bodies import build_bodies
from xjk.testing.simulation.campaign import build_budget, build_campaign
from xjk.testing.simulation.companies import build_companies
from xjk.testing.simulation.events import build_events
from xjk.testing.simulation.everyday.run import write_everyday
from xjk.testing.simulation.lookalikes import build_lookalikes
from xjk.testing.simulation.people import build_departures, build_travel
from xjk.testing.simulation.receipts import number_receipts
from xjk.testing.simulation.revenue import build_revenue
from xjk.testing.simulation.routine import (
    build_disposals,
    build_framework,
    build_instalments,
    build_purchases,
    build_routine,
)
from xjk.testing.simulation.subsidies import build_subsidies
from xjk.testing.simulation.units import build_units, settle_openings
from xjk.testing.simulation.works import build_works

# In a block that is not whole the units come in this order: whoever is under another comes after it.
_ROLES = (
    "203001",
    "201001",
    "201002",
    "202001",
    "202002",
    "301001",
    "204001",
    "206001",
    "207001",
    "302001",
    "203101",
    "201102",
    "205001",
    "207101",
    "202102",
    "204002",
    "201003",
    "209001",
)
WHOLE = len(_ROLES)
_BUILDERS = (
    build_units,
    build_companies,
    build_departures,
    build_purchases,
    build_routine,
    build_framework,
    build_instalments,
    build_works,
    build_subsidies,
    build_revenue,
    build_bodies,
    build_travel,
    build_events,
    build_disposals,
    build_lookalikes,
)


_CLOSING_LINES = 31  # interest and closing of the year, of a unit in a year


class Plan(NamedTuple):
    """What all blocks of a district have in common."""

    seed: int
    first_year: int
    years: int


def casts(units: int) -> list[Sequence[str]]:
    """Divide a number of units into blocks; gives the parts of each, by their codes in the script."""
    whole, rest = divmod(units, WHOLE)
    return [_ROLES] * whole + ([_ROLES[:rest]] if rest else [])


def begin(plan: Plan, block: int, roles: Sequence[str]) -> World:
    """Build a block with its honest special business."""
    world = World(plan.seed, block, plan.first_year, plan.years, frozenset(roles))
    for build in _BUILDERS:
        build(world)
    return world


def finish(world: World, output: Output, lines: int) -> None:
    """Fill a block up to so many voucher lines, close its books and write everything; 0 leaves its natural size."""
    sums = Sums(world)
    sums.book(world.vouchers)
    special = sum(len(voucher.lines) for voucher in world.vouchers)
    special += _CLOSING_LINES * len(world.units) * len(world.years)
    if lines > special:
        write_everyday(world, sums, output, lines - special)
    settle_openings(world)
    build_campaign(world)
    build_budget(world, sums)
    post_interest(world, sums)
    close_years(world, sums)
    number_vouchers(world)
    number_invoices(world)
    number_receipts(world)
    sums.take_outside()
    write_statements(world, sums, output)
    write_balances(world, sums, output)
    output.write_rows(world)
