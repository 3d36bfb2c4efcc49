"""Rules on income from land, assets, donations and interest: the pack of form F4."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_revenue",
        version="0.1.0",
        title=Words(
            zh="隐瞒土地出让、赞助、资产资源收入规则",
            en="Rules on income from land, assets, donations and interest",
        ),
        code_prefixes=("XJK4",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
