"""The words of the portable SQL subset; its functions are those of ``xjk.ledger.portable``."""

from __future__ import annotations

from collections.abc import Mapping

BEFORE_BRACKET = frozenset(
    [
        "select",
        "from",
        "join",
        "on",
        "where",
        "and",
        "or",
        "not",
        "in",
        "exists",
        "as",
        "over",
        "filter",
        "values",
        "when",
        "then",
        "else",
        "case",
        "by",
        "having",
        "union",
        "all",
        "except",
        "intersect",
        "distinct",
        "between",
        "is",
        "end",
        "with",
        "materialized",
        "partition",
        "using",
    ]
)
"""Words that may stand before an opening bracket without being a function."""
BANNED: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("like", "ilike", "glob", "regexp", "rlike", "similar", "match"),
        (
            "用 text_tag 匹配文字，用 party 匹配名称。",
            "Match words through text_tag and names through party.",
        ),
    ),
    "recursive": ("递归写成 rule.py。", "Write recursion as a rule.py."),
    **dict.fromkeys(
        ("current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "interval"),
        (
            "“今天”用 :as_of_day，日期用 *_day 整数。",
            "Use :as_of_day for today and the integers *_day for dates.",
        ),
    ),
    **dict.fromkeys(
        [
            "insert",
            "update",
            "delete",
            "merge",
            "create",
            "drop",
            "alter",
            "truncate",
            "attach",
            "detach",
            "pragma",
            "vacuum",
            "reindex",
            "grant",
            "revoke",
            "copy",
            "into",
            "returning",
            "begin",
            "commit",
            "rollback",
            "execute",
            "call",
        ],
        ("规则只能查询。", "A rule only reads."),
    ),
    **dict.fromkeys(
        (
            "fetch",
            "top",
            "qualify",
            "natural",
            "lateral",
            "pivot",
            "unpivot",
            "tablesample",
            "rowid",
            "collate",
        ),
        ("改用各引擎通用的写法。", "Use a form that every engine knows."),
    ),
}
"""Words outside the portable subset, with what to do instead."""
DATE_WORDS = frozenset(("date", "time", "timestamp", "datetime"))
"""Words that are functions or literals of dates when a bracket or a string follows."""
