"""Rules on meeting, labour, training and consulting fees: the pack of form F3."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_services",
        version="0.1.0",
        title=Words(
            zh="会议费、劳务费、培训费、咨询费套取规则",
            en="Rules on meeting, labour, training and consulting fees",
        ),
        code_prefixes=("XJK3",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
