"""What a rule may ask of Spark: its own parser says what a query is made of, and lists say what may be.

The query is parsed but not analysed, so that no table is opened and no function called before the check. Names of a
WITH are put in place by Spark's own rule, so what is still a relation afterwards is one of the catalog.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pyspark.sql import SparkSession

from xjk.engines.spark.rows import make_active
from xjk.engines.values import parts_of
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import HIDDEN, relations

_PACKAGE = "org.apache.spark.sql.catalyst."
_PLANS = frozenset(
    (
        "Aggregate", "CTERelationDef", "CTERelationRef", "Distinct", "Except", "Filter", "GlobalLimit", "Intersect", "Join",
        "LocalLimit", "LocalRelation", "Offset", "OneRowRelation", "Project", "Sort", "SubqueryAlias", "Union", "UnresolvedHaving",
        "UnresolvedRelation", "UnresolvedSubqueryColumnAliases", "WithCTE", "WithWindowDefinition",
    )
)  # fmt: skip
_EXPRESSIONS = frozenset(
    (
        "Add", "Alias", "And", "AttributeReference", "Between", "CaseWhen", "Cast", "Concat", "CurrentRow", "Divide", "EqualNullSafe",
        "EqualTo", "Exists", "GreaterThan", "GreaterThanOrEqual", "If", "In", "InSubquery", "IntegralDivide", "IsNotNull", "IsNull", "LessThan",
        "LessThanOrEqual", "ListQuery", "Literal", "Multiply", "NamedParameter", "Not", "Or", "Remainder", "ScalarSubquery",
        "SortOrder", "SpecifiedWindowFrame", "StringTrim", "Substring", "Subtract", "UnaryMinus", "UnaryPositive",
        "UnboundedFollowing", "UnboundedPreceding", "UnresolvedAlias", "UnresolvedAttribute", "UnresolvedFunction",
        "UnresolvedOrdinal", "UnresolvedStar", "UnresolvedWindowExpression", "UnspecifiedFrame", "WindowExpression",
        "WindowSpecDefinition", "WindowSpecReference",
    )
)  # fmt: skip
"""What a query that only reads consists of; a command, a table function or a lambda, say, is another."""

_LITERALS = frozenset(("boolean", "integer", "long", "string", "void"))
_OPERATORS = frozenset(("!", "%", "*", "+", "-", "/", "=", "between", "in", "isnotnull", "isnull", "||"))
"""Functions the parser makes of operators."""

_CALLED_WITHOUT_BRACKETS = frozenset(
    (
        "current_catalog", "current_database", "current_date", "current_path", "current_role", "current_schema",
        "current_time", "current_timestamp", "current_timezone", "current_user", "grouping__id", "localtime",
        "localtimestamp", "session_user", "user",
    )
)  # fmt: skip
"""Functions that look like columns; what they return differs from run to run."""


def parsed(session: SparkSession, sql: str) -> str:
    """Return the tree of a query as JSON, names of a WITH put in place.

    The session becomes the active one of the calling thread, which should be its own.

    Raises:
        ParseException: when the text is not valid.
    """
    make_active(session)
    java, jvm = session._jsparkSession, session._jvm  # noqa: SLF001 - PySpark shows no tree that is not analysed
    assert jvm is not None  # noqa: S101 - None only in a session of Spark Connect, which is refused before
    plan = java.sessionState().sqlParser().parsePlan(sql)
    return str(jvm.org.apache.spark.sql.catalyst.analysis.CTESubstitution.apply(plan).toJSON())


@lru_cache(maxsize=512)
def refusal(document: str) -> str:
    """Name what a query does beyond reading the ledger; empty when it may run. `document` is what ``parsed`` says."""
    readable = {f"[{relation.name}]" for relation in relations()} - {f"[{name}]" for name in HIDDEN}
    return next(filter(None, (_refused(part, readable) for part in parts_of(json.loads(document)))), "")


def _refused(part: Mapping[str, Any], readable: set[str]) -> str:
    """Name what is wrong with one part of the tree."""
    kind = part.get("class")
    if kind is None:
        return ""
    name = str(kind).rpartition(".")[2].rstrip("$")
    if not str(kind).startswith(_PACKAGE) or name not in _PLANS | _EXPRESSIONS:
        return "anything but reading the ledger"
    if name == "UnresolvedRelation" and str(part["multipartIdentifier"]).lower() not in readable:
        return "anything but reading the ledger"
    if name == "Literal" and part["dataType"] not in _LITERALS:
        return f"a literal of type {part['dataType']}"
    if name == "CTERelationRef" and part.get("recursive"):
        return "a recursive query"
    if name == "UnresolvedAttribute" and (last := _last(part)) in _CALLED_WITHOUT_BRACKETS:
        return f"function {last}"
    if name == "UnresolvedFunction" and (called := _whole(part)) not in FUNCTIONS | _OPERATORS:
        return f"function {called}"
    return ""


def _whole(part: Mapping[str, Any]) -> str:
    return str(part["nameParts"]).lower()[1:-1]


def _last(part: Mapping[str, Any]) -> str:
    return _whole(part).rpartition(", ")[2].strip("`")
