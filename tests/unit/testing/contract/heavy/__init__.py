"""A pack on trial: it imports a library that no rule needs."""

from __future__ import annotations

from pathlib import Path

import pytest  # noqa: F401 - what the check is to find

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="heavy",
        version="0.1.0",
        title=Words(zh="笨重的规则包", en="A heavy pack"),
        code_prefixes=("TOW",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Path:
    """Name the folder of rules."""
    return Path(__file__).parent / "rules"
