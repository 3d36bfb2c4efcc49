"""What a rule may ask of PostgreSQL: the server's own parse tree says what a query is made of.

PostgreSQL has no authorizer. It keeps the tree of a view in its catalogue (``pg_rewrite.ev_action``), so a query is
made a view, its tree is read, and the view is undone. Nothing hidden in literals, comments, quoted names or
notations (``payment.row_to_json`` calls a function) leads this check astray.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import psycopg

from xjk.engines.postgres.connection import Connection, rule_error
from xjk.engines.postgres.text import Piece, pieces, refused, with_binds
from xjk.ledger.portable import FUNCTIONS
from xjk.ledger.relations import HIDDEN, relations
from xjk.ledger.store import Value

_NODE = re.compile(r"(?<!\\)\{([A-Z_]+)")
_FUNCTION = re.compile(r":(?:funcid|aggfnoid|winfnoid) (\d+)")
_OPERATOR = re.compile(r":opno (\d+)")
_TYPE = re.compile(
    r":(?:consttype|vartype|resulttype|funcresulttype|opresulttype|casetype|coalescetype) (\d+)"
)
_RELATION = re.compile(r":relid ([1-9]\d*)")

_NODES = frozenset(
    (
        "QUERY", "RTE", "RANGETBLENTRY", "RTEPERMISSIONINFO", "ALIAS", "FROMEXPR", "RANGETBLREF", "JOINEXPR", "TARGETENTRY",
        "VAR", "CONST", "PARAM", "OPEXPR", "DISTINCTEXPR", "NULLIFEXPR", "SCALARARRAYOPEXPR", "BOOLEXPR", "NULLTEST",
        "BOOLEANTEST", "CASE", "CASEEXPR", "WHEN", "CASEWHEN", "CASETESTEXPR", "COALESCE", "COALESCEEXPR", "FUNCEXPR", "AGGREF",
        "WINDOWFUNC", "WINDOWCLAUSE", "SORTGROUPCLAUSE", "SUBLINK", "RELABELTYPE", "COERCEVIAIO", "COLLATEEXPR", "COLLATE",
        "COMMONTABLEEXPR", "SETOPERATIONSTMT", "ARRAYEXPR", "ARRAY",
    )
)  # fmt: skip
"""What a query that only reads is made of, as PostgreSQL 12 to 18 call it; anything else is refused."""

_OPERATORS = frozenset(("+", "-", "*", "/", "%", "||", "=", "<>", "<", "<=", ">", ">="))
_CASTS = frozenset(("int8", "int4", "numeric", "text", "varchar", "btrim", "ltrim", "rtrim"))
"""Functions behind a CAST, an implicit conversion, or TRIM."""

TYPES = frozenset((16, 20, 21, 23, 25, 705, 1043, 1700))
"""Types of a query's values, as every server numbers them: bool, integers, text, unknown (NULL), varchar, numeric."""

_NOT_THERE = "anything but reading the ledger"
_BEYOND = (psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege,
           psycopg.errors.InvalidSchemaName)  # fmt: skip

_LOOK = """
    SELECT 'function', proname::text FROM pg_catalog.pg_proc
    WHERE oid = ANY(%(functions)s) AND (pronamespace <> 'pg_catalog'::regnamespace OR proname::text <> ALL(%(may_call)s))
    UNION ALL
    SELECT 'operator', oprname::text FROM pg_catalog.pg_operator
    WHERE oid = ANY(%(operators)s) AND (oprnamespace <> 'pg_catalog'::regnamespace OR oprname::text <> ALL(%(may_compute)s)
      OR (oprname = '/' AND oprresult = 'numeric'::regtype))
    UNION ALL
    SELECT 'relation', relname::text FROM pg_catalog.pg_class
    WHERE oid = ANY(%(relations)s) AND (relnamespace::regnamespace::text <> %(schema)s OR relname::text <> ALL(%(readable)s))
    LIMIT 1"""


_harmless: dict[str, None] = {}
_REMEMBERED = 512


@lru_cache(maxsize=512)
def _read(sql: str) -> tuple[tuple[Piece, ...], str]:
    found = tuple(pieces(sql))
    return found, with_binds(found, lambda name: f"%({name})s", "%%")


def native(sql: str) -> str:
    """Return a query as psycopg takes it, its empty values ordered as in SQLite."""
    return _read(sql)[1]


def is_harmless(sql: str, params: Mapping[str, Value]) -> bool:
    """Tell whether a query was found harmless before, with parameters of the same types."""
    return _with_types(sql, params) in _harmless


def _with_types(sql: str, params: Mapping[str, Value]) -> str:
    return with_binds(_read(sql)[0], lambda name: _typed(name, params))


def refusal(connection: Connection, schema: str, sql: str, params: Mapping[str, Value]) -> str:
    """Name what a query does beyond reading the ledger; empty when it may run.

    The connection must be in a transaction that may create a view in `schema`, which holds the ledger; what this
    does has to be undone by the caller (a savepoint).

    Raises:
        RuleError: when the query is not valid SQL.
    """
    found, _ = _read(sql)
    if what := refused(found):
        return what
    text = _with_types(sql, params)
    what = _refused_tree(connection, schema, text)
    if not what:
        while len(_harmless) >= _REMEMBERED:
            del _harmless[next(iter(_harmless))]
        _harmless[text] = None
    return what


def _typed(name: str, params: Mapping[str, Value]) -> str:
    """Return what stands for a parameter in a view, which can have none: an empty value of its type."""
    value = params.get(name)
    return "NULL" if value is None else f"CAST(NULL AS {'bigint' if isinstance(value, int) else 'text'})"


def _refused_tree(connection: Connection, schema: str, text: str) -> str:
    """Read the tree of a query and name what is wrong with it."""
    try:
        # Binary results ask for the extended protocol, which takes one statement only.
        with connection.cursor(binary=True) as cursor:
            cursor.execute(f"CREATE VIEW xjk_asked AS SELECT 1 FROM (\n{text}\n) AS asked".encode())
        ((tree,),) = connection.execute(
            "SELECT ev_action::text FROM pg_catalog.pg_rewrite WHERE ev_class = 'xjk_asked'::regclass"
        ).fetchall()
    except _BEYOND:
        return _NOT_THERE
    except psycopg.Error as error:
        if connection.closed:
            raise
        raise rule_error(error) from None
    return _refused_parts(connection, schema, str(tree))


def _refused_parts(connection: Connection, schema: str, tree: str) -> str:
    if ":hasRecursive true" in tree:
        return "a recursive query"
    if set(_NODE.findall(tree)) - _NODES or set(_oids(_TYPE, tree)) - TYPES - {0}:
        return _NOT_THERE
    looked = connection.execute(
        _LOOK,
        {
            "functions": _oids(_FUNCTION, tree),
            "may_call": list(FUNCTIONS | _CASTS),
            "operators": _oids(_OPERATOR, tree),
            "may_compute": list(_OPERATORS),
            "relations": _oids(_RELATION, tree),
            "readable": [
                "xjk_asked",
                *(relation.name for relation in relations() if relation.name not in HIDDEN),
            ],
            "schema": schema,
        },
    ).fetchall()
    if not looked:
        return ""
    kind, name = looked[0]
    return _NOT_THERE if kind == "relation" else f"{kind} {name}"


def _oids(pattern: re.Pattern[str], tree: str) -> list[int]:
    return sorted(set(map(int, pattern.findall(tree))))
