"""The pytest plugin as a pack author meets it: chosen checks, counted checks, and a floor."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IS_REGISTERED = any(point.value == "_xjk_pytest" for point in entry_points(group="pytest11"))
CONTRACT = """
import sys
from typing import NamedTuple

import pytest

class Check(NamedTuple):
    rule: str
    check: str
    engine: str

CHECKS = [
    Check("EXA101", "RC01", ""),
    Check("EXA101", "RC04", "sqlite"),
    Check("EXA101", "RC04", "other"),
    Check("EXA102", "RC04", "sqlite"),
    Check("", "RC18", ""),
]

@pytest.mark.parametrize("xjk_check", CHECKS, ids=lambda check: "-".join(filter(None, check)))
def test_pack(xjk_check, xjk_examples):
    print("examples", xjk_examples)
    if xjk_check.engine == "other":
        pytest.skip("not installed")

def test_that_is_no_check():
    pass
"""


def run(
    folder: Path, *arguments: str, text: str = CONTRACT, ini: str = "", alone: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder with one test file; `alone` is without the plugins of other distributions."""
    folder.mkdir(exist_ok=True)
    (folder / "test_it.py").write_text(text, "utf-8")
    (folder / "pytest.ini").write_text(f"[pytest]\n{ini}\n", "utf-8")
    plugin = ["-p", "_xjk_pytest"] if alone or not IS_REGISTERED else []
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTEST_ADDOPTS": "",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1" if alone else "",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def names(ended: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the tests that were run."""
    return [line.split("::")[1].split(" ")[0] for line in ended.stdout.splitlines() if "::" in line]


def test_executed_checks_are_counted_by_name_and_skipped_ones_apart(tmp_path: Path) -> None:
    ended = run(tmp_path, "-s")
    assert ended.returncode == 0
    assert "examples None\n" in ended.stdout
    assert "xjk contract: 4 checks executed (RC01 1, RC04 2, RC18 1); 1 skipped" in ended.stdout


def test_a_run_without_contract_checks_says_nothing(tmp_path: Path) -> None:
    ended = run(tmp_path, text="def test_it():\n    pass\n")
    assert ended.returncode == 0
    assert "xjk contract" not in ended.stdout


def test_a_failed_check_was_executed(tmp_path: Path) -> None:
    ended = run(tmp_path, text=CONTRACT.replace('print("examples", xjk_examples)', "assert False"))
    assert ended.returncode == 1
    assert "xjk contract: 5 checks executed" in ended.stdout


def test_a_check_skipped_by_a_mark_was_not_executed(tmp_path: Path) -> None:
    marked = CONTRACT.replace("@pytest.mark.parametrize", "@pytest.mark.skip\n@pytest.mark.parametrize")
    assert "xjk contract: 0 checks executed; 5 skipped" in run(tmp_path, text=marked).stdout


def test_one_rule_can_be_chosen_and_tests_that_are_no_checks_stay(tmp_path: Path) -> None:
    ended = run(tmp_path, "-v", "--xjk-rule", "exa102")
    assert names(ended) == ["test_pack[EXA102-RC04-sqlite]", "test_that_is_no_check"]
    assert "4 deselected" in ended.stdout


def test_several_rules_can_be_chosen(tmp_path: Path) -> None:
    ended = run(tmp_path, "--xjk-rule", "EXA101", "--xjk-rule", "EXA102")
    assert "xjk contract: 3 checks executed (RC01 1, RC04 2); 1 skipped" in ended.stdout


def test_one_engine_can_be_chosen_and_checks_of_files_stay(tmp_path: Path) -> None:
    ended = run(tmp_path, "-v", "--xjk-engine", "sqlite")
    assert "test_pack[EXA101-RC04-other]" not in names(ended)
    assert "xjk contract: 4 checks executed (RC01 1, RC04 2, RC18 1)\n" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--xjk-engine", "auto"), "no engine"),
        (("--xjk-examples", "0"), "1 to 10000"),
        (("--xjk-examples", "10001"), "1 to 10000"),
        (("--xjk-examples", "many"), "whole number"),
        (("--xjk-floor", "-1"), "below zero"),
    ],
)
def test_a_choice_that_cannot_be_is_a_usage_error(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    ended = run(tmp_path, *arguments)
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert told in ended.stderr


def test_every_unknown_choice_is_told_at_once_with_advice(tmp_path: Path) -> None:
    ended = run(tmp_path, "--xjk-rule", "EXA1011", "--xjk-rule", "NO1", "--xjk-engine", "sqlit")
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert 'No rule EXA1011 is installed. Did you mean "EXA101"?' in ended.stderr
    assert "没有安装规则 EXA1011。 是否想写“EXA101”？" in ended.stderr
    assert "No rule NO1 is installed." in ended.stderr
    assert 'There is no engine named "sqlit". Known engines: duckdb, postgres, spark, sqlite.' in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_the_number_of_examples_reaches_the_checks(tmp_path: Path) -> None:
    assert "examples 7\n" in run(tmp_path, "-s", "--xjk-examples", "7").stdout


def test_a_run_that_executed_fewer_checks_than_the_floor_fails_and_says_why(tmp_path: Path) -> None:
    assert run(tmp_path, "--xjk-floor", "4").returncode == 0
    ended = run(tmp_path, "--xjk-floor", "5")
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "the floor is 5 executed checks" in ended.stdout
    assert "实际 4 项" in ended.stdout


def test_a_run_that_found_no_test_does_not_hold_the_floor(tmp_path: Path) -> None:
    ended = run(tmp_path, "--xjk-floor", "1", text="")
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "xjk contract: 0 checks executed" in ended.stdout


def test_the_floor_of_the_configuration_is_for_the_whole_suite(tmp_path: Path) -> None:
    ini = "xjk_floor = 5\ntestpaths = ."
    assert run(tmp_path, ini=ini).returncode == pytest.ExitCode.TESTS_FAILED
    for part in (("test_it.py",), ("-k", "EXA101"), ("--xjk-rule", "EXA101")):
        ended = run(tmp_path, *part, ini=ini)
        assert ended.returncode == 0, part
        assert "was not applied" in ended.stdout


def test_a_floor_on_the_command_line_stands_before_that_of_the_configuration(tmp_path: Path) -> None:
    assert run(tmp_path, "--xjk-floor", "4", ini="xjk_floor = 5").returncode == 0


def test_a_floor_that_is_no_number_is_a_usage_error(tmp_path: Path) -> None:
    ended = run(tmp_path, ini="xjk_floor = many")
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "xjk_floor: 'many' is not a whole number" in ended.stderr


def test_listing_tests_does_not_ask_for_the_floor(tmp_path: Path) -> None:
    assert run(tmp_path, "--collect-only", "-q", "--xjk-floor", "5").returncode == 0


def test_counts_of_parallel_workers_are_added_up(tmp_path: Path) -> None:
    ended = run(tmp_path, "-p", "xdist.plugin", "-n", "2", "--xjk-floor", "4")
    assert ended.returncode == 0
    assert "xjk contract: 4 checks executed (RC01 1, RC04 2, RC18 1); 1 skipped" in ended.stdout
    ended = run(tmp_path, "-p", "xdist.plugin", "-n", "2", "--xjk-floor", "5")
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "the floor is 5 executed checks" in ended.stdout


def test_a_wrong_choice_ends_a_parallel_run_before_it_begins(tmp_path: Path) -> None:
    ended = run(tmp_path, "-p", "xdist.plugin", "-n", "2", "--xjk-rule", "EXA110")
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "Traceback" not in ended.stdout + ended.stderr


def test_nothing_of_xjk_is_imported_before_the_tests(tmp_path: Path) -> None:
    """What is imported before coverage begins would be counted as never executed."""
    heavy = ("xjk", "hypothesis", "sqlglot", "pydantic", "yaml")
    text = f"import sys\nSEEN = [name for name in {heavy} if name in sys.modules]\ndef test_it():\n    assert SEEN == []\n"
    tmp_path.joinpath("conftest.py").write_text(
        f"import sys\nassert [name for name in {heavy} if name in sys.modules] == []\n", "utf-8"
    )
    assert run(tmp_path, "--xjk-examples", "5", text=text, alone=False).returncode == 0
