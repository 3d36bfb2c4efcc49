"""The hooks a pack may implement: six, all of them plain descriptions.

A hook receives nothing and returns a description; none sees ledger data or findings, so no pack can look at or
change what another one reports. Implementations take no arguments at all: pluggy treats default values and
keyword-only arguments differently from version to version.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

import pluggy

from xjk.models.pack import EngineInfo, PackInfo, ReaderInfo, ReporterInfo

GROUP = "xjk"
"""Group of the entry points through which packs are found, and name of the pluggy project."""

HOOK_API = 1
"""Version of this interface; grows when a hook changes or goes, not when one is added."""

Folder = Path | Traversable

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
"""Marks a function of a pack as the implementation of the hook of the same name."""


@hookspec(firstresult=True)
def xjk_pack() -> PackInfo | None:
    """Describe the pack.

    Called when: packs are listed; always first, and in every pack.

    Parameters: none.

    Returns: one PackInfo. Its name is the name of the pack's entry point; its code prefixes belong to no other
        pack.

    Errors: a pack without this hook, or whose description is not valid or names another hook interface, is not
        used at all.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_pack() -> PackInfo:
            title = Words(zh="示例规则包", en="Example pack")
            return PackInfo(name="xjk_example", version="0.1.0", title=title, code_prefixes=("EXA",))
    """


@hookspec(firstresult=True)
def xjk_rules() -> Folder | Sequence[Folder] | None:
    """Name the folders that hold the pack's rule folders.

    Called when: rules are listed. Only rule.md is read then; no rule code is imported.

    Parameters: none.

    Returns: one folder or a list of folders, as Path or as importlib.resources gives it; they lie in the file
        system, not in a zip file.

    Errors: a folder that does not exist costs the pack. A rule folder that is not valid, whose code does not
        begin with a prefix of the pack or is used before costs that rule.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_rules() -> Traversable:
            return files("xjk_example") / "rules"
    """


@hookspec(firstresult=True)
def xjk_data() -> Folder | Sequence[Folder] | None:
    """Name the folders that hold the pack's dated facts: lexicons, standards, basis, forms.

    Called when: packs are listed; the files are read when a ledger is loaded or a rule needs them.

    Parameters: none.

    Returns: one folder or a list of folders, laid out like the data folder of xjk.reference.

    Errors: a folder that does not exist costs the pack.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_data() -> Traversable:
            return files("xjk_example") / "data"
    """


@hookspec(firstresult=True)
def xjk_readers() -> ReaderInfo | Sequence[ReaderInfo] | None:
    """Describe readers of further file formats.

    Called when: packs are listed; the target is imported when a file with one of its suffixes is opened.

    Parameters: none.

    Returns: one ReaderInfo or a list of them.

    Errors: a description that is not valid costs the pack; a name another pack has taken costs that reader.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_readers() -> ReaderInfo:
            return ReaderInfo(name="dbf", suffixes=(".dbf",), target="acme_dbf.reader:read")
    """


@hookspec(firstresult=True)
def xjk_engines() -> EngineInfo | Sequence[EngineInfo] | None:
    """Describe further database engines.

    Called when: packs are listed; the target is imported when the engine is chosen.

    Parameters: none.

    Returns: one EngineInfo or a list of them.

    Errors: a description that is not valid costs the pack; a name another pack has taken costs that engine.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_engines() -> EngineInfo:
            return EngineInfo(name="acme", target="acme_engine.store:AcmeStore", requires="acme")
    """


@hookspec(firstresult=True)
def xjk_reporters() -> ReporterInfo | Sequence[ReporterInfo] | None:
    """Describe further report formats.

    Called when: packs are listed; the target is imported when its format is asked for.

    Parameters: none.

    Returns: one ReporterInfo or a list of them.

    Errors: a description that is not valid costs the pack; a name another pack has taken costs that reporter.

    Since: 0.1

    Example:
        @hookimpl
        def xjk_reporters() -> ReporterInfo:
            return ReporterInfo(name="ofd", media_type="application/ofd", target="acme_ofd.report:write")
    """


SPECS = (xjk_pack, xjk_rules, xjk_data, xjk_readers, xjk_engines, xjk_reporters)
"""Every hook, in the order they are called."""
