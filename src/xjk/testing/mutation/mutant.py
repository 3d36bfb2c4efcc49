"""What a mutant is: the query of a rule with one thing changed that its cases should notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from xjk.models.words import Words

Kind = Literal[
    "drop-condition",
    "drop-alternative",
    "drop-join-condition",
    "drop-distinct",
    "drop-branch",
    "flip",
    "negate",
    "shift-up",
    "shift-down",
    "left-to-inner",
    "union-to-union-all",
    "swap-extreme",
]

KINDS: Mapping[Kind, Words] = {
    "drop-condition": Words(zh="去掉条件 {before}", en="without the condition {before}"),
    "drop-alternative": Words(zh="去掉备选条件 {before}", en="without the alternative {before}"),
    "drop-join-condition": Words(zh="去掉连接条件 {before}", en="without the join condition {before}"),
    "drop-distinct": Words(zh="去掉 DISTINCT：{before}", en="without DISTINCT: {before}"),
    "drop-branch": Words(zh="去掉 UNION 的一支：{before}", en="without the branch of the UNION {before}"),
    "flip": Words(zh="{before} 改为 {after}", en="{after} in place of {before}"),
    "negate": Words(zh="{before} 改为 {after}", en="{after} in place of {before}"),
    "shift-up": Words(zh="{before} 改为 {after}", en="{after} in place of {before}"),
    "shift-down": Words(zh="{before} 改为 {after}", en="{after} in place of {before}"),
    "left-to-inner": Words(zh="左连接改为内连接：{before}", en="an inner join in place of {before}"),
    "union-to-union-all": Words(
        zh="UNION 改为 UNION ALL：{before}", en="UNION ALL in place of UNION: {before}"
    ),
    "swap-extreme": Words(zh="{before} 改为 {after}", en="{after} in place of {before}"),
}
"""Kinds of change and how each is told; ``before`` and ``after`` are the place in the query."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """Be a query of a rule with one thing changed.

    Attributes:
        id: Name of the change: its kind, the part of the query it stands in, and the text of the place; edits
            elsewhere in the query leave it alone, so a waiver can name it.
        kind: What was done.
        line: Line of rule.sql where the changed place begins.
        what: The change in words, with the text before and after.
        sql: The changed query, in the portable subset.
    """

    id: str
    kind: Kind
    line: int
    what: Words
    sql: str
