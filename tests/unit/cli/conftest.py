"""A small dataset, a command line in a folder of its own, and packs that are installed for one test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from xjk.cli.main import main

XJK = str(Path(sys.executable).with_name("xjk"))


class Ended(NamedTuple):
    """How one command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every command away from configuration and results of others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XJK_LANG", raising=False)
    monkeypatch.delenv("XJK_PACKS", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def xjk(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command line in this process."""

    def run(*argv: str | Path) -> Ended:
        capsys.readouterr()
        code = main([str(word) for word in argv])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Return a function that runs one command line as a process of its own; packs in ``site`` are installed."""

    def run(*argv: str | Path, **environment: str) -> Ended:
        site = str(tmp_path / "site")
        ended = subprocess.run(
            [XJK, *map(str, argv)],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": site, "PYTHONIOENCODING": "utf-8", **environment},
            timeout=120,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    return run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return books in which one meeting cost too much."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "unit.csv").write_text("unit_code,name,kind\nU1,甲局,administrative\n", "utf-8")
    meeting(folder, "M1", "推进会", "98400.00")
    return folder


def meeting(folder: Path, event_id: str, name: str, cost: str) -> None:
    """Write the table of meetings with one meeting of 120 people, which may cost 66000.00."""
    (folder / "event.csv").write_text(
        "event_id,unit_code,kind,name,starts_on,ends_on,grade,attendees,cost\n"
        f"{event_id},U1,meeting,{name},2024-11-14,2024-11-14,3,120,{cost}\n",
        "utf-8",
    )


def install_pack(tmp_path: Path, name: str, code: str) -> None:
    """Install a pack for processes of one test: a module and what the installer notes about it."""
    site = tmp_path / "site"
    notes = site / f"{name}-1.0.dist-info"
    notes.mkdir(parents=True)
    (site / f"{name}.py").write_text(code, "utf-8")
    (notes / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
    (notes / "entry_points.txt").write_text(f"[xjk]\n{name} = {name}\n", "utf-8")
