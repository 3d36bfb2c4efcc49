"""Dated numeric standards: ceilings, thresholds and rates, each in force from one day to another.

The values are those of the central level (region CN). A place with its own standards adds entries with its
own region; nothing here replaces the document in force where the unit is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from xjk.errors import YamlError
from xjk.models.words import Words
from xjk.reference.entries import (
    Fact,
    Flag,
    IsoDay,
    Located,
    Name,
    OpenDay,
    Text,
    clash,
    raise_all,
    read_facts,
)
from xjk.reference.folders import Folder, core_files, pack_files

Measure = Literal["fen", "micro", "count", "day"]

_WRITTEN = {
    "fen": re.compile(r"\d+(\.\d{1,2})?"),
    "micro": re.compile(r"\d+(\.\d{1,6})?"),
    "count": re.compile(r"\d+"),
    "day": re.compile(r"\d+"),
}
_SCALE = {"fen": 100, "micro": 1_000_000, "count": 1, "day": 1}


class Standard(Fact):
    """Hold one standard for one period.

    ``value`` is written in yuan for fen, as a plain number for micro (a rate or factor), count and day (a
    number of days). ``several`` marks a key that holds a set of values at one time, such as the VAT rates.
    """

    key: Name
    region: Text = "CN"
    measure: Measure
    value: Text
    valid_from: IsoDay
    valid_to: OpenDay
    several: Flag = False
    title: Words
    document: Text
    note: str = ""
    article: Annotated[str, Field(description="Article of the document, empty if not known.")] = ""

    @model_validator(mode="after")
    def _is_written_as_its_measure(self) -> Standard:
        if not _WRITTEN[self.measure].fullmatch(self.value):
            raise ValueError(f"{self.value!r} is not a value in {self.measure}")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("it ends before it begins")
        return self

    @property
    def stored(self) -> int:
        """Return the value as the ledger stores it: fen, millionths, or the plain integer."""
        return int(Decimal(self.value) * _SCALE[self.measure])

    def in_force(self, day: date) -> bool:
        """Say whether the standard is in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def standards(folders: Sequence[Folder] = ()) -> tuple[Standard, ...]:
    """Return every standard, by key, region, first day and value.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two entries give one key and region different values on one day.
    """
    return _standards_with(folders) if folders else _core_standards()


def standards_on(
    key: str, day: date, region: str = "CN", folders: Sequence[Folder] = ()
) -> tuple[Standard, ...]:
    """Return what a key says on a day: nothing, one standard, or each value of a set."""
    return tuple(
        entry
        for entry in standards(folders)
        if entry.key == key and entry.region == region and entry.in_force(day)
    )


@lru_cache(maxsize=1)
def _core_standards() -> tuple[Standard, ...]:
    return _standards_with(())


def _standards_with(folders: Sequence[Folder]) -> tuple[Standard, ...]:
    subject = "standards"
    located = read_facts(core_files(subject) + pack_files(subject, folders), subject, Standard)
    groups: dict[tuple[str, str], list[Located[Standard]]] = defaultdict(list)
    for item in located:
        groups[item.value.key, item.value.region].append(item)
    kept: list[Standard] = []
    for (key, region), items in sorted(groups.items()):
        kept += _settled(f"{key} ({region})", items)
    return tuple(kept)


def _settled(what: str, items: Sequence[Located[Standard]]) -> list[Standard]:
    """Return the entries of one key and region without repetitions; raises YamlError if two of them disagree."""
    kept: list[Located[Standard]] = []
    errors: list[YamlError] = []
    for item in items:
        rivals = [other for other in kept if _rival(other.value, item.value)]
        if any(_same(other.value, item.value) for other in rivals):
            continue
        errors += [clash(what, other.file, item.file) for other in rivals]
        kept.append(item)
    raise_all(errors, what)
    return sorted((item.value for item in kept), key=lambda entry: (entry.valid_from, entry.stored))


def _rival(one: Standard, other: Standard) -> bool:
    """Say whether two entries of a key speak about a common day and cannot both be listed."""
    if one.measure != other.measure or one.several != other.several:
        return True
    overlap = one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )
    return overlap and (not one.several or one.stored == other.stored)


def _same(one: Standard, other: Standard) -> bool:
    return (one.stored, one.measure, one.valid_from, one.valid_to, one.several) == (
        other.stored,
        other.measure,
        other.valid_from,
        other.valid_to,
        other.several,
    )
