"""One configuration file, ``xjk.yaml``: what runs, with which parameters, against which standards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from xjk.errors import ConfigError, Lang, YamlError
from xjk.models.rule import Model, Severity
from xjk.reference.yaml_file import read_yaml

FILE_NAME = "xjk.yaml"


class Limits(Model):
    """Bound what a run may take."""

    seconds: float = Field(default=60.0, gt=0, le=86_400)
    """Time each query of a rule, and each rule.py as a whole, may take, in seconds."""
    findings: int = Field(default=10_000, ge=1, le=1_000_000)
    """Findings one rule may yield; a rule that yields more has failed, because nobody could read them."""


class Config(Model):
    """Hold the settings of a run."""

    select: tuple[str, ...] = ()
    """Rules to run: codes, prefixes, packs, forms, tags or names; all stable rules when empty."""
    ignore: tuple[str, ...] = ()
    """Rules to leave out."""
    preview: bool = False
    """Whether rules in preview run."""
    lang: Lang = "zh"
    """Language of titles and messages."""
    fail_level: Severity = "notice"
    """Lowest severity that makes the exit code 1."""
    region: str = Field(default="CN", pattern=r"^CN(?:-[0-9A-Za-z]+)*$")
    """Where the units are; the nearest dated standards apply."""
    standards: Mapping[str, str] = {}
    """Values that replace a dated standard on all days, by key."""
    rules: Mapping[str, Mapping[str, str]] = {}
    """Parameters by rule code."""
    mapping: str | None = None
    """Mapping file, relative to this file."""
    baseline: str | None = None
    """Baseline of accepted findings, relative to this file."""
    exclusions: str | None = None
    """Exclusions, relative to this file."""
    limits: Limits = Limits()
    """Bounds of a run."""


class LoadedConfig(Model):
    """Be a configuration and where it came from."""

    config: Config
    """The settings."""
    path: Path | None = None
    """The file; None for defaults."""

    @property
    def where(self) -> str:
        """Return the file as messages name it."""
        return str(self.path) if self.path else FILE_NAME

    def beside(self, name: str | None) -> Path | None:
        """Return the path of a file named in the configuration, which is relative to it."""
        if name is None:
            return None
        return (self.path.parent if self.path else Path()) / name


def find_config(start: Path) -> Path | None:
    """Return the nearest ``xjk.yaml`` in a folder or above it, or None."""
    for folder in (start.absolute(), *start.absolute().parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def read_config(path: Path | None) -> LoadedConfig:
    """Read a configuration; defaults when there is none.

    Raises:
        ConfigError: names every unknown key and wrong value.
    """
    if path is None:
        return LoadedConfig(config=Config())
    try:
        document = read_yaml(path)
    except YamlError as error:
        raise ConfigError(
            zh=error.zh, en=error.en, where=error.where, hint_zh=error.hint_zh, hint_en=error.hint_en
        ) from error
    try:
        return LoadedConfig(config=Config.model_validate(document or {}), path=path)
    except ValidationError as error:
        raise ConfigError(
            zh="配置文件有误。",
            en="The configuration is not valid.",
            where=str(path),
            errors=document_errors(error, str(path)),
        ) from error


def document_errors(error: ValidationError, where: str) -> list[ConfigError]:
    """Return one error for everything pydantic found wrong with a document of the user's."""
    found = []
    for detail in error.errors(include_url=False):
        place = ".".join(map(str, detail["loc"]))
        unknown = detail["type"] == "extra_forbidden"
        found.append(
            ConfigError(
                zh=f"{place}：{'不认识的键' if unknown else '值不合要求'}（{detail['msg']}）。",
                en=f"{place}: {'unknown key' if unknown else 'unsuitable value'} ({detail['msg']}).",
                where=where,
                hint_zh="请对照文档 docs/reference/config.md 修改。",
                hint_en="See docs/reference/config.md.",
            )
        )
    return found
