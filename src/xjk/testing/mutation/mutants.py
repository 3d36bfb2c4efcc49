"""Make the mutants of a query."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from xjk.errors import ExtraMissingError
from xjk.testing.mutation.mutant import KINDS, Kind, Mutant

_NAME = 60
"""Longest text of a place in the name of a mutant, in characters; what is longer is cut and gets a digest."""
_SHOWN = 160
"""Longest text of a place that is shown."""


def mutants(sql: str) -> tuple[Mutant, ...]:
    """Return the mutants of a query of the portable subset, by line.

    No two have the same text, and none has that of the query.

    Raises:
        ExtraMissingError: when the extra ``testing`` is not installed.
    """
    with _sqlglot_needed():
        from xjk.testing.mutation.changes import changes_at
        from xjk.testing.mutation.portable_sql import cte_of, parsed, place_of, written, written_with
    tree = parsed(sql)
    changes = sorted(
        (change for node in tree.walk() for change in changes_at(node)),
        key=lambda change: place_of(change.place),
    )
    seen = {written(tree)}
    named: Counter[str] = Counter()
    found = []
    for change in changes:
        text = written_with(tree, change.old, change.new)
        if text in seen:
            continue
        seen.add(text)
        before, after = written(change.place), written(change.after)
        name = _name(change.kind, cte_of(change.place), before)
        named[name] += 1
        found.append(
            Mutant(
                id=name if named[name] == 1 else f"{name}#{named[name]}",
                kind=change.kind,
                line=place_of(change.place)[1],
                what=KINDS[change.kind].what.format(before=_cut(before, _SHOWN), after=_cut(after, _SHOWN)),
                sql=text,
            )
        )
    return tuple(found)


def rewritten(sql: str) -> str:
    """Return a query as its mutants are written: the same, on one line and without comments.

    Raises:
        ExtraMissingError: when the extra ``testing`` is not installed.
    """
    with _sqlglot_needed():
        from xjk.testing.mutation.portable_sql import parsed, written
    return written(parsed(sql))


@contextmanager
def _sqlglot_needed() -> Iterator[None]:
    """Name the extra when an import fails because sqlglot is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "sqlglot":
            raise
        raise ExtraMissingError.of("testing", "变异规则的 SQL ", "Mutating the SQL of a rule") from None


def _name(kind: Kind, cte: str, place: str) -> str:
    """Name a change so that it can be written in YAML without quotation: no colon or hash after a space."""
    text = _cut(place, _NAME)
    if text != place:
        text += hashlib.sha256(place.encode()).hexdigest()[:6]
    return f"{kind}{'@' if cte else ''}{cte} {text}"


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
