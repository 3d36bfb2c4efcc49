"""A pack from its creation to its installation: what is made can be built, installed, listed and tested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from argparse import Namespace
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from xjk.cli import new_pack, new_rule
from xjk.cli.console import Console

IS_REGISTERED = any(point.value == "_xjk_pytest" for point in entry_points(group="pytest11"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new pack with a rule more than the samples."""
    parent = tmp_path_factory.mktemp("work")
    new_pack.run(Namespace(name="my_city", folder=str(parent), prefix="CTY"), Console("en"))
    made = parent / "xjk-my-city"
    new_rule.run(
        Namespace(code="CTY103", name="late_rent", pack=str(made), kind="sql", form="F2"), Console("en")
    )
    return made


@pytest.fixture(scope="module")
def site(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the built pack is installed."""
    built, site = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    assert wheel.name == "xjk_my_city-0.1.0-py3-none-any.whl"
    zipfile.ZipFile(wheel).extractall(site)
    return site


def run(site: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment with the pack installed."""
    return subprocess.run(
        [sys.executable, *map(str, command)],
        env={
            **os.environ,
            "PYTHONPATH": str(site),
            "PYTHONDONTWRITEBYTECODE": "1",
            "XJK_PACKS": "xjk_my_city",
        },
        cwd=site,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def test_a_created_pack_can_be_built_installed_and_listed(site: Path) -> None:
    told = run(site, "-c", "from xjk.cli.main import run; run()", "rules", "list", "--format", "json")
    assert told.stderr == ""
    rules = json.loads(told.stdout)
    assert [(rule["meta"]["code"], rule["meta"]["name"], rule["pack"]) for rule in rules] == [
        ("CTY101", "round_payment_to_person", "xjk_my_city"),
        ("CTY102", "payments_in_a_circle", "xjk_my_city"),
        ("CTY103", "late_rent", "xjk_my_city"),
    ]


def test_a_created_pack_passes_its_cases(site: Path) -> None:
    told = run(site, "-c", "from xjk.cli.main import run; run()", "rules", "test", "--lang", "en")
    assert told.returncode == 0
    assert told.stdout.count(" cases hold") == 3


def test_a_created_rule_keeps_the_contract_but_for_what_is_marked(folder: Path, site: Path) -> None:
    plugin = [] if IS_REGISTERED else ["-p", "_xjk_pytest"]
    chosen = ["--xjk-rule", "CTY103", "--xjk-examples", "2"]
    told = run(site, "-m", "pytest", "-p", "no:cacheprovider", "-rA", *plugin, *chosen, folder)
    failed = [line for line in told.stdout.splitlines() if line.startswith("FAILED ")]
    assert len(failed) == 1, told.stdout
    assert "test_pack[CTY103-RC02]" in failed[0]
    assert "rule.md:3" in told.stdout
    assert "RC01 1, RC02 1, RC03 1, RC04 1" in told.stdout


@pytest.mark.parametrize(("lang", "told"), [("zh", "接下来"), ("en", "Next")])
def test_making_a_pack_lists_its_files_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, told: str
) -> None:
    parent = tmp_path / "a folder"
    parent.mkdir()
    args = Namespace(name="city", folder=str(parent), prefix=None)
    assert new_pack.run(args, Console("zh" if lang == "zh" else "en")) == 0
    out = capsys.readouterr().out
    made = parent / "xjk-city"
    assert str(made) in out.splitlines()[0]
    listed = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert listed <= {line.strip() for line in out.splitlines()}
    assert told in out
    assert f"pip install -e '{made}' \"xjk[testing]\"\n" in out


def test_making_a_rule_lists_its_files_and_says_what_comes_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_pack.run(Namespace(name="my_city", folder=str(tmp_path), prefix="CTY"), Console("en"))
    args = Namespace(
        code="CTY104", name="early_rent", pack=str(tmp_path / "xjk-my-city"), kind="python", form=None
    )
    assert new_rule.run(args, Console("en")) == 0
    out = capsys.readouterr().out
    assert "cty104_early_rent\n" in out
    for name in ("rule.md", "rule.py", "cases.yaml"):
        assert f"  {name}\n" in out
    assert "xjk rules test CTY104" in out
