"""Measure what the library promises: loading speed, memory, linearity, checking, start-up.

Each figure comes from a process of its own; a figure is the median of several runs. Judge ratios of one run: the
machine's speed drifts.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from ledgers import write_vouchers

HERE = Path(__file__).parent
RUNS = 3
LARGE, SMALL = 1_000_000, 100_000


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as folder:
        small, large = (_measured(Path(folder) / str(lines), lines) for lines in (SMALL, LARGE))
    for name, figures in (("100,000 lines", small), ("1,000,000 lines", large)):
        print(f"{name}: {figures['lines_per_second']:,.0f} lines/s read, validated, inserted")
        print(
            f"  whole load with indexes, cross-checks and derived relations: {figures['load_seconds']:.2f} s"
        )
        print(f"  peak memory: {figures['peak_mb']:.0f} MB")
    per_line = large["intake_seconds"] / LARGE / (small["intake_seconds"] / SMALL)
    print(f"time per line, 1,000,000 to 100,000: {per_line:.2f} (1.00 is linear)")
    print(f"clock time per processor time: {large['wall_per_cpu']:.2f}")
    print(f"intake against csv.reader alone: {large['intake_seconds'] / large['csv_seconds']:.2f} times")
    bare = _seconds([sys.executable, "-c", "pass"])
    for what, command in (
        ("import xjk", [sys.executable, "-c", "import xjk"]),
        ("xjk --help", [str(Path(sys.executable).with_name("xjk")), "--help"]),
        ("xjk rules list", [str(Path(sys.executable).with_name("xjk")), "rules", "list"]),
    ):
        print(f"{what}: {(_seconds(command) - bare) * 1000:.0f} ms beyond Python's own {bare * 1000:.0f} ms")


def _measured(folder: Path, lines: int) -> dict[str, float]:
    folder.mkdir()
    write_vouchers(folder / "voucher_line.csv", lines)
    return _median(["load.py", str(folder / "voucher_line.csv")])


def _median(command: list[str]) -> dict[str, float]:
    """Return the median of each figure that a script prints as JSON."""
    runs = [
        json.loads(
            subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=HERE).stdout
        )
        for _ in range(RUNS)
    ]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _seconds(command: list[str]) -> float:
    """Return the median processor time of a command, in seconds."""
    times = []
    for _ in range(2 * RUNS + 1):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        times.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return statistics.median(times)


if __name__ == "__main__":
    main()
