"""How packs join: what a pack imports to describe itself."""

from __future__ import annotations

from xjk.hooks.specs import HOOK_API, hookimpl
from xjk.models.pack import EngineInfo, PackInfo, ReaderInfo, ReporterInfo

__all__ = ["HOOK_API", "EngineInfo", "PackInfo", "ReaderInfo", "ReporterInfo", "hookimpl"]
