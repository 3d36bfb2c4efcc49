"""Parse and write the SQL of rules with sqlglot, so that what is written is of the portable subset again."""

from __future__ import annotations

from sqlglot import exp, parse_one

_DIALECT = "sqlite"


def parsed(sql: str) -> exp.Expr:
    """Return the tree of a query.

    What SQLite's dialect would write under a name of its own (SUBSTRING, INTEGER for BIGINT) keeps that of the text.

    Raises:
        sqlglot.errors.SqlglotError: when it is not SQL.
    """
    return parse_one(sql, dialect=_DIALECT).transform(_kept, copy=False)


def _kept(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Substring):
        arguments = [node.this, node.args.get("start"), node.args.get("length")]
        return exp.Anonymous(this="SUBSTR", expressions=[part for part in arguments if part is not None])
    if isinstance(node, exp.DataType) and node.is_type("bigint"):
        return exp.DataType.build("bigint", udt=True)
    return node


def written(tree: exp.Expr) -> str:
    """Return the text of a query or a part of one, on one line and without comments."""
    return tree.sql(dialect=_DIALECT, comments=False)


def written_with(tree: exp.Expr, old: exp.Expr, new: exp.Expr) -> str:
    """Return the text of a query with one node replaced; the tree is as before afterwards."""
    parent, key, index = old.parent, old.arg_key, old.index
    if parent is None or key is None:
        return written(new)
    parent.set(key, new, index)
    text = written(tree)
    parent.set(key, old, index)
    return text


def place_of(part: exp.Expr) -> tuple[int, int]:
    """Return where a part of a query begins, as offset and line.

    The parser keeps no position for parameters: a part made of them alone begins where what is around it does.
    """
    around: exp.Expr | None = part
    while around is not None:
        places = [
            (int(node.meta["start"]), int(node.meta["line"]))
            for node in around.walk()
            if "start" in node.meta
        ]
        if places:
            return min(places)
        around = around.parent
    return 0, 1


def cte_of(part: exp.Expr) -> str:
    """Return the name of the common table expression a part stands in; empty for the final SELECT."""
    around = part.find_ancestor(exp.CTE)
    return around.alias if around is not None else ""
