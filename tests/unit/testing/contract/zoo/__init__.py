"""Rules on trial: two that keep the contract, and for each check some that break it alone.

The first two digits of a code name the check that must catch the rule: ZOO072 breaks RC07. Those that begin with
00 keep the whole contract.
"""

from __future__ import annotations

from pathlib import Path

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="zoo",
        version="0.1.0",
        title=Words(zh="契约检查的试验规则", en="Rules on trial for the contract"),
        code_prefixes=("ZOO",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Path:
    """Name the folder of rules."""
    return Path(__file__).parent / "rules"
