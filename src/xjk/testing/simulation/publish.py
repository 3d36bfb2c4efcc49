"""Files that appear whole or not at all: written in a folder beside, then moved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from xjk.errors import UserError
from xjk.testing.simulation.base.columns import COLUMNS

TRUTH = "truth.yaml"


@contextmanager
def appearing(folder: Path, format: str) -> Iterator[Path]:  # noqa: A002
    """Give a folder to write in; what was written appears when all went well, the truth beside the folder.

    Raises UserError when the folder is a file, or holds tables in another format, which would be read twice.
    """
    folder = folder.absolute()
    _check(folder, format)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
        (made / TRUTH).replace(folder.parent / TRUTH)
        folder.mkdir(exist_ok=True)
        for file in sorted(made.iterdir()):
            file.replace(folder / file.name)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check(folder: Path, format: str) -> None:  # noqa: A002
    if folder.exists() and not folder.is_dir():
        raise UserError(
            zh=f"out：{folder} 是文件，不是文件夹。",
            en=f"out: {folder} is a file, not a folder.",
            hint_zh="请指定一个文件夹。",
            hint_en="Name a folder.",
        )
    other = "parquet" if format == "csv" else "csv"
    stale = [f"{table}.{other}" for table in COLUMNS if (folder / f"{table}.{other}").exists()]
    if stale:
        raise UserError(
            zh=f"out：{folder} 中已有 {stale[0]} 等 {len(stale)} 张 {other} 格式的表，会与新表重复。",
            en=f"out: {folder} already holds {len(stale)} tables as {other}, {stale[0]} among them; they would count twice.",
            hint_zh="请换一个文件夹，或先移走它们。",
            hint_en="Choose another folder, or move them away first.",
        )
