"""The simulator: a fictional district of any size, streamed to files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from xjk.testing.simulation.arguments import check_arguments
from xjk.testing.simulation.base.columns import COLUMNS
from xjk.testing.simulation.base.output import Output, involved, truth_entries, truth_text
from xjk.testing.simulation.base.parquet import require_pyarrow, to_parquet
from xjk.testing.simulation.blocks import WHOLE, Plan, begin, casts, finish
from xjk.testing.simulation.publish import TRUTH, appearing
from xjk.testing.simulation.wishes import plant, wishes


@dataclass(frozen=True, slots=True)
class Plant:
    """One planted scheme.

    Attributes:
        id: Identifier of the scheme, such as ``F3-1``.
        form: Form of the plan, ``F1`` to ``F9``.
        unit_code: Unit whose books carry it.
        amount_fen: Sum that leaves or misses the books, in fen.
    """

    id: str
    form: str
    unit_code: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class District:
    """What the simulator wrote.

    Attributes:
        folder: Folder with one file per table.
        truth: File that says what was planted, beside the folder.
        counts: Rows of each table.
        plants: The planted schemes, by identifier.
        planted_units: Codes of the units that carry a scheme or lend their books to one.
        honest_units: Codes of all other units.
    """

    folder: Path
    truth: Path
    counts: Mapping[str, int]
    plants: tuple[Plant, ...]
    planted_units: tuple[str, ...]
    honest_units: tuple[str, ...]


def simulate(
    out: str | os.PathLike[str],
    *,
    units: int = WHOLE,
    years: int = 2,
    seed: int = 2024,
    schemes: Literal["all"] | Sequence[str] = "all",
    lines: int | None = None,
    first_year: int = 2024,
    format: Literal["csv", "parquet"] = "csv",  # noqa: A002 - the word users expect
) -> District:
    """Write the books of a fictional district to one file per table, with ``truth.yaml`` beside the folder.

    The same arguments give the same bytes on every machine. Memory stays bounded: the district is written in blocks
    of eighteen units. Files appear whole or not at all.

    Args:
        out: Folder for ``<table>.csv`` or ``<table>.parquet``; made when missing.
        units: Number of units; eighteen make a whole block, with every kind of unit and of honest business.
        years: Number of years the books cover, 1 to 10.
        seed: A whole number from 0; another one gives another district.
        schemes: Schemes to plant: identifiers such as ``F3-1``, whole forms such as ``F3``, or ``"all"`` that fit.
        lines: Wanted number of voucher lines, reached within a few per cent through denser everyday business;
            the natural size when None.
        first_year: First year of the books.
        format: ``"csv"`` or ``"parquet"``.

    Raises:
        UserError: An argument is out of bounds, or a scheme is unknown or does not fit the district.
        ExtraMissingError: ``format`` is ``"parquet"`` and pyarrow is not installed.
    """
    check_arguments(units=units, years=years, seed=seed, lines=lines, first_year=first_year, format=format)
    if format == "parquet":
        require_pyarrow()
    folder = Path(out)
    plan, parts = Plan(seed, first_year, years), casts(units)
    wanted = wishes(schemes, units // WHOLE or 1)
    entries: list[tuple[str, str]] = []
    plants: list[Plant] = []
    codes: list[str] = []
    guilty: set[str] = set()
    left = units
    with appearing(folder, format) as made:
        with Output(made) as output:
            for block, roles in enumerate(parts):
                world = begin(plan, block, roles)
                plant(world, wanted)
                share = 0 if lines is None else (lines - output.counts["voucher_line"]) * len(roles) // left
                finish(world, output, share)
                left -= len(roles)
                entries += truth_entries(world)
                codes += world.units
                plants += [Plant(t["id"], t["form"], t["unit"].code, t["amount"]) for t in world.truth]
                guilty |= involved(world)
        if format == "parquet":
            for table in COLUMNS:
                to_parquet(made / f"{table}.csv", table)
        (made / TRUTH).write_text(truth_text(seed, entries), encoding="utf-8", newline="\n")
    return District(
        folder,
        folder.parent / TRUTH,
        MappingProxyType(output.counts),
        tuple(sorted(plants, key=lambda found: (found.id, found.unit_code))),
        tuple(code for code in codes if code in guilty),
        tuple(code for code in codes if code not in guilty),
    )
