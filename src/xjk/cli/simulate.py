"""``xjk simulate``: write the books of a fictional district, with what was planted in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from xjk.cli.console import Console
from xjk.errors import UserError
from xjk.testing.simulation.publish import TRUTH
from xjk.testing.simulation.simulate import simulate


def run(args: Namespace, console: Console) -> int:
    """Write a district and say what it holds."""
    _refuse_taken(Path(args.folder))
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


def _refuse_taken(folder: Path) -> None:
    """Refuse a place where something stands: real books must not be replaced by invented ones.

    Raises:
        UserError: when the folder holds anything, or a ground truth stands beside it.
    """
    truth = folder.absolute().parent / TRUTH
    taken = truth if truth.exists() else folder
    if truth.exists() or (folder.is_dir() and any(folder.iterdir())):
        raise UserError(
            zh=f"{taken} 已存在。",
            en=f"{taken} is there already.",
            hint_zh="请指定一个新目录；答案 truth.yaml 写在它旁边。",
            hint_en="Name a new folder; the answers are written to truth.yaml beside it.",
        )


def _wanted(text: str) -> str | Sequence[str]:
    if text == "all":
        return text
    return () if text == "none" else [part for piece in text.split(",") if (part := piece.strip())]
