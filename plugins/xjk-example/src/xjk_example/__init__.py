"""The template of a rule pack: copy it, rename it, choose a code prefix of your own."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack; the name is that of the entry point in pyproject.toml."""
    return PackInfo(
        name="xjk_example",
        version="0.1.0",
        title=Words(zh="示例规则包", en="Example pack"),
        code_prefixes=("EXA",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"


@hookimpl
def xjk_data() -> Traversable:
    """Name the folder of the pack's own words, standards and legal bases."""
    return files(__name__) / "data"
