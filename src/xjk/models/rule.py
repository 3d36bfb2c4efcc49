"""What a rule says of itself: the front matter of its rule.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from xjk.models.columns import BOOL, CODE, DATE, INT, MONEY, NUMBER, ColumnType, Stored
from xjk.models.problem import BadValue
from xjk.models.words import Words

Severity = Literal["serious", "warning", "notice"]
Nature = Literal["off_book", "on_book", "outside", "to_verify"]
Status = Literal["preview", "stable", "deprecated", "removed"]
Scope = Literal["record", "unit", "group", "all"]
ParamType = Literal["money", "number", "int", "bool", "text", "date"]

SEVERITIES: tuple[Severity, ...] = ("notice", "warning", "serious")
"""Severities from lowest to highest."""

NATURES: Mapping[Nature, Words] = {
    "off_book": Words(zh="账外疑点", en="off-book clue"),
    "on_book": Words(zh="账内违规", en="breach on the books"),
    "outside": Words(zh="体外（下属·工会·食堂）", en="outside body (subordinate, union, canteen)"),
    "to_verify": Words(zh="待核实", en="to be verified"),
}

PARAM_COLUMNS: Mapping[ParamType, tuple[ColumnType, str]] = {
    "money": (MONEY, "_fen"),
    "number": (NUMBER, "_micro"),
    "date": (DATE, "_day"),
    "int": (INT, ""),
    "bool": (BOOL, ""),
    "text": (CODE, ""),
}
"""How a parameter is read, and the suffix of the name under which SQL sees its stored value."""

Code = Annotated[str, Field(pattern=r"^[A-Z]{3,8}[0-9]{3,4}$")]
Form = Annotated[str, Field(pattern=r"^F[1-9][0-9]?$")]

IdeaNumber = Annotated[str, Field(pattern=r"^[1-9][0-9]*$")]
"""Number of a detection idea."""


class Model(BaseModel):
    """Be the base of documents written by people: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read a JSON document as its schema describes it: no text stands for a number, no number for yes or no.

        YAML goes through ``model_validate``, which reads the text of every scalar.
        """
        options.setdefault("strict", True)
        return super().model_validate_json(json_data, **options)


class Verify(Model):
    """List what to ask for next, in both languages."""

    zh: tuple[str, ...] = Field(min_length=1)
    """Chinese, one request each."""
    en: tuple[str, ...] = Field(min_length=1)
    """English, one request each."""


class Basis(Model):
    """Point to the article of an instrument that a finding rests on."""

    instrument: str = Field(pattern=r"^[a-z0-9_]+$")
    """Identifier in the table of instruments."""
    article: str = Field(min_length=1)
    """Article, with paragraph and item as needed."""
    version: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    """Date the cited version came into force."""


def _values_by_type(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema of a parameter how its values are written; bounds cannot be said there."""
    schema["anyOf"] = [
        {"required": [name], "properties": {name: {"type": "string"}}} for name in ("default", "standard")
    ]
    schema["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}},
            "then": {"properties": {key: {"anyOf": [written, {"type": "null"}]} for key in _VALUES}},
        }
        for name, written in _WRITTEN.items()
    ]


_VALUES = ("default", "min", "max")
_WRITTEN: Mapping[ParamType, Mapping[str, Any]] = {
    "money": MONEY.json_schema,
    "number": NUMBER.json_schema,
    "date": DATE.json_schema,
    "int": {"type": "string", "pattern": r"^(?:0|-?[1-9][0-9]{0,17})$"},
    "bool": {"type": "string", "enum": ["0", "1", "false", "true"]},
    "text": {"anyOf": [CODE.json_schema, {"const": ""}]},
}
"""Canonical text of the values of a parameter."""


class Param(Model):
    """Declare one parameter of a rule: its type, default, bounds and meaning."""

    model_config = ConfigDict(json_schema_extra=_values_by_type)

    type: ParamType
    """Type of the value."""
    doc: Words
    """What the parameter means."""
    default: str | None = None
    """Default as text; may be left out when a standard gives it."""
    min: str | None = None
    """Smallest value allowed."""
    max: str | None = None
    """Largest value allowed."""
    standard: str | None = None
    """Dated standard that gives the default in force at the ledger's newest date."""
    tightens: Literal["up", "down", "none"] = "none"
    """Direction in which changing the value gives fewer findings."""

    @model_validator(mode="after")
    def _values_fit(self, info: ValidationInfo) -> Self:
        if self.default is None and self.standard is None:
            raise ValueError("give a default or a standard")
        kind = PARAM_COLUMNS[self.type][0]
        for name in _VALUES:
            text = getattr(self, name)
            if text is None:
                continue
            stored = self.read(text, bounded=name == "default")
            if info.mode == "json" and text not in (
                kind.render(stored),
                *_WRITTEN[self.type].get("enum", ()),
            ):
                raise ValueError(f"{name} is not written in canonical form: {kind.render(stored)}")
        return self

    def read(self, value: object, *, bounded: bool = True) -> Stored:
        """Return the stored value of a setting.

        Raises:
            ValueError: when it is not of the type or outside the bounds.
        """
        kind = PARAM_COLUMNS[self.type][0]
        stored = kind.coerce(value)
        if bounded and self.type != "text":
            for text, beyond in ((self.min, int.__lt__), (self.max, int.__gt__)):
                if text is not None and beyond(int(stored), int(kind.coerce(text))):
                    raise ValueError(
                        f"{kind.render(stored)} is outside {self.min or '…'} to {self.max or '…'}"
                    )
        return stored


class RuleMeta(Model):
    """Hold the metadata of one rule."""

    code: Code
    """Code: the prefix of its pack and three or four digits; never reused."""
    name: str = Field(pattern=r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$", max_length=60)
    """The bad pattern in snake case; folder name without the code."""
    title: Words
    """Short title."""
    form: Form
    """Form of the fund it looks for."""
    nature: Nature
    """What a finding would be about."""
    severity: Severity
    """How much a finding weighs."""
    status: Status
    """Where the rule is in its life; preview rules run only when asked for."""
    since: str = Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")
    """Version of the pack that brought it."""
    revision: int = Field(ge=1)
    """Grows whenever results can change."""
    scope: Scope
    """What the rule compares: a record, a unit's records, a group of units, or all."""
    requires: Mapping[str, tuple[str, ...]] = Field(min_length=1)
    """Tables and columns without which the rule is skipped."""
    optional: Mapping[str, tuple[str, ...]] = {}
    """Tables and columns the rule uses when they are there."""
    standards: tuple[str, ...] = ()
    """Dated standards the rule reads."""
    basis: tuple[Basis, ...] = Field(min_length=1)
    """Legal basis."""
    params: Mapping[str, Param] = {}
    """Parameters by name."""
    message: Words
    """Template of the message; facts only, never a verdict."""
    verify: Verify
    """What to ask for next."""
    ideas: tuple[IdeaNumber, ...] = ()
    """Numbers of the detection ideas that the rule carries out, as in the table of ideas."""
    references: tuple[str, ...] = ()
    """Sources beyond the legal basis."""
    authors: tuple[str, ...] = Field(min_length=1)
    """Who answers for the rule."""
    tags: tuple[str, ...] = ()
    """Words to select rules by."""

    @property
    def slots(self) -> frozenset[str]:
        """Return the names that the message template fills in."""
        return frozenset(re.findall(r"\{([a-z_][a-z0-9_]*)\}", self.message.zh + self.message.en))


class Rule(Model):
    """Be one rule as the catalogue lists it: metadata, page and where its parts lie."""

    meta: RuleMeta
    """Metadata."""
    pack: str
    """Name of the pack."""
    folder: str
    """Folder the rule was read from."""
    page: str
    """The page of rule.md below the front matter, Markdown."""
    kind: Literal["sql", "python"]
    """Whether rule.sql or rule.py detects."""

    @property
    def code(self) -> str:
        """Return the rule's code."""
        return self.meta.code


__all__ = [
    "NATURES",
    "PARAM_COLUMNS",
    "SEVERITIES",
    "BadValue",
    "Basis",
    "Model",
    "Nature",
    "Param",
    "Rule",
    "RuleMeta",
    "Scope",
    "Severity",
    "Status",
    "Verify",
]
