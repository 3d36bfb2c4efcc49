"""Values of a finance system's columns as values of the ledger, said in SQL.

Each type of column of the contract is read from each kind of column that databases have, exactly as files are read:
what cannot be represented is a problem with the kind of ``xjk.models.problem_kinds``, never another value. Two things
are narrower than in files: amounts written as text may have grouping commas but no currency, and dates written as
text are no spreadsheet serials.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from xjk.engines.values import literal
from xjk.ledger.relations import SUFFIXES
from xjk.models.columns import ColumnType, Stored
from xjk.models.dates import day_text
from xjk.models.money import MAX_FEN, MAX_MICRO, MICRO
from xjk.models.text import MAX_CODE, MAX_TEXT

Form = Literal["text", "integer", "numeric", "boolean", "day"]
"""What a column of a database holds; ``day`` is a date, ``numeric`` exact."""

_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F))) + "\u3000"
_HALF = "".join(map(chr, range(0x21, 0x7F))) + " "
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_SPACES = "".join(char for char in map(chr, range(1, 0x3001)) if char.isspace())
_CONTROL = r"[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]"
_CONTROL_OF_CODES = _CONTROL.replace(r"\u0008\u000b", r"\u000b").replace(r"\u000c\u000e", r"\u000e")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_AMOUNT = r"^[+-]?([0-9]{1,40}|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{0,40})?$"
_DATE = (
    r"^([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})| *年 *([0-9]{1,2}) *月 *([0-9]{1,2}) *日|([0-9]{2})([0-9]{2}))"
    r"(?:[ T]+[0-9]{1,2}:[0-9]{2}.*)?$"
)
_EDGE = r"[\s\u001c-\u001f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_UNTIDY_TEXT = rf"{_CONTROL}|[\u200b-\u200d\u2060\ufeff]|^{_EDGE}|{_EDGE}$"
_UNTIDY_CODE = _UNTIDY_TEXT + r"|[\u0009\u000a\u000d\uff01-\uff5e\u3000]"
_UNTIDY = {
    "text": _UNTIDY_TEXT, "code": _UNTIDY_CODE, "uscc": _UNTIDY_CODE + "|[a-z]", "idno": _UNTIDY_CODE + "|[a-z]",
    "acct": f"{_UNTIDY_CODE}|-|{_EDGE}",
}  # fmt: skip
_YEAR_MONTH_DAY = r"\1-\3\5\7-\4\6\8"


_DIRECTIVES = {
    "%Y": "([0-9]{4})", "%y": "([0-9]{2})", "%m": "([0-9]{1,2})", "%d": "([0-9]{1,2})", "%H": "([0-9]{1,2})",
    "%M": "([0-9]{1,2})", "%S": "([0-9]{1,2})", "%f": "([0-9]{1,6})", "%j": "([0-9]{1,3})",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """Be one value of a row as the database gives it.

    Attributes:
        sql: The expression.
        form: What it is.
        scale: Decimal places of a numeric, when its type says so.
    """

    sql: str
    form: Form = "text"
    scale: int | None = None

    def text(self) -> str:
        """Return the expression for the value as text, as a file would show it."""
        return self.sql if self.form == "text" else f'({self.sql}::text COLLATE "C")'


@dataclass(frozen=True, slots=True)
class Cast:
    """Be one column of the contract, computed.

    Attributes:
        values: Expression of each physical column, by what its name ends in; NULL where there is a problem.
        problem: Expression for the kind of problem, NULL when there is none.
    """

    values: Mapping[str, str]
    problem: str = "NULL::text"


def constant(kind: ColumnType, value: Stored | None) -> Cast:
    """Return a column that holds one stored value in every row."""
    if kind.name == "date":
        return Cast(
            {"": literal(day_text(value) if isinstance(value, int) else None), "_day": literal(value)}
        )
    return Cast({SUFFIXES.get(kind.name, ""): literal(value)})


def filled(cast: Cast, default: Cast) -> Cast:
    """Return a column whose blank values are those of another."""
    values = {end: f"coalesce({sql}, {default.values[end]})" for end, sql in cast.values.items()}
    return Cast(values, cast.problem)


def stripped(text: str) -> str:
    """Return a text without the space around it, as Python strips it; NULL when nothing is left."""
    return f"nullif(btrim({text}, {literal(_SPACES)}), '')"


def tidy_code(text: str) -> str:
    """Return a text as ``xjk.models.text.read_code`` reads it: half-width, nothing invisible, NULL when blank."""
    return stripped(f"translate({text}, {literal(_WIDE + _INVISIBLE)}, {literal(_HALF)})")


def joined(parts: Sequence[Given], separator: str) -> Given:
    """Return several values joined; blank ones are left out."""
    texts = ", ".join(stripped(part.text()) for part in parts)
    return Given(f"concat_ws({literal(separator)}, {texts})")


def replaced(given: Given, values: Mapping[str, str]) -> Given:
    """Return a value whose whole text is replaced where ``values`` says so."""
    text = given.text()
    cases = " ".join(f"WHEN {literal(old.strip())} THEN {literal(new)}" for old, new in values.items())
    return Given(f"CASE {stripped(text)} {cases} ELSE {text} END")


def dated(given: Given, formats: Sequence[str]) -> Given:
    """Return a text as an ISO date where it is in one of some formats; other texts stay, to be judged."""
    text = tidy_code(given.text())
    cases = " ".join(
        f"WHEN {text} ~ {literal(pattern)} THEN {_iso(text, pattern, order)}"
        for pattern, order in map(_pattern, formats)
    )
    return Given(f"CASE {cases} ELSE {text} END")


def _pattern(form: str) -> tuple[str, Sequence[str]]:
    """Return a date format as a regular expression, and which part each of its groups is."""
    order: list[str] = []
    written = []
    for piece in re.findall(r"%.|[^%]", form):
        if piece in _DIRECTIVES:
            order.append(piece[1])
            written.append(_DIRECTIVES[piece])
        else:
            written.append(re.sub(r"([^\w\s])", r"\\\1", piece.removeprefix("%")))
    return f"^{''.join(written)}$", order


def _iso(text: str, pattern: str, order: Sequence[str]) -> str:
    parts = {
        part: f"(regexp_match({text}, {literal(pattern)}))[{place}]"
        for place, part in enumerate(order, start=1)
    }
    short = parts.get("y", "")
    year = parts.get("Y") or f"(CASE WHEN {short} < '69' THEN '20' ELSE '19' END || {short})"
    return f"{year} || '-' || {parts['m']} || '-' || {parts['d']}"


def cast_column(kind: ColumnType, given: Given, scale: int | None = None) -> Cast | None:
    """Return a value read as a type of the contract; None when the database's type cannot hold one exactly.

    Args:
        kind: Type of the column; enumerations and truth values written as text go by ``cast_words``.
        given: The value.
        scale: How many fen, or millionths, one unit of the value is; 100 and 1,000,000 when None.
    """
    if kind.name == "money":
        return _scaled(given, scale or 100, "_fen", MAX_FEN, "money")
    if kind.name == "number":
        return _scaled(given, scale or MICRO, "_micro", MAX_MICRO, "number")
    return _READERS[kind.name](given)


def cast_words(given: Given, names: Mapping[str, Stored | None], problem: str) -> Cast:
    """Return a column of few spellings, each with the stored value it means; other texts are a problem."""
    text = given.text()
    if not names:
        return Cast({"": "NULL"}, f"CASE WHEN {text} IS NOT NULL THEN {literal(problem)} END")
    cases = " ".join(f"WHEN {literal(spelling)} THEN {literal(stored)}" for spelling, stored in names.items())
    known = ", ".join(map(literal, names))
    return Cast(
        {"": f"CASE {text} {cases} END"}, f"CASE WHEN {text} NOT IN ({known}) THEN {literal(problem)} END"
    )


def untidy(kind: ColumnType, given: Given) -> str | None:
    """Return the condition that a text is not yet as the contract keeps it; None when it must be looked at anyway.

    Where no row of a column meets it, the column is ``as_it_stands``, which costs a hundredth of reading it.
    """
    if given.form != "text" or kind.name not in _UNTIDY:
        return None
    limit = MAX_TEXT if kind.name == "text" else MAX_CODE
    return f"({given.sql} ~ {literal(_UNTIDY[kind.name])} OR length({given.sql}) > {limit})"


def as_it_stands(given: Given) -> Cast:
    """Return a column whose texts are as the contract keeps them."""
    return Cast({"": f"nullif({given.sql}, '')"})


def _guarded(values: Mapping[str, str], problems: Iterable[tuple[str, str]]) -> Cast:
    """Compute values only where no condition of a problem holds; conditions are looked at in turn."""
    found = list(problems)
    if not found:
        return Cast(values)
    kinds = " ".join(f"WHEN {condition} THEN {literal(kind)}" for kind, condition in found)
    nothing = " ".join(f"WHEN {condition} THEN NULL" for _, condition in found)
    return Cast({end: f"CASE {nothing} ELSE {sql} END" for end, sql in values.items()}, f"CASE {kinds} END")


def _code(given: Given) -> Cast | None:
    return _identifier(given, lambda code: code)


def _upper(given: Given) -> Cast | None:
    return _identifier(
        given, lambda code: f"translate({code}, {literal(_LETTERS)}, {literal(_LETTERS.upper())})"
    )


def _account(given: Given) -> Cast | None:
    noise = literal(_SPACES + "-")
    return _identifier(
        given, lambda code: f"CASE WHEN {code} IS NOT NULL THEN coalesce(nullif(translate({code}, {noise}, ''), ''), '-') END"
    )  # fmt: skip


def _identifier(given: Given, change: Callable[[str], str]) -> Cast | None:
    if given.form == "integer" or (given.form == "numeric" and given.scale == 0):
        return Cast({"": change(given.text())})
    if given.form != "text":
        return None
    code = tidy_code(given.sql)
    problems = (
        ("control_character", f"{code} ~ {literal(_CONTROL_OF_CODES)}"),
        ("too_long", f"length({code}) > {MAX_CODE}"),
    )
    return _guarded({"": change(code)}, problems)


def _text(given: Given) -> Cast:
    text = stripped(f"translate({given.text()}, {literal(_INVISIBLE)}, '')")
    problems = (
        ("control_character", f"{text} ~ {literal(_CONTROL)}"),
        ("too_long", f"length({text}) > {MAX_TEXT}"),
    )
    return _guarded({"": text}, problems)


def _integer(given: Given) -> Cast | None:
    if given.form == "boolean":
        return None
    return _scaled(given, 1, "", 10**18 - 1, "number")


def _scaled(given: Given, scale: int, end: str, limit: int, family: str) -> Cast | None:
    """Return a number in the unit it is stored in; its digits beyond that unit are a problem."""
    if given.form not in ("text", "integer", "numeric"):
        return None
    problems: list[tuple[str, str]] = []
    number = f"({given.sql})::numeric"
    if given.form == "text":
        plain = tidy_code(given.sql)
        unreadable = "not_money" if family == "money" else "not_number" if end else "not_integer"
        problems.append((unreadable, f"{plain} !~ {literal(_AMOUNT)}"))
        number = f"replace({plain}, ',', '')::numeric"
    scaled = number if scale == 1 else f"{number} * {scale}"
    problems.append((f"{family}_range", f"abs({scaled}) > {limit}"))
    if given.form == "text" or (
        given.form == "numeric" and not (given.scale is not None and 10**given.scale <= scale)
    ):
        problems.append((f"{family}_precision" if end else "not_integer", f"{scaled} <> trunc({scaled})"))
    return _guarded({end: f"({scaled})::bigint"}, problems)


def _truth(given: Given) -> Cast | None:
    return Cast({"": f"({given.sql})::int::bigint"}) if given.form == "boolean" else None


def _date(given: Given) -> Cast | None:
    if given.form == "day":
        early_or_late = f"NOT ({given.sql}) BETWEEN DATE '1900-01-01' AND DATE '2099-12-31'"
        return _guarded(_day_values(f"({given.sql})"), [("date_range", early_or_late)])
    if given.form == "boolean" or (given.form == "numeric" and given.scale != 0):
        return None
    plain = f"regexp_replace({tidy_code(given.text())}, {literal(_DATE)}, {literal(_YEAR_MONTH_DAY)})"
    year, month, day = (f"split_part({plain}, '-', {place})::int" for place in (1, 2, 3))
    length = (
        f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31"
        f" WHEN {year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0) THEN 29 ELSE 28 END"
    )
    problems = (
        ("not_date", f"{plain} !~ '^[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}$'"),
        ("date_range", f"{year} NOT BETWEEN 1900 AND 2099"),
        ("no_such_day", f"{month} NOT BETWEEN 1 AND 12"),
        ("no_such_day", f"{day} NOT BETWEEN 1 AND {length}"),
    )
    return _guarded(_day_values(f"make_date({year}, {month}, {day})"), problems)


def _day_values(day: str) -> dict[str, str]:
    return {"": f"({day})::text", "_day": f"({day} - DATE '1970-01-01')::bigint"}


_READERS: Mapping[str, Callable[[Given], Cast | None]] = {
    "code": _code, "text": _text, "date": _date, "int": _integer, "bool": _truth,
    "uscc": _upper, "idno": _upper, "acct": _account,
}  # fmt: skip
