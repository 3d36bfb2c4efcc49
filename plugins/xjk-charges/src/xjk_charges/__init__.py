"""Rules on fees, fines, levies and their receipts: the pack of form F2."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_charges",
        version="0.1.0",
        title=Words(
            zh="违规收费、罚款及摊派规则",
            en="Rules on fees, fines, levies and their receipts",
        ),
        code_prefixes=("XJK2",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
