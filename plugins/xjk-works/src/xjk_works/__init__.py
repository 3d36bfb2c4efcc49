"""Rules on works, projects and their payments: the pack of form F1."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_works",
        version="0.1.0",
        title=Words(
            zh="虚列工程支出规则",
            en="Rules on works, projects and their payments",
        ),
        code_prefixes=("XJK1",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
