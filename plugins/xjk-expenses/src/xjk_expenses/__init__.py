"""Rules on expenses, advances, payroll and claims: the pack of form F6."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_expenses",
        version="0.1.0",
        title=Words(
            zh="虚列支出转出资金规则",
            en="Rules on expenses, advances, payroll and claims",
        ),
        code_prefixes=("XJK6",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
