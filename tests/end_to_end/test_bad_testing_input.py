"""What the testing kit says, through the installed command, of input that cannot be used."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
XJK = Path(sys.executable).with_name("xjk")


def told_by(*words: str) -> str:
    """Return what the command says when it refuses with exit code 2."""
    done = subprocess.run([XJK, *words, "--lang", "en"], capture_output=True, text=True)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_scheme_that_does_not_fit_the_district_is_named_with_what_it_needs(tmp_path: Path) -> None:
    told = told_by("simulate", str(tmp_path / "data"), "--units", "3", "--schemes", "F8-2")
    assert "F8-2" in told
    assert "canteen" in told
    assert not (tmp_path / "data").exists()


def test_an_unknown_scheme_is_answered_with_a_near_one(tmp_path: Path) -> None:
    told = told_by("simulate", str(tmp_path / "data"), "--schemes", "F3-99")
    assert "F3-99" in told
    assert "F3-" in told.replace("F3-99", "")


@pytest.mark.parametrize(("option", "value"), [("--units", "0"), ("--years", "11"), ("--lines", "5")])
def test_a_number_out_of_bounds_is_named_with_its_range(tmp_path: Path, option: str, value: str) -> None:
    told = told_by("simulate", str(tmp_path / "data"), option, value)
    assert option.removeprefix("--") in told
    assert value in told


def test_books_that_are_there_are_not_replaced_by_invented_ones(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "unit.csv").write_text("unit_code,name,kind\n", "utf-8")
    assert "is there already" in told_by("simulate", str(tmp_path / "data"))
    assert (tmp_path / "data" / "unit.csv").read_text("utf-8") == "unit_code,name,kind\n"


def test_data_without_ground_truth_cannot_be_scored(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(ROOT / "examples/district/data/unit.csv", data)
    assert "truth" in told_by("bench", "detect", str(data))


def test_an_engine_that_is_not_installed_is_named_with_those_that_are() -> None:
    done = subprocess.run(
        [XJK, "rules", "mutate", "EXA101", "--engine", "oracle", "--lang", "en"],
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "oracle" in done.stdout + done.stderr
    assert "sqlite" in done.stdout + done.stderr


def test_a_pack_or_rule_that_exists_is_not_created_again(tmp_path: Path) -> None:
    subprocess.run([XJK, "new", "pack", "acme", "--folder", str(tmp_path)], check=True, capture_output=True)
    assert "acme" in told_by("new", "pack", "acme", "--folder", str(tmp_path))
    assert "XJK301" in told_by("new", "rule", "XJK301", "some_rule", "--pack", str(tmp_path / "xjk-acme"))
