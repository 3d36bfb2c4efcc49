"""The document of a cases.yaml as it is written; ``xjk.rules.cases`` holds what is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, create_model, model_validator

from xjk.models.columns import Money
from xjk.models.rule import Model
from xjk.models.tables import TABLES
from xjk.models.words import Words

_NAME = r"^[a-z0-9]+(?:_[a-z0-9]+)*$"
_EVIDENCE = r"^[^:]+:[\s\S]+$"

CaseName = Annotated[str, Field(pattern=_NAME)]


class WrittenFinding(Model):
    """Name one finding that a case expects."""

    unit_code: str = Field(min_length=1)
    """Unit concerned."""
    subject: str = Field(min_length=1)
    """What makes it the same finding next time."""
    amount: Money
    """Amount in yuan."""
    evidence: tuple[Annotated[str, Field(pattern=_EVIDENCE)], ...] = Field(min_length=1)
    """Rows that speak for it, each as ``table:key``."""


class _Case(Model):
    params: Mapping[str, str] = {}
    """Values of parameters that differ from their defaults."""


class MustFlag(_Case):
    """Give small books in which the rule must find something; each table is CSV text under its name."""

    why: Words | None = None
    """What the case shows."""
    expect: Literal["findings"] = "findings"
    """Always ``findings``."""
    findings: tuple[WrittenFinding, ...] = Field(min_length=1)
    """The whole set of findings."""


class MustNotFlag(_Case):
    """Give small books in which the rule must find nothing; each table is CSV text under its name."""

    why: Words | None = None
    """The innocent explanation; may be left out only when a skip is expected."""
    expect: Literal["findings", "skipped"] = "findings"
    """``skipped`` when the rule must say that it lacks a table or column."""
    findings: tuple[WrittenFinding, ...] = Field(default=(), max_length=0)
    """Empty."""

    @model_validator(mode="after")
    def _is_explained(self) -> Self:
        if self.why is None and self.expect != "skipped":
            raise ValueError("give the innocent explanation as why")
        return self


_TABLES: dict[str, Any] = {
    table: (
        str | None,
        Field(default=None, pattern=r"[^ \t\r\n]", description=f"{model.zh}: rows as CSV text."),
    )
    for table, model in TABLES.items()
}
_DEFAULTS: dict[str, Any] = {
    table: (
        dict[Annotated[str, Field(pattern=f"^(?:{'|'.join(model.model_fields)})$")], str] | None,
        Field(default=None, description=f"{model.zh}: values by column."),
    )
    for table, model in TABLES.items()
}

FlagCase = create_model("FlagCase", __base__=MustFlag, __doc__=MustFlag.__doc__, **_TABLES)
SilentCase = create_model("SilentCase", __base__=MustNotFlag, __doc__=MustNotFlag.__doc__, **_TABLES)
Defaults = create_model(
    "Defaults",
    __base__=Model,
    __doc__="Give values that fill every row of a table which has no such column.",
    **_DEFAULTS,
)


class CasesFile(Model):
    """Hold the cases of one rule: what it must flag, what it must not, each with the books it needs."""

    defaults: Defaults | None = None
    """Values that fill every row of a table, by table and column."""
    must_flag: dict[CaseName, FlagCase] = Field(min_length=1)
    """Cases the rule must flag, by name: a sentence in snake case."""
    must_not_flag: dict[CaseName, SilentCase] = Field(min_length=2)
    """Cases the rule must not flag, by name; those that expect a skip do not count towards the two it needs."""


def adjust(schema: dict[str, Any]) -> None:
    """Say that a silent case needs its explanation unless a skip is expected."""
    schema["$defs"]["SilentCase"]["anyOf"] = [
        {"required": ["why"], "properties": {"why": {"not": {"type": "null"}}}},
        {"required": ["expect"], "properties": {"expect": {"const": "skipped"}}},
    ]
