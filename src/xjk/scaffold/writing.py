"""Write new folders whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from xjk.errors import UserError


def write_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write a new folder of text files; it is there complete, or not at all.

    Raises:
        UserError: when something of its name exists, or the folder it shall stand in does not.
        OSError: when the system refuses; nothing is left behind.
    """
    check_free(target)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for name, text in files.items():
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        draft.chmod(0o755)
        draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def check_free(target: Path) -> None:
    """Refuse a folder that cannot be created.

    Raises:
        UserError: when something of its name exists, or the folder it shall stand in does not.
    """
    if target.exists() or target.is_symlink():
        raise UserError(
            zh="已经有这个文件或文件夹。",
            en="It exists already.",
            where=str(target),
            hint_zh="换一个名称，或先移走它。",
            hint_en="Choose another name, or move it away first.",
        )
    if not target.parent.is_dir():
        raise UserError(
            zh="没有这个文件夹。",
            en="There is no such folder.",
            where=str(target.parent),
            hint_zh="先建立它，或给出别的文件夹。",
            hint_en="Make it first, or name another folder.",
        )
