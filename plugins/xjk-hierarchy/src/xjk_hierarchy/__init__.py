"""Rules on transfers between units, unions and canteens: the pack of form F8."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_hierarchy",
        version="0.1.0",
        title=Words(
            zh="上下级单位之间转移资金规则",
            en="Rules on transfers between units, unions and canteens",
        ),
        code_prefixes=("XJK8",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
