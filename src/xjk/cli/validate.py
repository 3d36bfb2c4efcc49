"""``xjk validate``: say what became of every row, and what is wrong with the data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xjk.cli.console import Console
from xjk.cli.progress import Progress
from xjk.cli.settings import settings_of
from xjk.errors import UserError
from xjk.report.formats import validation_writer
from xjk.runner.load import load

LISTED_AS_TEXT = 10_000
"""Problems looked at for a text report, which shows a few of each kind."""


def run(args: Namespace, console: Console) -> int:
    """Validate data and return 0, or 2 when rows or tables were refused."""
    settings = settings_of(args)
    write = validation_writer(args.format)
    quarantine = Path(args.quarantine) if args.quarantine else None
    if quarantine is not None and quarantine.exists():
        raise _folder_exists(quarantine)
    limit = LISTED_AS_TEXT if args.limit is None and args.format == "text" else args.limit
    with (
        Progress(console) as progress,
        load(*args.data, mapping=settings.mapping, progress=progress.rows) as ledger,
    ):
        validation = ledger.validation(limit)
        if quarantine is not None and validation.quarantined:
            ledger.write_quarantine(quarantine)
    console.deliver(write(validation, settings.config.lang), args.output)
    if quarantine is not None and not validation.quarantined:
        console.note("没有被隔离的行，未写目录。", "No row was refused; no folder was written.")
    elif quarantine is not None:
        console.note(
            f"被隔离的行已写入 {quarantine}，含个人信息原文，请妥善保管。",
            f"Refused rows were written to {quarantine}; they hold personal data as it is, keep them safe.",
        )
    return 2 if validation.errors else 0


def _folder_exists(folder: Path) -> UserError:
    return UserError(
        zh="目录已存在。",
        en="The folder exists already.",
        where=str(folder),
        hint_zh="请给出新目录。",
        hint_en="Name a new one.",
    )
