"""The canonical columns of a file's texts as DuckDB expressions, for texts whose reading is beyond doubt.

A text is plain when reading it (``ColumnType.read``) would keep it as it is, or is a mere conversion: an ISO date, an
amount in digits. For any other text an expression is NULL or a test fails, and the row is read by ``ColumnType`` itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xjk.ledger.relations import SUFFIXES, RelationColumn
from xjk.ledger.store import Value
from xjk.models.columns import ColumnType
from xjk.models.record import Derived
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

_TEXTS = frozenset(("text", "code", "uscc", "idno", "acct"))


@dataclass(slots=True)
class PlainColumns:
    """Collect the expressions of one relation over texts ``c0``, ``c1`` ... that are never NULL.

    Attributes:
        values: Expression by physical column.
        tests: Conditions that all hold for a plain row.
    """

    values: dict[str, str] = field(default_factory=dict)
    tests: list[str] = field(default_factory=list)
    _codes: list[str] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)

    def add(self, column: str, kind: ColumnType, text: str, *, required: bool) -> None:
        """Add a column read from a text."""
        if kind.name in _TEXTS:
            self.values[column] = f"nullif({text}, '')"
            (self._texts if kind.name == "text" else self._codes).append(text)
            self.tests += [f"{text} <> ''"] if required else []
            self.tests += _more_tests(kind.name, text)
            return
        value = _converted(kind, text)
        if kind.name == "date":
            self.values[column] = f"CASE WHEN {value} IS NOT NULL THEN {text} END"
            self.values[f"{column}_day"] = f"{value} - DATE '1970-01-01'"
        else:
            self.values[column + SUFFIXES.get(kind.name, "")] = value
        self.tests.append(f"{value} IS NOT NULL" if required else f"({text} = '' OR {value} IS NOT NULL)")

    def add_constant(self, column: str, kind: ColumnType, value: Value, day: str | None) -> None:
        """Add a column that has one stored value in all rows; ``day`` is the text of a date."""
        if kind.name == "date":
            self.values[column] = _literal(day)
            self.values[f"{column}_day"] = _literal(value)
        else:
            self.values[column + SUFFIXES.get(kind.name, "")] = _literal(value)

    def is_plain(self) -> str:
        """Return the condition under which a row is plain."""
        return " AND ".join((*self.tests, *_all_read_as_they_stand(self._codes, _CODE, MAX_CODE),
                             *_all_read_as_they_stand(self._texts, _TEXT, MAX_TEXT))) or "true"  # fmt: skip


def draft_query(
    plain: PlainColumns,
    columns: Sequence[RelationColumn],
    derived: Sequence[Derived],
    *,
    texts: Sequence[str],
    source: str,
) -> str:
    """Return the query of every row of ``source`` as the columns of its relation and, unless plain, its texts.

    The last column, ``odd``, lists the texts of a row that is not plain.
    """
    wanted = [column for column in columns if not column.name.startswith("source_")]
    named = ", ".join(
        f"CAST({plain.values.get(column.name, 'NULL')} AS {'VARCHAR' if column.type == 'TEXT' else 'BIGINT'}) AS {column.name}"
        for column in wanted
    )
    listed = ", ".join(texts)
    query = f"SELECT {named}, {plain.is_plain()} AS is_plain, {listed} FROM {source}"  # noqa: S608
    for rule in derived:
        query = f"SELECT * REPLACE (coalesce({rule.column}, {rule.sql}) AS {rule.column}) FROM ({query})"  # noqa: S608
    needed = [column.name for column in wanted if not column.nullable]
    whole = " AND ".join(["is_plain", *(f"{name} IS NOT NULL" for name in needed)])
    odd = f"CASE WHEN {whole} THEN NULL ELSE [{listed}] END AS odd"
    return f"SELECT {', '.join(column.name for column in wanted)}, {odd} FROM ({query})"  # noqa: S608


def _converted(kind: ColumnType, text: str) -> str:
    """Return the expression of a stored value that is a whole number or one of few words."""
    match kind.name:
        case "date":
            return f"CASE WHEN regexp_full_match({text}, '{_DAY}') THEN TRY_CAST({text} AS DATE) END"
        case "money":
            return _scaled(text, _MONEY, "DECIMAL(15, 2)", 100)
        case "number":
            return _scaled(text, _NUMBER, "DECIMAL(18, 6)", 1_000_000)
        case "int":
            return f"CASE WHEN regexp_full_match({text}, '{_WHOLE}') THEN CAST({text} AS BIGINT) END"
        case _:
            cases = " ".join(
                f"WHEN {_literal(word)} THEN {_literal(stored)}" for word, stored in _words(kind).items()
            )
            return f"CASE {text} {cases} END"


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


def _more_tests(name: str, text: str) -> list[str]:
    """Return what else must hold for identifiers that reading brings to one form."""
    if name == "acct":
        return [f"NOT contains({text}, '-')", f"NOT contains({text}, ' ')"]
    return [f"NOT regexp_matches({text}, '[a-z]')"] if name in ("uscc", "idno") else []


def _all_read_as_they_stand(texts: Sequence[str], pattern: str, limit: int) -> Iterator[str]:
    """Yield the tests that no text is blank at an edge, holds an odd character or is too long.

    The texts are looked at together, which is several times quicker. What separates them may stand in a text: then a
    row may be called odd that is plain, and is read one by one like any odd row.
    """
    if texts:
        joined = f"concat_ws('|', {', '.join(texts)})"
        yield f"strlen({joined}) <= {limit}"
        yield f"NOT regexp_matches({joined}, '{pattern}')"


def _literal(value: Value) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
