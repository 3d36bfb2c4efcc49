"""Rules on companies, associations and cooperatives around a unit: the pack of form F5."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

from xjk import PackInfo, Words, hookimpl


@hookimpl
def xjk_pack() -> PackInfo:
    """Describe the pack."""
    return PackInfo(
        name="xjk_entities",
        version="0.1.0",
        title=Words(
            zh="私设经营实体规则",
            en="Rules on companies, associations and cooperatives around a unit",
        ),
        code_prefixes=("XJK5",),
        license="Apache-2.0",
    )


@hookimpl
def xjk_rules() -> Traversable:
    """Name the folder of rules."""
    return files(__name__) / "rules"
