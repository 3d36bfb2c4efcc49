"""Generate the books of a fictional district, with honest units and planted schemes.

    python examples/district/generate.py [--seed 2024] [--out examples/district/data]

Writes ``<table>.csv`` for every canonical table and ``truth.yaml`` beside the data folder.
The same seed gives the same bytes on every machine: no clock, no hash order, no locale.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from xjk.testing.simulation.simulate import simulate


def main() -> None:
    """Read the command line and generate."""
    parser = argparse.ArgumentParser(description="Generate the fictional district's data.")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    arguments = parser.parse_args()
    for table, rows in simulate(arguments.out, seed=arguments.seed).counts.items():
        print(f"{table:18} {rows:6}")


if __name__ == "__main__":
    main()
