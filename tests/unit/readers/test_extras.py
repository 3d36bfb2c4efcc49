from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from xjk.errors import ExtraMissingError
from xjk.readers import open_source


def test_importing_the_readers_imports_no_optional_library() -> None:
    code = "import sys, xjk.readers; print([name for name in ('openpyxl', 'pyarrow', 'pandas') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("library", "name", "extra"),
    [("openpyxl", "payment.xlsx", "excel"), ("pyarrow", "payment.parquet", "parquet")],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, name: str, extra: str
) -> None:
    from openpyxl import Workbook

    path = tmp_path / name
    Workbook().save(path)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExtraMissingError, match=rf"xjk\[{extra}\]"):
        open_source(path)
