"""Generate the books of a fictional district, with honest units and planted schemes.

    python examples/district/generate.py [--seed 2024] [--out examples/district/data]

Writes ``<table>.csv`` for every canonical table and ``truth.yaml`` beside the data folder.
The same seed gives the same bytes on every machine: no clock, no hash order, no locale.
"""

from __future__ import annotations

import argparse

from pathlib import Path


from xjk.testing.simulation.base.closing import (
    close_years,
    number_invoices,
    number_vouchers,
    post_interest,
    write_balances,
    write_statements,
)
from xjk.testing.simulation.base.output import write_tables, write_truth
from xjk.testing.simulation.base.world import World
from xjk.testing.simulation.bodies import build_bodies
from xjk.testing.simulation.campaign import build_budget, build_campaign
from xjk.testing.simulation.companies import build_companies
from xjk.testing.simulation.events import build_events
from xjk.testing.simulation.lookalikes import build_lookalikes
from xjk.testing.simulation.people import build_departures, build_travel
from xjk.testing.simulation.revenue import build_revenue
from xjk.testing.simulation.routine import (
    build_disposals,
    build_framework,
    build_instalments,
    build_purchases,
    build_routine,
)
from xjk.testing.simulation.schemes import entities, income, invoices, services, spending
from xjk.testing.simulation.subsidies import build_subsidies
from xjk.testing.simulation.units import build_units, settle_openings
from xjk.testing.simulation.works import build_works

BUILDERS = (
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
    *spending.SCHEMES,
    *services.SCHEMES,
    *income.SCHEMES,
    *entities.SCHEMES,
    *invoices.SCHEMES,
    settle_openings,
    build_campaign,
    build_budget,
    post_interest,
    close_years,
    number_vouchers,
    number_invoices,
    write_statements,
    write_balances,
)


def generate(seed: int, out: Path) -> World:
    """Build the district and write its data folder and the truth beside it."""
    world = World(seed)
    for build in BUILDERS:
        build(world)
    write_tables(world, out)
    write_truth(world, out.parent / "truth.yaml")
    return world


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description="Generate the fictional district's data.")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    arguments = parser.parse_args()
    world = generate(arguments.seed, arguments.out)
    for table, rows in world.tables.items():
        print(f"{table:18} {len(rows):6}")


if __name__ == "__main__":
    main()
