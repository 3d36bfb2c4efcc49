"""The settings in effect: defaults, then the configuration file, then the environment, then the command line."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from xjk.errors import ConfigError, Lang
from xjk.runner.config import Config, LoadedConfig, find_config, read_config

LANG_VARIABLE = "XJK_LANG"

_PATHS = ("mapping", "baseline", "exclusions")
_VALUES = ("preview", "fail_level", "lang")


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold the settings in effect and where each was set.

    Attributes:
        loaded: The settings, with the file that paths in it are relative to.
        overrides: Where the settings that are not from the file were set, by name.
    """

    loaded: LoadedConfig
    overrides: Mapping[str, str]

    @property
    def config(self) -> Config:
        """Return the settings."""
        return self.loaded.config

    @property
    def mapping(self) -> Path | None:
        """Return the mapping file."""
        return self.loaded.beside(self.config.mapping)

    def origin(self, name: str) -> str:
        """Return where a setting was made: an option, a variable, the file, or empty for the default."""
        if name in self.overrides:
            return self.overrides[name]
        return self.loaded.where if name in self.config.model_fields_set else ""


def settings_of(args: Namespace) -> Settings:
    """Return the settings in effect for a command line.

    Raises:
        ConfigError: when the configuration file is not valid or XJK_LANG is not a language.
    """
    given = getattr(args, "config", None)
    file = Path(given) if given is not None else find_config(Path.cwd())
    loaded = read_config(file)
    changes = {name: (value, origin) for name, value, origin in _changes(args, loaded.config)}
    config = loaded.config.model_copy(update={name: value for name, (value, _) in changes.items()})
    return Settings(
        loaded.model_copy(update={"config": config}), {name: origin for name, (_, origin) in changes.items()}
    )


def _changes(args: Namespace, config: Config) -> Iterator[tuple[str, object, str]]:
    """Yield what the environment and the command line set, the stronger later."""
    variable = os.environ.get(LANG_VARIABLE)
    if variable:
        yield "lang", _lang(variable), LANG_VARIABLE
    for name in _PATHS:
        path = getattr(args, name, None)
        if path is not None:
            yield name, str(Path(path).absolute()), f"--{name}"
    for name in _VALUES:
        value = getattr(args, name, None)
        if value is not None:
            yield name, value, f"--{name.replace('_', '-')}"
    if getattr(args, "select", None):
        yield "select", tuple(args.select), "--select"
    if getattr(args, "ignore", None):
        yield "ignore", (*config.ignore, *args.ignore), "--ignore"


def _lang(text: str) -> Lang:
    languages: dict[str, Lang] = {"zh": "zh", "en": "en"}
    if text in languages:
        return languages[text]
    raise ConfigError(
        zh=f"语言“{text}”不可用。",
        en=f'The language "{text}" cannot be used.',
        where=LANG_VARIABLE,
        hint_zh="请设为 zh 或 en。",
        hint_en="Set it to zh or en.",
    )
