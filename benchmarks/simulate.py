"""Measure how fast the simulator writes a district of a million voucher lines, with all companion tables, to CSV.

Each run is a process of its own; figures are medians. On a machine that others use too, processor time is the steadier
of the two.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from xjk.testing.simulation.simulate import simulate

RUNS = 3
UNITS, LINES = 100, 1_000_000


def main() -> None:
    """Measure and print."""
    runs = [
        json.loads(subprocess.run([sys.executable, __file__, "once"], check=True, capture_output=True).stdout)
        for _ in range(RUNS)
    ]
    median = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    print(f"{UNITS} units, {median['lines']:,.0f} voucher lines, {median['rows']:,.0f} rows in all tables")
    print(f"  {median['lines'] / median['wall']:,.0f} voucher lines/s by the clock ({median['wall']:.2f} s)")
    print(
        f"  {median['lines'] / median['cpu']:,.0f} voucher lines/s of processor time ({median['cpu']:.2f} s)"
    )
    print(f"  peak memory: {median['peak_mb']:.0f} MB")


def measure() -> dict[str, float]:
    """Write one district and tell what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="xjk-bench-") as folder:
        counts = simulate(Path(folder) / "data", units=UNITS, lines=LINES).counts
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "lines": counts["voucher_line"],
        "rows": sum(counts.values()),
        "wall": wall,
        "cpu": cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["once"]:
        print(json.dumps(measure()))
    else:
        main()
