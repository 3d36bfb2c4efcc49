"""Rules on accounts, cash, reconciliation and assets: the pack of form F9."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_other",
        version="0.1.0",
        title=Words(
            zh="公款私存、账外账户等其他形式规则",
            en="Rules on accounts, cash, reconciliation and assets",
        ),
        code_prefixes=("XJK9",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
