"""What rules may use on every engine."""

from __future__ import annotations

FUNCTIONS = frozenset(
    [
        "count",
        "sum",
        "min",
        "max",
        "coalesce",
        "nullif",
        "abs",
        "length",
        "lower",
        "upper",
        "trim",
        "substr",
        "replace",
        "cast",
        "row_number",
        "rank",
        "dense_rank",
        "lag",
        "lead",
        "first_value",
        "last_value",
        "ntile",
    ]
)
"""Functions that give the same result on every engine."""
