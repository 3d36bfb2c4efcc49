"""A query of the portable subset, written as Spark reads it.

Spark binds parameters by writing them into the text, with backslashes before quotes; so its reading of backslashes must
stay as it is, and those in the literals of a query, which mean themselves, are doubled.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKENS = re.compile(
    r"(?P<text>'(?:[^']|'')*')"
    r"|(?P<kept>--[^\n]*|/\*.*?\*/|\"[^\"]*\"|\s+)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_TYPES = {"text": "string"}


@lru_cache(maxsize=512)
def for_spark(sql: str) -> str:
    """Return a query with its backslashes doubled, the type ``text`` named ``string`` and ``/`` as whole division."""
    written: list[str] = []
    before = ""
    casts: list[bool] = []
    for match in _TOKENS.finditer(sql):
        piece, kind = match[0], match.lastgroup
        if kind == "text":
            written.append(piece.replace("\\", "\\\\"))
        elif kind == "kept":
            written.append(piece)
            continue
        elif kind == "word" and casts and casts[-1] and before == "as":
            written.append(_TYPES.get(piece.lower(), piece))
        else:
            written.append(" div " if piece == "/" else piece)
        if piece == "(":
            casts.append(before == "cast")
        elif piece == ")" and casts:
            casts.pop()
        before = piece.lower()
    return "".join(written)
