"""``xjk config``: the settings in effect and where each comes from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from xjk.cli.console import Console
from xjk.cli.settings import Settings, settings_of
from xjk.report.width import table


def run(args: Namespace, console: Console) -> int:
    """Show every setting, with its origin when asked for."""
    settings = settings_of(args)
    rows = _rows(settings, console) if args.origin else (row[:2] for row in _rows(settings, console))
    console.deliver_lines(table(rows, indent=""))
    return 0


def _rows(settings: Settings, console: Console) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and origin of each setting; a setting inside another is named with dots."""
    for name, value in settings.config:
        origin = settings.origin(name) or console.say("默认", "default")
        if isinstance(value, BaseModel):
            for inner, setting in value:
                here = inner in value.model_fields_set
                yield f"{name}.{inner}", _text(setting), origin if here else console.say("默认", "default")
        elif isinstance(value, Mapping) and value:
            for key, setting in value.items():
                yield from _entries(f"{name}.{key}", setting, origin)
        else:
            yield name, _text(value), origin


def _entries(name: str, value: object, origin: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, Mapping):
        for key, setting in value.items():
            yield from _entries(f"{name}.{key}", setting, origin)
    else:
        yield name, _text(value), origin


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "—"
    return "—" if value is None or value == {} else str(value)
