"""Column types of the canonical tables: the one place that knows how a value is read, kept and written.

Three forms of a value:

- *text* as it stands in a file;
- *stored*, as it lies in a relation: money in fen, dates as day numbers, numbers in millionths, booleans as 0/1;
- *model value*, as it stands in a model: ``Decimal`` yuan, ``date``, ``Decimal``, ``bool``, ``str``, ``int``.

The pydantic models and the compiled column parsers of ``xjk.ledger.parsers`` both go through ``ColumnType``, so they
cannot disagree. JSON documents must be in canonical form (as ``render`` writes it); Python values and file cells are
read leniently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from xjk.models import identifiers
from xjk.models.dates import day_date, day_number, day_text, read_day
from xjk.models.money import (
    fen,
    micro,
    money_text,
    number_text,
    read_integer,
    read_money,
    read_number,
    yuan,
)
from xjk.models.problem import BadValue
from xjk.models.text import MAX_CODE, MAX_TEXT, half_width, has_wide_or_invisible, read_code, read_text

Stored = str | int
"""A value as it lies in a relation."""

_CONTROL = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff"
_INVISIBLE = r"\ufeff\u200b\u200c\u200d\u2060"
_SPACE = r"\s\u001c-\u001f\u0085"
TEXT_PATTERN = (
    rf"^[^{_SPACE}{_CONTROL}{_INVISIBLE}](?:[^{_CONTROL}{_INVISIBLE}]*[^{_SPACE}{_CONTROL}{_INVISIBLE}])?$"
)
_WIDE = r"\uff01-\uff5e\u3000"
CODE_PATTERN = (
    rf"^[^{_SPACE}{_CONTROL}{_INVISIBLE}{_WIDE}]"
    rf"(?:[^\t\n\r{_CONTROL}{_INVISIBLE}{_WIDE}]*[^{_SPACE}{_CONTROL}{_INVISIBLE}{_WIDE}])?$"
)
MONEY_PATTERN = r"^(?:0\.00|-?(?:0\.(?:0[1-9]|[1-9][0-9])|[1-9][0-9]{0,12}\.[0-9]{2}))$"
NUMBER_PATTERN = r"^(?:0|-?(?:0\.[0-9]{0,5}[1-9]|[1-9][0-9]{0,11}(?:\.[0-9]{0,5}[1-9])?))$"
DATE_PATTERN = r"^(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}$"


@dataclass(frozen=True, slots=True, eq=False)
class ColumnType:
    """Say how one type of column is read, kept, written and described.

    Attributes:
        name: Name in the contract: code, text, date, money, number, int, bool, uscc, idno, acct or enum.
        read: Text of a cell to the stored value; raises ``BadValue``. The text is not empty.
        from_python: Python value that is not text to the stored value; raises ``BadValue``.
        value: Stored value to the model value.
        render: Stored value to canonical text.
        json_schema: JSON Schema of the canonical form.
        doubt: Names the warning a stored value deserves, or None.
        bulk: Reads many texts at once, blank ones as None; answers None when one of them needs ``read``. Only an
            acceleration: where it answers, it answers as ``read`` does.
        choices: English names to Chinese labels, for enumerations.
        personal: Whether values are personal data and masked in messages.
    """

    name: str
    read: Callable[[str], Stored]
    from_python: Callable[[object], Stored]
    value: Callable[[Any], object]
    render: Callable[[Any], str]
    json_schema: Mapping[str, Any]
    doubt: Callable[[Any], str | None] | None = None
    bulk: Callable[[Sequence[str]], list[Stored | None] | None] | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    personal: bool = False

    def coerce(self, value: object) -> Stored:
        """Turn a cell or Python value into the stored value.

        Raises:
            BadValue: when it cannot be one exactly.
        """
        return self.read(value) if isinstance(value, str) else self.from_python(value)

    def canonical(self, value: object) -> Stored:
        """Turn a value of a JSON document into the stored value; only the canonical form is taken.

        Raises:
            BadValue: when the value is not in canonical form.
        """
        if self.json_schema.get("type") == "string":
            if not isinstance(value, str):
                raise BadValue("wrong_type", type=type(value).__name__)
            stored = self.read(value) if value else ""
            if not value or self.render(stored) != value:
                raise BadValue(
                    "not_choice" if self.choices else "wrong_type", type="str", choices=_listed(self.choices)
                )
            return stored
        return self.from_python(value)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate through ``coerce`` in Python mode and ``canonical`` in JSON mode; write canonical text."""
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_plain_validator_function(self._validator(self.canonical)),
            python_schema=core_schema.no_info_plain_validator_function(self._validator(self.coerce)),
            serialization=core_schema.plain_serializer_function_ser_schema(self._dump, when_used="json"),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the canonical form."""
        return dict(self.json_schema)

    def _validator(self, to_stored: Callable[[object], Stored]) -> Callable[[object], object]:
        def validate(value: object) -> object:
            try:
                return self.value(to_stored(value))
            except BadValue as bad:
                raise PydanticCustomError(bad.kind, "{message}", {"message": str(bad)}) from None

        return validate

    def _dump(self, value: object) -> object:
        stored = self.coerce(value)
        return self.render(stored) if self.json_schema.get("type") == "string" else self.value(stored)


def _listed(choices: Mapping[str, str]) -> str:
    return "、".join(f"{name} {label}" if label else name for name, label in choices.items())


def _same(value: Any) -> Any:
    return value


def _refuse(value: object) -> Stored:
    raise BadValue("wrong_type", type=type(value).__name__)


def _code_from_python(value: object) -> Stored:
    """Take whole numbers as codes: databases often keep them so."""
    if not isinstance(value, int) or isinstance(value, bool):
        return _refuse(value)
    if abs(value) >= 10**MAX_CODE:
        raise BadValue("too_long", limit=MAX_CODE)
    return read_code(str(value))


def _money_from_python(value: object) -> Stored:
    if isinstance(value, Decimal):
        return fen(value)
    raise BadValue("money_type", type=type(value).__name__)


def _number_from_python(value: object) -> Stored:
    if isinstance(value, int) and not isinstance(value, bool):
        return micro(Decimal(value))
    return micro(value) if isinstance(value, Decimal) else _refuse(value)


def _integer_from_python(value: object) -> Stored:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return _refuse(value)
    if abs(value) >= 10**18:
        raise BadValue("number_range")
    return value


def _day_from_python(value: object) -> Stored:
    if isinstance(value, datetime):
        value = value.date()
    return day_number(value) if isinstance(value, date) else _refuse(value)


_TRUE = frozenset(("1", "true", "是", "yes", "y", "t", "有", "√", "对"))
_FALSE = frozenset(("0", "false", "否", "no", "n", "f", "无", "×", "错"))


def _read_bool(text: str) -> Stored:
    word = read_code(text).lower()
    if word in _TRUE:
        return 1
    if word in _FALSE:
        return 0
    raise BadValue("not_bool")


def _bool_from_python(value: object) -> Stored:
    return int(value) if isinstance(value, bool) else _refuse(value)


_ACCOUNT_NOISE = re.compile(r"[\s\-]+")


def _read_account(text: str) -> Stored:
    """Read an account number; spaces and dashes only group its digits."""
    code = read_code(text)
    return _ACCOUNT_NOISE.sub("", code) or "-"


def _account_from_python(value: object) -> Stored:
    return _read_account(str(_code_from_python(value)))


_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


def _read_upper(text: str) -> Stored:
    return read_code(text).translate(_UPPER)


def _doubt_uscc(stored: str) -> str | None:
    return None if identifiers.is_uscc(stored) else "bad_uscc"


def _doubt_idno(stored: str) -> str | None:
    return None if identifiers.is_citizen_number(stored) else "bad_idno"


def _doubt_account(stored: str) -> str | None:
    suspicious = identifiers.looks_like_bank_card(stored) and not identifiers.is_bank_card(stored)
    return "bad_card" if suspicious else None


_FENS = re.compile(r"(?:(?:-?[0-9]{1,13}\.[0-9]{2})?\n)*")


def _bulk_money(texts: Sequence[str]) -> list[Stored | None] | None:
    """Read plain amounts with two decimals."""
    joined = "\n".join(texts)
    if joined.count("\n") != len(texts) - 1 or not _FENS.fullmatch(joined + "\n"):
        return None
    return [int(text) if text else None for text in joined.replace(".", "").split("\n")]


def _bulk_text(texts: Sequence[str]) -> list[Stored | None] | None:
    """Pass texts through that reading would not change: printable, without spaces or full-width characters."""
    joined = "".join(texts)
    if (
        " " in joined
        or not joined.isprintable()
        or has_wide_or_invisible(joined)
        or max(map(len, texts)) > MAX_CODE
    ):
        return None
    return [text or None for text in texts] if "" in texts else list(texts)


_CODE_SCHEMA = {"type": "string", "minLength": 1, "maxLength": MAX_CODE, "pattern": CODE_PATTERN}
_UPPER_SCHEMA = _CODE_SCHEMA | {"pattern": CODE_PATTERN.replace(_WIDE, _WIDE + "a-z")}
_INTEGER_SCHEMA = {"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1}

CODE = ColumnType("code", read_code, _code_from_python, _same, str, _CODE_SCHEMA, bulk=_bulk_text)
TEXT = ColumnType(
    "text",
    read_text,
    _refuse,
    _same,
    str,
    {"type": "string", "minLength": 1, "maxLength": MAX_TEXT, "pattern": TEXT_PATTERN},
    bulk=_bulk_text,
)
PHONE = replace(TEXT, personal=True)
DATE = ColumnType(
    "date",
    read_day,
    _day_from_python,
    day_date,
    day_text,
    {"type": "string", "format": "date", "pattern": DATE_PATTERN},
)
MONEY = ColumnType(
    "money",
    read_money,
    _money_from_python,
    yuan,
    money_text,
    {"type": "string", "pattern": MONEY_PATTERN},
    bulk=_bulk_money,
)
NUMBER = ColumnType(
    "number",
    read_number,
    _number_from_python,
    lambda stored: Decimal(number_text(stored)),
    number_text,
    {"type": "string", "pattern": NUMBER_PATTERN},
)
INT = ColumnType("int", read_integer, _integer_from_python, _same, str, _INTEGER_SCHEMA)
BOOL = ColumnType("bool", _read_bool, _bool_from_python, bool, str, {"type": "boolean"})
USCC = ColumnType("uscc", _read_upper, _code_from_python, _same, str, _UPPER_SCHEMA, _doubt_uscc)
IDNO = ColumnType(
    "idno", _read_upper, _code_from_python, _same, str, _UPPER_SCHEMA, _doubt_idno, personal=True
)
ACCT = ColumnType(
    "acct",
    _read_account,
    _account_from_python,
    _same,
    str,
    _CODE_SCHEMA | {"pattern": r"^(?:-|[^\s\-" + CODE_PATTERN[3:].split("]", maxsplit=1)[0] + r"]+)$"},
    _doubt_account,
    personal=True,
)

Code = Annotated[str, CODE]
Text = Annotated[str, TEXT]
Phone = Annotated[str, PHONE]
Day = Annotated[date, DATE]
Money = Annotated[Decimal, MONEY]
Number = Annotated[Decimal, NUMBER]
Int = Annotated[int, INT]
Flag = Annotated[bool, BOOL]
Uscc = Annotated[str, USCC]
IdNo = Annotated[str, IDNO]
BankAcct = Annotated[str, ACCT]


def choice(also: Mapping[str, str] | None = None, /, **labels: str) -> ColumnType:
    """Make an enumeration: English names with their Chinese labels, both accepted in files.

    ``also`` gives further spellings of standard exports, such as the codes of the audit collection tables.
    """
    spelled = {name: name for name in labels} | {half_width(label): name for name, label in labels.items()}
    spelled |= also or {}

    def read(text: str) -> Stored:
        word = read_code(text)
        name = spelled.get(word) or spelled.get(word.lower().replace(" ", "_").replace("-", "_"))
        if name is None:
            raise BadValue("not_choice", choices=_listed(labels))
        return name

    return ColumnType(
        "enum", read, _refuse, _same, str, {"type": "string", "enum": list(labels)}, choices=dict(labels)
    )


_BOOK_CODES = {
    "01": "financial", "1": "financial", "财记": "financial", "财务": "financial",
    "02": "budget", "2": "budget", "预记": "budget", "预算": "budget",
}  # fmt: skip

Direction = Annotated[
    Literal["debit", "credit"],
    choice({"借方": "debit", "贷方": "credit", "1": "debit", "-1": "credit"}, debit="借", credit="贷"),
]
Book = Annotated[Literal["financial", "budget"], choice(_BOOK_CODES, financial="财务会计", budget="预算会计")]
Side = Annotated[Literal["income", "expense"], choice(income="收入", expense="支出")]
