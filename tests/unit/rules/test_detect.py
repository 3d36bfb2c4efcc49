from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.unit.rules.samples import write_rule

from xjk.errors import RuleFolderError
from xjk.models.rule import Rule
from xjk.rules.detect import load_detect
from xjk.rules.folder import read_rule

GOOD = '''\
from __future__ import annotations
from dataclasses import dataclass

@dataclass(frozen=True, slots=True)
class Leg:
    total: int

def detect(ledger, params):
    """Yield nothing."""
    yield from ()
'''


def python_rule(parent: Path, source: str) -> Rule:
    return read_rule(write_rule(parent, sql=None, python=source), "acme")


def test_detect_is_loaded_and_leaves_no_module_and_no_bytecode(tmp_path: Path) -> None:
    rule = python_rule(tmp_path, GOOD)
    before = set(sys.modules)
    detect = load_detect(rule)
    assert detect.__name__ == "detect"
    assert {name for name in set(sys.modules) - before if name.startswith("_xjk")} == set()
    assert not list(tmp_path.rglob("__pycache__"))


def test_a_changed_file_is_loaded_anew(tmp_path: Path) -> None:
    rule = python_rule(tmp_path, GOOD)
    load_detect(rule)
    path = Path(rule.folder) / "rule.py"
    path.write_text(GOOD.replace("Yield nothing", "Yield naught!"))
    assert load_detect(rule).__doc__ == "Yield naught!."


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def detect(ledger, params)\n", r"rule\.py:1: Not valid Python"),
        ("\n\nx = 1 / 0\n", r"rule\.py:3: It failed while being imported: ZeroDivisionError"),
        ("raise SystemExit(3)\n", r"rule\.py:1: It failed while being imported: SystemExit: 3"),
        ("import no_such_module_of_xjk\n", r"rule\.py:1: .*ModuleNotFoundError"),
        ("x = 1\n", r"There is no function detect"),
        ("detect = 5\n", r"There is no function detect"),
        ("\ndef detect(ledger): ...\n", r"rule\.py:2: detect is declared with \(ledger\)"),
        ("def detect(ledger, p): ...\n", r"must be exactly \(ledger, params\)"),
        ("def detect(ledger, params=None): ...\n", r"must be exactly"),
        ("def detect(ledger, *, params): ...\n", r"must be exactly"),
        ("def detect(*ledger, **params): ...\n", r"must be exactly"),
        ("def detect(ledger, params, more): ...\n", r"must be exactly"),
        ("x = '\0'\n", r"Not valid Python"),
    ],
)
def test_a_rule_py_that_cannot_run_is_told_with_its_line(tmp_path: Path, source: str, expected: str) -> None:
    rule = python_rule(tmp_path, source)
    before = set(sys.modules)
    with pytest.raises(RuleFolderError, match=expected):
        load_detect(rule)
    assert not [name for name in set(sys.modules) - before if name.startswith("_xjk")]


def test_an_interrupt_is_passed_on(tmp_path: Path) -> None:
    rule = python_rule(tmp_path, "raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        load_detect(rule)


def test_a_rule_py_that_has_gone_is_an_error(tmp_path: Path) -> None:
    rule = python_rule(tmp_path, GOOD)
    (Path(rule.folder) / "rule.py").unlink()
    with pytest.raises(RuleFolderError, match="cannot be read"):
        load_detect(rule)
