"""The public interface: what is in it, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import xjk


def test_every_public_name_is_typed_and_can_be_imported() -> None:
    tree = ast.parse(Path(xjk.__file__).read_text(encoding="utf-8"))
    typed = {
        alias.asname: node.module
        for block in ast.walk(tree)
        if isinstance(block, ast.If)
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == xjk._HOMES
    for name in xjk.__all__:
        assert getattr(xjk, name) is not None
    assert dir(xjk) == sorted(xjk.__all__)


def test_importing_xjk_imports_nothing_heavy() -> None:
    code = "import sys, xjk; print([m for m in ('pydantic', 'pluggy', 'yaml', 'sqlite3', 'csv') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


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
