"""Simulated districts the tests of the simulator share; each is written once."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from xjk.testing.simulation.simulate import District, simulate

Read = Callable[[str], list[dict[str, str]]]


@pytest.fixture(scope="session")
def honest(tmp_path_factory: pytest.TempPathFactory) -> District:
    """Write an honest district of two whole blocks and a small one, with everyday business."""
    folder = tmp_path_factory.mktemp("honest") / "data"
    return simulate(folder, units=40, lines=40_000, schemes=())


@pytest.fixture(scope="session")
def read(honest: District) -> Read:
    """Read a table of the honest district."""
    kept: dict[str, list[dict[str, str]]] = {}

    def rows(table: str) -> list[dict[str, str]]:
        if table not in kept:
            kept[table] = rows_of(honest.folder / f"{table}.csv")
        return kept[table]

    return rows


def rows_of(file: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
