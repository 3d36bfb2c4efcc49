"""Choose among the formats of a listing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from xjk.errors import UserError
from xjk.models.nearest import suggestion

Writer = TypeVar("Writer")


def choose(name: str, writers: Mapping[str, Writer]) -> Writer:
    """Return the writer of a format.

    Raises:
        UserError: when there is no such format.
    """
    if name in writers:
        return writers[name]
    hint_zh, hint_en = suggestion(name, writers)
    raise UserError(
        zh=f"没有格式“{name}”。", en=f'There is no format "{name}".', hint_zh=hint_zh, hint_en=hint_en
    )
