"""The formats results can be written in, and who writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

from xjk.errors import Lang, PackError, PackLoadError, UserError
from xjk.models.nearest import suggestion
from xjk.models.pack import ReporterInfo
from xjk.models.run import RunResult, Validation

Writer = Callable[[RunResult, Lang], str | Iterator[str]]
ValidationWriter = Callable[[Validation, Lang], str | Iterator[str]]

REPORTERS: tuple[ReporterInfo, ...] = (
    ReporterInfo(name="text", media_type="text/plain", target="xjk.report.run_text:write_text"),
    ReporterInfo(name="json", media_type="application/json", target="xjk.report.run_data:write_json"),
    ReporterInfo(name="jsonl", media_type="application/jsonl", target="xjk.report.run_data:write_jsonl"),
    ReporterInfo(name="csv", media_type="text/csv", target="xjk.report.run_data:write_csv"),
)
"""Formats for runs that come with the library; packs add theirs through the hook ``xjk_reporters``."""

VALIDATION_REPORTERS: tuple[ReporterInfo, ...] = (
    ReporterInfo(name="text", media_type="text/plain", target="xjk.report.validation_text:write_text"),
    ReporterInfo(name="json", media_type="application/json", target="xjk.report.validation_data:write_json"),
    ReporterInfo(
        name="jsonl", media_type="application/jsonl", target="xjk.report.validation_data:write_jsonl"
    ),
    ReporterInfo(name="csv", media_type="text/csv", target="xjk.report.validation_data:write_csv"),
)
"""Formats for validations."""


def run_writer(name: str, packs: Sequence[ReporterInfo] = ()) -> Writer:
    """Return the function that writes runs in a format; a format of the library cannot be replaced by a pack.

    Raises:
        UserError: when there is no such format.
        PackLoadError: when the reporter of a pack cannot be imported.
    """
    write: Writer = _target(name, (*REPORTERS, *packs))
    return write


def validation_writer(name: str) -> ValidationWriter:
    """Return the function that writes validations in a format.

    Raises:
        UserError: when there is no such format.
    """
    write: ValidationWriter = _target(name, VALIDATION_REPORTERS)
    return write


def write_run(result: RunResult, lang: Lang, write: Writer) -> Iterator[str]:
    """Yield a run as a writer writes it, piece by piece.

    Raises:
        PackError: when the writer fails or gives anything but text.
    """
    try:
        written = write(result, lang)
        for piece in [written] if isinstance(written, str) else written:
            if not isinstance(piece, str):
                raise TypeError(f"it gave {type(piece).__name__}")
            yield piece
    except Exception as error:
        place = f"{getattr(write, '__module__', '')}:{getattr(write, '__qualname__', '')}"
        raise PackError(
            zh=f"报告程序出错（{type(error).__name__}）。",
            en=f"The reporter failed ({type(error).__name__}).",
            where=place,
            hint_zh="换一种 --format，并告知该规则包的作者。",
            hint_en="Choose another --format, and tell the author of the pack.",
        ) from error


def _target(name: str, known: Iterable[ReporterInfo]) -> Any:
    """Import the writer of a format."""
    targets: dict[str, str] = {}
    for info in known:
        targets.setdefault(info.name, info.target)
    if name not in targets:
        hint_zh, hint_en = suggestion(name, targets)
        raise UserError(
            zh=f"没有格式“{name}”。", en=f'There is no format "{name}".', hint_zh=hint_zh, hint_en=hint_en
        )
    module, _, attribute = targets[name].partition(":")
    try:
        return getattr(import_module(module), attribute)
    except Exception as error:
        raise PackLoadError(
            zh=f"格式“{name}”的报告程序无法导入（{type(error).__name__}）。",
            en=f'The reporter of the format "{name}" cannot be imported ({type(error).__name__}).',
            where=targets[name],
            hint_zh="请升级或卸载该规则包。",
            hint_en="Upgrade or remove the pack.",
        ) from error
