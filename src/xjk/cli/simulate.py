"""``xjk simulate``: write the books of a fictional district, with what was planted in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from xjk.cli.console import Console
from xjk.testing.simulation.simulate import simulate


def run(args: Namespace, console: Console) -> int:
    """Write a district and say what it holds."""
    district = simulate(
        args.folder,
        units=args.units,
        years=args.years,
        seed=args.seed,
        schemes=_wanted(args.schemes),
        lines=args.lines,
        first_year=args.first_year,
        format=args.format,
    )
    lines, rows = district.counts["voucher_line"], sum(district.counts.values())
    units = len(district.planted_units) + len(district.honest_units)
    console.deliver_lines(
        [
            console.say(f"数据：{district.folder}", f"data: {district.folder}"),
            console.say(f"答案：{district.truth}", f"truth: {district.truth}"),
            console.say(
                f"{units} 个单位，{lines:,} 条凭证分录，共 {rows:,} 行；{len(district.plants)} 个手法埋在 {len(district.planted_units)} 个单位",
                f"{units} units, {lines:,} voucher lines, {rows:,} rows in all; {len(district.plants)} schemes in {len(district.planted_units)} units",
            ),
        ]
    )
    return 0


def _wanted(text: str) -> str | Sequence[str]:
    if text == "all":
        return text
    return () if text == "none" else [part for piece in text.split(",") if (part := piece.strip())]
