"""What a pack says of itself through its hooks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from xjk.models.rule import Model
from xjk.models.words import Words

Step = Literal[
    "import", "hooks", "describe", "interface", "prefix", "rules", "data", "readers", "engines", "reporters"
]


_TARGET = r"^[A-Za-z0-9_.]+:[A-Za-z0-9_]+$"


class PackInfo(Model):
    """Describe one pack; returned by the hook ``xjk_pack``."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """Name of the pack, as a Python module."""
    version: str = Field(min_length=1)
    """Version of its distribution."""
    title: Words
    """What it is."""
    code_prefixes: tuple[str, ...] = ()
    """Prefixes its rule codes begin with, owned by no other pack: ``XJK7``, ``ACME``."""
    hook_api: tuple[int, ...] = (1,)
    """Hook interfaces it was written for."""
    license: str = ""
    """Licence, as an SPDX expression."""
    homepage: str = ""
    """Where to report problems."""


class ReaderInfo(Model):
    """Describe one reader; ``target`` is imported when a file with one of the suffixes is opened."""

    name: str
    """Name of the format."""
    suffixes: tuple[str, ...] = Field(min_length=1)
    """File suffixes with the dot, lower case."""
    target: str = Field(pattern=_TARGET)
    """``module:function`` that turns a path into raw tables."""


class EngineInfo(Model):
    """Describe one engine; ``target`` is imported when it is chosen."""

    name: str
    """Name used in ``engine=``."""
    target: str = Field(pattern=_TARGET)
    """``module:class`` of the engine."""
    requires: str = ""
    """Extra that brings its library; empty when nothing is needed."""


class ReporterInfo(Model):
    """Describe one reporter; ``target`` is imported when its format is asked for."""

    name: str
    """Name used in ``--format``."""
    media_type: str
    """Media type of what it writes."""
    target: str = Field(pattern=_TARGET)
    """``module:function`` that turns a run into text."""


class PackProblem(Model):
    """Tell why a pack, or a part of it, could not be used."""

    pack: str
    """Entry point of the pack."""
    version: str = ""
    """Version of its distribution, when known."""
    step: Step
    """Where it failed."""
    error: Words
    """What happened."""
    hint: Words
    """What to do."""
    where: str = ""
    """File and line, when known."""
