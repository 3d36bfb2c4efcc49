"""What the installed packs bring together: rules, data, readers, engines, reporters, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from xjk.models.pack import EngineInfo, PackInfo, PackProblem, ReaderInfo, ReporterInfo
from xjk.models.rule import Rule


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Hold what every admitted pack brings.

    Attributes:
        packs: Admitted packs, by name.
        rules: Their rules, by code.
        problems: What could not be used and why, by pack; a pack named here may still be admitted without the
            part that failed.
        data_folders: Folders of dated facts, by pack.
        readers: Readers of further formats, by pack.
        engines: Further engines, by pack.
        reporters: Further report formats, by pack.
    """

    packs: tuple[PackInfo, ...] = ()
    rules: tuple[Rule, ...] = ()
    problems: tuple[PackProblem, ...] = ()
    data_folders: tuple[Path | Traversable, ...] = ()
    readers: tuple[ReaderInfo, ...] = ()
    engines: tuple[EngineInfo, ...] = ()
    reporters: tuple[ReporterInfo, ...] = ()

    def rule(self, code: str) -> Rule | None:
        """Return the rule with this code, or None."""
        return next((rule for rule in self.rules if rule.code == code), None)
