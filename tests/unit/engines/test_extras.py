"""An engine whose library is missing names the extra that brings it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("engine", "library"), [("duckdb", "duckdb"), ("postgres", "psycopg")])
def test_the_extra_is_named_when_the_library_is_missing(tmp_path: Path, engine: str, library: str) -> None:
    (tmp_path / f"{library}.py").write_text("raise ImportError\n")
    program = f"import xjk\nfrom xjk.errors import XjkError\ntry:\n    xjk.load({{'unit': []}}, engine='{engine}')\nexcept XjkError as error:\n    print(error)\n"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert f"xjk[{engine}]" in found.stdout, found.stderr
