"""A pack on trial: its one rule has no cases."""

from __future__ import annotations

from pathlib import Path

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="without_cases",
        version="0.1.0",
        title=Words(zh="缺案例的规则包", en="A pack whose rule has no cases"),
        code_prefixes=("BAD",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Path:
    """Name the folder of rules."""
    return Path(__file__).parent / "rules"
