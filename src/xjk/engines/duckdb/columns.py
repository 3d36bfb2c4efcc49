"""The canonical columns of a file's texts as DuckDB expressions, for texts whose reading is beyond doubt.

A text is plain when reading it (``ColumnType.read``) would keep it as it is, or is a mere conversion: an ISO date, an
amount in digits. Any other text is read by ``ColumnType`` itself, once for all rows that have it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xjk.engines.values import literal
from xjk.ledger.relations import SUFFIXES
from xjk.ledger.store import Value
from xjk.ledger.table_columns import TableColumns
from xjk.models.columns import ColumnType
from xjk.models.text import MAX_CODE, MAX_TEXT

_ODD = (
    r"[\x00-\x1f\x7f-\xa0\x{1680}\x{2000}-\x{200d}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}]"
)
_EDGE = r"(?:^|\|) | (?:\||$)"
_TEXT = f"{_ODD}|{_EDGE}"
_CODE = rf"{_ODD}|[\x{{ff01}}-\x{{ff5e}}]|{_EDGE}"
_DAY = r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
_MONEY = r"-?[0-9]{1,13}(?:\.[0-9]{1,2})?"
_NUMBER = r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?"
_WHOLE = r"-?[0-9]{1,18}"

TYPES = {"TEXT": "VARCHAR", "INTEGER": "BIGINT"}
"""DuckDB's types of the physical columns."""

_CODES = frozenset(("code", "uscc", "idno", "acct"))


@dataclass(frozen=True, slots=True)
class PlainColumn:
    """Read one column from a text that is never NULL.

    Attributes:
        name: Canonical column.
        kind: Its type.
        text: Expression of the text.
        required: Whether a row needs it.
    """

    name: str
    kind: ColumnType
    text: str
    required: bool

    @property
    def is_code(self) -> bool:
        """Tell identifiers, which must be free of full-width characters."""
        return self.kind.name in _CODES

    @property
    def is_text(self) -> bool:
        """Tell free texts."""
        return self.kind.name == "text"

    def value(self) -> str:
        """Return the stored value of a plain text: a DATE for dates, NULL for texts that are blank or not plain."""
        text = self.text
        if self.is_code or self.is_text:
            return f"nullif({text}, '')"
        match self.kind.name:
            case "date":
                return f"CASE WHEN regexp_full_match({text}, '{_DAY}') THEN TRY_CAST({text} AS DATE) END"
            case "money":
                return _scaled(text, _MONEY, "DECIMAL(15, 2)", 100)
            case "number":
                return _scaled(text, _NUMBER, "DECIMAL(18, 6)", 1_000_000)
            case "int":
                return f"CASE WHEN regexp_full_match({text}, '{_WHOLE}') THEN CAST({text} AS BIGINT) END"
            case _:
                words = _words(self.kind).items()
                cases = " ".join(f"WHEN {literal(word)} THEN {literal(stored)}" for word, stored in words)
                return f"CASE {text} {cases} END"

    def tests(self) -> list[str]:
        """Return the conditions of a plain text, but for what ``are_plain`` tests of several at once."""
        if not (self.is_code or self.is_text):
            value = f"{self.value()} IS NOT NULL"
            return [value if self.required else f"({self.text} = '' OR {value})"]
        tests = [f"{self.text} <> ''"] if self.required else []
        if self.kind.name == "acct":
            tests += [f"NOT contains({self.text}, '-')", f"NOT contains({self.text}, ' ')"]
        elif self.kind.name in ("uscc", "idno"):
            tests.append(f"NOT regexp_matches({self.text}, '[a-z]')")
        return tests


def plain_columns(columns: TableColumns) -> tuple[PlainColumn, ...]:
    """Return the columns of a table whose texts are ``c0``, ``c1`` ..."""
    return tuple(
        PlainColumn(name, columns.types[name], f"c{place}", columns.parsers[name].required)
        for name, place in columns.places.items()
    )


def are_plain(columns: Sequence[PlainColumn]) -> str:
    """Return the condition that every text of a row is plain.

    Texts are looked at together, which is several times quicker. What separates them may stand in a text: then a row
    may be called odd that is plain, and is read like any odd row.
    """
    tests = [test for column in columns for test in column.tests()]
    codes = [column.text for column in columns if column.is_code]
    texts = [column.text for column in columns if column.is_text]
    tests += [*_read_as_they_stand(codes, _CODE, MAX_CODE), *_read_as_they_stand(texts, _TEXT, MAX_TEXT)]
    return " AND ".join(tests) or "true"


def physical(name: str, kind: ColumnType, value: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the physical columns of a value with their expressions; ``text`` is the text of a plain date."""
    if kind.name == "date":
        yield name, f"CASE WHEN {value} IS NOT NULL THEN {text} END"
        yield f"{name}_day", f"{value} - DATE '1970-01-01'"
    else:
        yield name + SUFFIXES.get(kind.name, ""), value


def row_query(
    columns: TableColumns, values: Mapping[str, str], is_good: str, *, kept: Sequence[str], source: str
) -> str:
    """Return the query of the rows of ``source`` as the columns of their relation, derived ones included.

    Args:
        columns: The table.
        values: Expression by physical column.
        is_good: Condition that a row is read rightly.
        kept: Columns of the source that are kept beside.
        source: The source, as a FROM clause.

    Returns:
        The query; its column ``is_good`` says also that nothing is missing that a row must have.
    """
    wanted = columns.relation.content
    named = [
        f"CAST({values.get(column.name, 'NULL')} AS {TYPES[column.type]}) AS {column.name}"
        for column in wanted
    ]
    query = f"SELECT {', '.join((*named, *kept))}, {is_good} AS is_good FROM {source}"
    for rule in columns.model.derived:
        query = f"SELECT * REPLACE (coalesce({rule.column}, {rule.sql}) AS {rule.column}) FROM ({query})"
    needed = " AND ".join(
        ["is_good", *(f"{column.name} IS NOT NULL" for column in wanted if not column.nullable)]
    )
    return f"SELECT * REPLACE ({needed} AS is_good) FROM ({query})"


def _scaled(text: str, pattern: str, decimal: str, factor: int) -> str:
    return (
        f"CASE WHEN regexp_full_match({text}, '{pattern}') "
        f"THEN CAST(CAST({text} AS {decimal}) * {factor} AS BIGINT) END"
    )


def _words(kind: ColumnType) -> Mapping[str, Value]:
    """Return the usual spellings of a choice or a truth value, read as they are read elsewhere."""
    words = (
        [*kind.choices, *kind.choices.values()] if kind.choices else ["0", "1", "true", "false", "是", "否"]
    )
    return {word: kind.read(word) for word in words if word}


def _read_as_they_stand(texts: Sequence[str], pattern: str, limit: int) -> Iterator[str]:
    """Yield the tests that no text is blank at an edge, holds an odd character or is too long."""
    if texts:
        joined = f"concat_ws('|', {', '.join(texts)})"
        yield f"strlen({joined}) <= {limit}"
        yield f"NOT regexp_matches({joined}, '{pattern}')"
