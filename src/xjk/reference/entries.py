"""The common shape of a dated fact, and how a list of them is read from YAML files.

A data file is a mapping: one list of entries under the name of its subject and, if most entries share their
source, a ``defaults`` mapping that fills what an entry leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from xjk.errors import YamlError
from xjk.reference.folders import DataFile

Confidence = Literal["H", "M", "L"]

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_day(value: object) -> object:
    if isinstance(value, str) and _ISO_DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, date):
        return value
    raise ValueError("not a date written YYYY-MM-DD")


def _open_day(value: object) -> object:
    return None if value in ("", None) else _iso_day(value)


def _flag(value: object) -> object:
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise ValueError("not true or false")


IsoDay = Annotated[date, BeforeValidator(_iso_day)]
"""A date written YYYY-MM-DD."""

OpenDay = Annotated[date | None, BeforeValidator(_open_day)]
"""A date written YYYY-MM-DD, or empty: open."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""``true`` or ``false``, nothing else."""

Text = Annotated[str, Field(min_length=1)]
"""Text that says something."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
"""A snake_case word."""


class Fact(BaseModel):
    """Hold one fact, where it was read and how sure it is.

    ``confidence``: H read in the official text, M in one good secondary source, L own knowledge. An L fact
    is never ``verified``; a file may say ``verified: false`` in place of a confidence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Text
    confidence: Confidence
    verified: Flag

    @model_validator(mode="before")
    @classmethod
    def _settle_confidence(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        settled: dict[Any, Any] = dict(data)
        if "confidence" not in settled and settled.get("verified") in ("false", False):
            settled["confidence"] = "L"
        if "verified" not in settled and "confidence" in settled:
            settled["verified"] = settled["confidence"] != "L"
        return settled

    @model_validator(mode="after")
    def _unsure_is_not_verified(self) -> Fact:
        if self.verified == (self.confidence == "L"):
            raise ValueError("confidence L goes with verified: false, H and M with verified: true")
        return self


FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True, slots=True)
class Located(Generic[FactT]):
    """One entry and the file it stands in, for messages about two entries that disagree."""

    value: FactT
    file: str


def read_facts(files: Sequence[DataFile], subject: str, model: type[FactT]) -> list[Located[FactT]]:
    """Read the entries listed under `subject` in each of `files`, in file order.

    Raises YamlError, one per file and holding every fault of it, if a file is not a mapping of ``defaults``
    and `subject`, or an entry does not fit `model`.
    """
    located: list[Located[FactT]] = []
    for file in files:
        located += [Located(value, file.name) for value in _facts_of(file, subject, model)]
    return located


def _facts_of(file: DataFile, subject: str, model: type[FactT]) -> list[FactT]:
    content = mapping_of(file)
    unknown = sorted(set(content) - {"defaults", subject})
    if unknown:
        raise _fault(file.name, f"不认识的键：{unknown[0]}。", f"Unknown key: {unknown[0]}.")
    defaults = content.get("defaults", {})
    entries = content.get(subject)
    if not isinstance(defaults, dict) or not isinstance(entries, list):
        raise _fault(file.name, f"{subject} 应是一个列表。", f"{subject} must be a list of entries.")
    facts: list[FactT] = []
    errors: list[YamlError] = []
    for number, entry in enumerate(entries, start=1):
        place = f"{file.name}: {subject}[{number}]"
        if not isinstance(entry, dict):
            errors.append(_fault(place, "条目应是键值对。", "An entry must be a mapping."))
            continue
        try:
            facts.append(model.model_validate(with_defaults(entry, defaults)))
        except ValidationError as error:
            errors += faults_of(error, place)
    raise_all(errors, file.name)
    return facts


def mapping_of(file: DataFile) -> dict[str, object]:
    """Return the content of a data file; raises YamlError if it is not a mapping."""
    content = file.read()
    if not isinstance(content, dict):
        raise _fault(file.name, "文件顶层应是键值对。", "The file must be a mapping at the top.")
    return content


def with_defaults(entry: Mapping[str, object], defaults: Mapping[str, object]) -> dict[str, object]:
    """Return `entry` with what it leaves out taken from `defaults`.

    ``confidence`` and ``verified`` say the same thing, so an entry that gives one does not inherit the other.
    """
    said = {"confidence", "verified"} if entry.keys() & {"confidence", "verified"} else set()
    return {**{key: value for key, value in defaults.items() if key not in said}, **entry}


def faults_of(error: ValidationError, place: str) -> list[YamlError]:
    """Turn the complaints of pydantic about one entry into errors that name the field."""
    return [
        _fault(
            f"{place}.{'.'.join(str(part) for part in detail['loc'])}".rstrip("."),
            f"值不合规定：{detail['msg']}。",
            f"The value does not fit: {detail['msg']}.",
        )
        for detail in error.errors(include_url=False, include_input=False)
    ]


def raise_all(errors: Sequence[YamlError], where: str) -> None:
    """Raise the only error of a file, or one that holds all of them; do nothing if there are none."""
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0]
    raise YamlError(
        zh=f"有 {len(errors)} 处错误。", en=f"There are {len(errors)} faults.", where=where, errors=errors
    )


def by_key(located: Sequence[Located[FactT]], key: Callable[[FactT], str], what: str) -> dict[str, FactT]:
    """Return entries by their key, in the order they were read.

    Raises YamlError if two files describe one key differently; `what` names an entry in its message.
    """
    seen: dict[str, Located[FactT]] = {}
    for item in located:
        other = seen.setdefault(key(item.value), item)
        if other.value != item.value:
            raise clash(f"{what} {key(item.value)}", other.file, item.file)
    return {name: item.value for name, item in seen.items()}


def clash(what: str, first: str, second: str) -> YamlError:
    """Make the error for two files that state the same thing differently."""
    return YamlError(
        zh=f"{what} 在 {first} 与 {second} 中说法不同。",
        en=f"{what} is stated differently in {first} and {second}.",
        where=second,
        hint_zh="删去其中一条，或改用自己的键、地区或日期。",
        hint_en="Remove one of them, or use a key, region or period of your own.",
    )


def _fault(where: str, zh: str, en: str) -> YamlError:
    return YamlError(zh=zh, en=en, where=where, hint_zh="改正该处。", hint_en="Correct it there.")
