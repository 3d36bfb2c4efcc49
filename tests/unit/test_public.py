"""The public interface: what is in it, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import xjk
import xjk.models
import xjk.testing


@pytest.mark.parametrize("module", [xjk, xjk.models, xjk.testing], ids=["xjk", "xjk.models", "xjk.testing"])
def test_every_public_name_is_typed_and_can_be_imported(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    typed = {
        alias.asname: node.module
        for block in ast.walk(tree)
        if isinstance(block, ast.If)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    typed |= {name: f"{home}.{name}" for name, home in typed.items() if home == module.__name__}
    assert typed == module._HOMES
    for name in module.__all__:
        assert getattr(module, name) is not None
    assert dir(module) == sorted(module.__all__)


def test_importing_xjk_imports_nothing_heavy() -> None:
    code = "import sys, xjk; print([m for m in ('pydantic', 'pluggy', 'yaml', 'sqlite3', 'csv') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_kit_names_its_extra_where_a_library_is_missing() -> None:
    code = """
import sys
sys.modules['pytest'] = None
import xjk.testing
xjk.testing.simulate
try:
    xjk.testing.pack_contract
except xjk.testing.ExtraMissingError as error:
    print(error)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 'pip install "xjk[testing]"' in told.stdout


def test_listing_rules_imports_no_rule_code() -> None:
    code = """
import sys
from xjk import catalogue
rules = catalogue().rules
assert rules
folders = {rule.folder for rule in rules}
loaded = [m for m in sys.modules.values() if any(str(getattr(m, '__file__', '')).startswith(f) for f in folders)]
print(loaded, [m for m in ('hypothesis', 'pytest', 'openpyxl', 'pyarrow', 'duckdb') if m in sys.modules])
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[] []"
