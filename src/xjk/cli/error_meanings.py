"""What every error code means."""

from __future__ import annotations

from collections.abc import Iterator

from xjk.cli.console import Console
from xjk.errors import UserError, error_classes
from xjk.report.width import wrap


def error_lines(code: str, console: Console) -> Iterator[str]:
    """Yield what an error code (``XJK-E204`` or ``E204``) means.

    Raises:
        UserError: when there is no such code.
    """
    wanted = code if code.startswith("XJK-") else f"XJK-{code}"
    for kind in error_classes():
        if kind.code == wanted:
            english = (kind.__doc__ or "").split("\n")[0]
            yield from wrap(f"{kind.code} {kind.__name__}")
            yield from wrap(console.say(kind.meaning, english), indent="  ")
            return
    known = " ".join(sorted({kind.code for kind in error_classes()}))
    raise UserError(
        zh=f"没有错误代码 {wanted}。",
        en=f"There is no error code {wanted}.",
        hint_zh=f"可用的有：{known}。",
        hint_en=f"Known: {known}.",
    )
