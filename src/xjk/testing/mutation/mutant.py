"""What a mutant is: the query of a rule with one thing changed that its cases should notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

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


class Telling(NamedTuple):
    """Tell a kind of change: what it does to the place, and which case notices it."""

    what: Words
    noticed_by: Words


_TERM = Words(zh="一个只有这一条件不满足的案例", en="a case in which this condition alone does not hold")
_BECOMES = Words(zh="{before} 改为 {after}", en="{after} in place of {before}")
_PAST = Words(zh="一个刚好越过界限一步的案例", en="a case one step beyond the bound")

KINDS: Mapping[Kind, Telling] = {
    "drop-condition": Telling(Words(zh="去掉条件 {before}", en="without the condition {before}"), _TERM),
    "drop-alternative": Telling(
        Words(zh="去掉备选条件 {before}", en="without the alternative {before}"),
        Words(zh="一个只满足这一备选条件的案例", en="a case in which this alternative alone holds"),
    ),
    "drop-join-condition": Telling(
        Words(zh="去掉连接条件 {before}", en="without the join condition {before}"),
        Words(
            zh="一个另有一行只在这一列上不匹配的案例",
            en="a case with one more row that fits but for this condition",
        ),
    ),
    "drop-distinct": Telling(
        Words(zh="去掉 DISTINCT：{before}", en="without DISTINCT: {before}"),
        Words(zh="一个会重复计算同一行的案例", en="a case in which a row would count twice"),
    ),
    "drop-branch": Telling(
        Words(zh="去掉 UNION 的一支：{before}", en="without the branch of the UNION {before}"),
        Words(zh="一个只有这一支查得到的案例", en="a case that only this branch finds"),
    ),
    "flip": Telling(
        _BECOMES,
        Words(zh="一个两边恰好相等的案例", en="a case in which both sides are just equal"),
    ),
    "negate": Telling(_BECOMES, _TERM),
    "shift-up": Telling(_BECOMES, _PAST),
    "shift-down": Telling(_BECOMES, _PAST),
    "left-to-inner": Telling(
        Words(zh="左连接改为内连接：{before}", en="an inner join in place of {before}"),
        Words(zh="一个右表没有对应行的案例", en="a case without a row on the right side"),
    ),
    "union-to-union-all": Telling(
        Words(zh="UNION 改为 UNION ALL：{before}", en="UNION ALL in place of {before}"),
        Words(zh="一个两支查到同一行的案例", en="a case in which both branches find one row"),
    ),
    "swap-extreme": Telling(
        _BECOMES, Words(zh="一个有两个不同值的案例", en="a case with two different values")
    ),
}
"""Kinds of change; ``before`` and ``after`` in ``what`` are the place in the query."""


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
