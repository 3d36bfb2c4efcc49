"""RC18: a pack is light to import and rests on public names only."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import xjk
from xjk.hooks.catalogue import Catalogue
from xjk.models.nearest import suggestion
from xjk.models.words import Words
from xjk.rules.frontmatter import read_text
from xjk.testing.contract.subject import Breach, Subject

HEAVY = (
    "duckdb",
    "polars",
    "pandas",
    "numpy",
    "pyarrow",
    "pyspark",
    "psycopg",
    "openpyxl",
    "hypothesis",
    "pytest",
    "sqlglot",
)
"""Libraries that no rule needs; importing one makes every run of xjk slower, or fail where it is not installed."""

_SECONDS = 60


def light_pack(packs: Catalogue) -> Iterator[Breach]:
    """RC18 of a pack: importing it brings in nothing heavy, and its modules use public names of xjk only."""
    for pack in packs.packs:
        try:
            loaded = _loaded_by(pack.name)
        except ImportError as error:
            yield Breach(
                Words(
                    zh=f"在单独的进程中无法导入规则包：{error}",
                    en=f"The pack cannot be imported in a process of its own: {error}",
                ),
                pack.name,
            )
            continue
        for library in sorted(set(HEAVY) & loaded):
            yield Breach(
                Words(
                    zh=f"导入规则包会导入 {library}；在用到的函数里再导入。",
                    en=f"Importing the pack imports {library}; import it in the function that uses it.",
                ),
                pack.name,
            )
    of_rules = {Path(rule.folder) for rule in packs.rules}
    modules = {file for folder in of_rules for file in folder.parent.parent.rglob("*.py")}
    for file in sorted(modules):
        if file.parent not in of_rules:
            yield from private_names(file)


def light_rule(subject: Subject) -> Iterator[Breach]:
    """RC18 of a rule: rule.py imports public names of xjk and nothing heavy."""
    file = Path(subject.rule.folder) / "rule.py"
    yield from private_names(file)
    for name, line in _imported(file):
        if name.partition(".")[0] in HEAVY:
            yield Breach(
                Words(
                    zh=f"规则导入 {name}；先用 SQL 汇总，再用标准库处理小结果。",
                    en=f"The rule imports {name}; let SQL aggregate and finish with the standard library.",
                ),
                f"{file}:{line}",
            )


def private_names(file: Path) -> Iterator[Breach]:
    """Yield the names of xjk that a module of a pack imports though they are not public."""
    for name, line in _imported(file):
        top, _, rest = name.partition(".")
        if top == "xjk" and rest and (rest not in xjk.__all__):
            hint_zh, hint_en = suggestion(rest.rpartition(".")[2], xjk.__all__)
            yield Breach(
                Words(
                    zh=f"{name} 不是公开的名称。{hint_zh}",
                    en=f"{name} is not a public name. {hint_en}",
                ),
                f"{file}:{line}",
            )


def _imported(file: Path) -> Iterator[tuple[str, int]]:
    """Yield what a module imports, as ``module.name``, with the line."""
    for node in ast.walk(ast.parse(read_text(file))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _loaded_by(module: str) -> set[str]:
    """Return the top-level modules that importing a pack brings in, in a process of its own.

    Raises:
        ImportError: with the last line of what Python says, when it cannot be imported.
    """
    program = (
        f"import sys; before = set(sys.modules); import {module}; print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(  # noqa: S603 - this Python, and a pack the tests import anyway
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode != 0:
        raise ImportError((done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1])
    return {name.partition(".")[0] for name in done.stdout.split()}
