"""What is installed is the built wheel, not the checkout: nothing a rule needs may be left out of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECTS = (ROOT, *sorted((ROOT / "plugins").iterdir()))


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Build the wheel of every project of the workspace."""
    folder = tmp_path_factory.mktemp("wheels")
    for project in PROJECTS:
        command = [
            sys.executable,
            "-m",
            "hatchling",
            "build",
            "--target",
            "wheel",
            "--directory",
            str(folder),
        ]
        subprocess.run(command, cwd=project, check=True, capture_output=True)
    return tuple(sorted(folder.glob("*.whl")))


def test_every_data_file_of_the_sources_is_in_its_wheel(wheels: tuple[Path, ...]) -> None:
    packed = {name for wheel in wheels for name in zipfile.ZipFile(wheel).namelist()}
    sources = [path for project in PROJECTS for path in (project / "src").rglob("*")]
    wanted = {
        path.relative_to(next(parent for parent in path.parents if parent.name == "src")).as_posix()
        for path in sources
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(wanted - packed) == []
    assert sum(name.endswith("/cases.yaml") for name in packed) >= 12


def test_a_wheel_built_from_the_source_archive_carries_the_example(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--directory", str(tmp_path)]
    subprocess.run([*build, "--target", "sdist"], cwd=ROOT, check=True, capture_output=True)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    unpacked = tmp_path / archive.name.removesuffix(".tar.gz")
    subprocess.run([*build, "--target", "wheel"], cwd=unpacked, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "_xjk_pytest.py" in names
    assert sum(name.startswith("xjk/scaffold/example/src/xjk_example/rules/") for name in names) >= 6


def test_installed_wheels_list_every_rule(wheels: tuple[Path, ...], tmp_path: Path) -> None:
    for wheel in wheels:
        zipfile.ZipFile(wheel).extractall(tmp_path)  # noqa: S202 - the wheels built above
    code = "from xjk import catalogue; c = catalogue(); print(len(c.rules), c.problems, {r.folder for r in c.rules})"
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(tmp_path)}, cwd=tmp_path, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    rules = sorted(ROOT.glob("plugins/*/src/*/rules/*/rule.md"))
    assert told.stdout.startswith(f"{len(rules)} () ")
    assert told.stdout.count(str(tmp_path)) == len(rules)
