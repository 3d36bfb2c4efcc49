"""Hypothesis knows the models by class, and importing it stays cheap."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xjk.models import Finding, VoucherLine
from xjk.testing import strategies

FOLDER = Path(strategies.__file__).parent

ALONE = """
import sys
{before}
import hypothesis
{then}
from xjk.testing.strategies.registration import register
register()
heavy = sorted(name for name in sys.modules if name in ("pydantic", "pytest", "sqlglot") or name.startswith("xjk.models."))
print(heavy)
from xjk.models import VoucherLine
from xjk.models.rule import RuleMeta
from hypothesis.strategies._internal.types import _global_type_lookup as known
print(VoucherLine in known, RuleMeta in known, sys.modules["xjk.models.rule"].__spec__.loader.__class__.__name__)
"""


def told(before: str = "", then: str = "") -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", ALONE.format(before=before, then=then)],
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def test_registering_imports_no_model_and_models_are_registered_when_they_are_imported() -> None:
    assert told() == ["[]", "True True SourceFileLoader"]


def test_models_imported_before_are_registered_as_well() -> None:
    assert told(before="import xjk.models.tables, xjk.models.rule")[-1] == "True True SourceFileLoader"


def test_registering_twice_changes_nothing() -> None:
    assert told(then="from xjk.testing.strategies.registration import register; register()") == [
        "[]",
        "True True SourceFileLoader",
    ]


@settings(max_examples=5)
@given(st.from_type(VoucherLine), st.from_type(Finding))
def test_models_are_drawn_by_type(line: VoucherLine, finding: Finding) -> None:
    assert type(line) is VoucherLine
    assert type(finding) is Finding


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_nothing_is_filtered(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for word in (".filter(", "assume(", "reject("):
        assert word not in source


def test_public_names_are_those_that_type_checkers_see() -> None:
    declared = {
        line.rsplit(" as ", 1)[1]
        for line in (FOLDER / "__init__.py").read_text(encoding="utf-8").splitlines()
        if line.startswith("    from ")
    }
    assert declared == set(strategies.__all__)
    for name in strategies.__all__:
        assert callable(getattr(strategies, name))
