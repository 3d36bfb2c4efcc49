"""The text of a query as PostgreSQL is to read it: parameters bound, empty values ordered as SQLite orders them.

PostgreSQL sorts empty values last going up and has no setting for it, so every ORDER BY is told where they belong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from xjk.ledger.portable import FUNCTIONS
from xjk.rules.sql_words import BEFORE_BRACKET

_SCAN = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?\*/)"
    r"|(?P<text>'(?:[^']|'')*')"
    r'|(?P<name>"(?:[^"]|"")*")'
    r"|(?P<bind>(?<!:):[A-Za-z_]\w*)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<number>\d+)"
    r"|(?P<sign>::|.)",
    re.DOTALL,
)
_STARTS = ("select", "with", "values", "(")
_TYPED = frozenset(("varchar", "char", "character", "numeric", "decimal"))
"""Words that stand before a bracket in a cast."""

_AFTER_ORDER = frozenset(
    ("rows", "range", "groups", "limit", "offset", "fetch", "for", "union", "except", "intersect", "window")
)
"""Words that end the list of an ORDER BY."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Be one piece of a query: its kind, its text as written, and how deep in brackets it stands."""

    kind: str
    text: str
    depth: int

    @property
    def word(self) -> str:
        """Return the text in lower case; nothing for literals and quoted names."""
        return "" if self.kind in ("text", "name") else self.text.lower()


def pieces(sql: str) -> list[Piece]:
    """Split a query into pieces that together are the query."""
    found: list[Piece] = []
    depth = 0
    for match in _SCAN.finditer(sql):
        kind, text = str(match.lastgroup), match[0]
        depth -= kind == "sign" and text == ")"
        found.append(Piece(kind, text, depth))
        depth += kind == "sign" and text == "("
    return found


def refused(found: Sequence[Piece]) -> str:
    """Name what is no query of the portable subset by its words alone; empty when nothing is seen.

    The server reads the query again (see ``guard``); this look is there because the server takes what is
    not even a query for a mistake, and looks inside what can be computed beforehand.
    """
    told = [piece for piece in found if piece.kind != "space"]
    if not told or told[0].word not in _STARTS:
        return "it is not a query"
    for piece, after in zip(told, (*told[1:], Piece("end", "", 0)), strict=True):
        if piece.word == ";":
            return "more than one statement" if after.kind != "end" else "a semicolon"
        if piece.word == "into":
            return "anything but reading the ledger"
        if piece.word in ("$", "\\"):
            return f"the sign {piece.text}"
        if piece.kind == "name" or (piece.kind == "word" and after.kind in ("text", "name")):
            if what := _quoted(piece, after):
                return what
        elif piece.kind == "word" and after.word == "(" and not _may_call(piece.word, told):
            return f"function {piece.text}"
    return ""


_BEFORE_TEXT = frozenset(
    (
        "select", "distinct", "all", "when", "then", "else", "in", "between", "and", "or", "not", "case", "from", "as", "by",
        "on", "where", "having", "limit", "like", "is",
    )
)  # fmt: skip
"""Words that a literal may follow."""


def _quoted(piece: Piece, after: Piece) -> str:
    """Name a quotation that only PostgreSQL reads its way: ``e'..'``, ``u&'..'``, ``"pg_sleep"(1)``."""
    if piece.kind == "name":
        return f"function {piece.text}" if after.word == "(" else ""
    if after.kind == "text" and piece.word not in _BEFORE_TEXT:
        return f"a literal {piece.text}'…'"
    return ""


def _may_call(word: str, told: Sequence[Piece]) -> bool:
    """Tell whether a word may stand before a bracket: a function, a keyword, a type, or the name of a WITH."""
    if word in FUNCTIONS or word in BEFORE_BRACKET or word in _TYPED:
        return True
    return any(piece.word == word and before.word in ("with", ",") for before, piece in pairwise(told))


def with_binds(found: Sequence[Piece], bind: Callable[[str], str], percent: str = "%") -> str:
    """Return the query with what ``bind`` gives for each ``:name``, read as SQLite reads it.

    Every ORDER BY says where empty values belong, and ``substr`` counts from the end for a negative start.
    ``percent`` is how a per-cent sign is written.
    """
    places = dict(_sort_ends(found))

    def write(first: int, last: int) -> str:
        written: list[str] = []
        place = first
        while place < last:
            piece = found[place]
            if piece.word == "substr" and (arguments := _arguments(found, place)):
                written.append(_substr([write(*argument) for argument in arguments]))
                place = arguments[-1][1]
                continue
            text = bind(piece.text[1:]) if piece.kind == "bind" else piece.text.replace("%", percent)
            written += (text, places.get(place, ""))
            place += 1
        return "".join(written)

    return write(0, len(found))


def _arguments(found: Sequence[Piece], name: int) -> list[tuple[int, int]]:
    """Return where the arguments of a call begin and end; nothing when it is no call, or is never closed."""
    opening = name + 1
    while opening < len(found) and found[opening].kind == "space":
        opening += 1
    if opening == len(found) or found[opening].word != "(":
        return []
    depth, first = found[opening].depth, opening + 1
    arguments: list[tuple[int, int]] = []
    for place in range(first, len(found)):
        piece = found[place]
        is_closing = piece.word == ")" and piece.depth == depth
        if is_closing or (piece.word == "," and piece.depth == depth + 1):
            arguments.append((first, place))
            first = place + 1
        if is_closing:
            return arguments
    return []


def _substr(arguments: Sequence[str]) -> str:
    """Write a call of substr, without its closing bracket."""
    if len(arguments) < 2:
        return f"substr({', '.join(arguments)}"
    text, start, *length = arguments
    if not start.strip().isdigit():
        start = (
            f"CAST((CASE WHEN ({start}\n) < 0 THEN length({text}\n) + 1 ELSE 0 END) + ({start}\n) AS int4)"
        )
    return ", ".join((f"substr({text}", start, *(f"CAST({one}\n AS int4)" for one in length)))


def _sort_ends(found: Sequence[Piece]) -> Iterator[tuple[int, str]]:
    """Yield where each item of an ORDER BY ends, and what is to be added there."""
    told = [place for place, piece in enumerate(found) if piece.kind != "space"]
    for number, place in enumerate(told[:-1]):
        if found[place].word == "order" and found[told[number + 1]].word == "by":
            yield from _items(found, told[number + 2 :], found[place].depth)


def _items(found: Sequence[Piece], after: Sequence[int], depth: int) -> Iterator[tuple[int, str]]:
    """Yield the ends of the items of one ORDER BY, whose words stand at ``depth``."""
    item: list[int] = []
    for place in after:
        piece = found[place]
        is_end = piece.depth < depth or (piece.depth == depth and piece.word in _AFTER_ORDER)
        if is_end or (piece.depth == depth and piece.word == ","):
            yield from _nulls(found, item)
            item = []
        else:
            item.append(place)
        if is_end:
            return
    yield from _nulls(found, item)


def _nulls(found: Sequence[Piece], item: Sequence[int]) -> Iterator[tuple[int, str]]:
    if item and not (len(item) > 1 and found[item[-2]].word == "nulls"):
        yield item[-1], " NULLS LAST" if found[item[-1]].word == "desc" else " NULLS FIRST"
