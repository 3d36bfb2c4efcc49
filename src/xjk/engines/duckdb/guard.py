"""What a rule may ask of DuckDB: its own parser says what a query is made of, and a list says what may be.

DuckDB has no authorizer. Its parser writes a query as a JSON tree (``json_serialize_sql``), so that nothing hidden in
literals, comments or quoted names leads the check astray.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from xjk.engines.values import parts_of
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import HIDDEN, relations

_OPERATORS = frozenset(("+", "-", "*", "/", "//", "%", "||", "count_star"))
_PARTS = frozenset(
    (
        "SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE", "BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST",
        "ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER", "ORDER_DEFAULT", "ASCENDING", "DESCENDING",
    )
)  # fmt: skip
"""What stands beside the expressions of a query that only reads; an INSERT inside a WITH, say, is another."""

_CALLED_WITHOUT_BRACKETS = frozenset(
    (
        "current_catalog", "current_database", "current_date", "current_role", "current_schema", "current_time",
        "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user",
    )
)  # fmt: skip
"""Functions that look like columns; what they return differs from run to run."""


@lru_cache(maxsize=512)
def refusal(document: str) -> str:
    """Name what a query does beyond reading the ledger; empty when it may run.

    `document` is what ``json_serialize_sql`` says. A query that is not valid SQL passes: DuckDB will say what is
    wrong with it.
    """
    tree = json.loads(document)
    if tree.get("error"):
        return "" if tree["error_type"] == "parser" else "it is not a query"
    statements = tree["statements"]
    if len(statements) != 1:
        return "more than one statement"
    parts = list(parts_of(statements))
    own = {name for part in parts for name in _named_queries(part)}
    readable = {relation.name for relation in relations()} - HIDDEN | own
    for part in parts:
        if what := _refused(part, readable):
            return what
    return ""


def _refused(part: Mapping[str, Any], readable: set[str]) -> str:
    """Name what is wrong with one part of the tree."""
    kind = part.get("type")
    if kind == "RECURSIVE_CTE_NODE":
        return "a recursive query"
    if isinstance(kind, str) and "class" not in part and kind not in _PARTS:
        return "anything but reading the ledger"
    if kind == "BASE_TABLE":
        is_elsewhere = part.get("schema_name") or part.get("catalog_name")
        if is_elsewhere or str(part["table_name"]).lower() not in readable:
            return "anything but reading the ledger"
    names = part.get("column_names") if kind == "COLUMN_REF" else None
    if isinstance(names, list) and str(names[-1]).lower() in _CALLED_WITHOUT_BRACKETS:
        return f"function {names[-1]}"
    name = part.get("function_name")
    if name is not None and str(name).lower() not in FUNCTIONS | _OPERATORS:
        return f"function {name}"
    return ""


def _named_queries(part: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names a WITH gives, in lower case."""
    cte_map = part.get("cte_map")
    if isinstance(cte_map, dict):
        for entry in cte_map.get("map", ()):
            yield str(entry["key"]).lower()
    if part.get("type") == "CTE_NODE":
        yield str(part.get("cte_name", "")).lower()
