"""Rules on false invoices and other bills: the pack of form F7."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_invoices",
        version="0.1.0",
        title=Words(zh="假发票等非法票据规则", en="Rules on false invoices and other bills"),
        code_prefixes=("XJK7",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
