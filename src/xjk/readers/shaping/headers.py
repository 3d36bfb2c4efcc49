"""Recognise which canonical column a header stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from xjk.ledger.raw import FILE_COLUMN, PROBLEM_COLUMN, ROW_COLUMN
from xjk.models.nearest import nearest
from xjk.models.problem import Problem
from xjk.models.tables import TABLES
from xjk.reference.yaml_file import read_yaml

PROVENANCE = (FILE_COLUMN, ROW_COLUMN)
"""Columns of a quarantine file that say where a row came from; they are carried along."""

_BRACKETS = re.compile(r"[(\[{【〔<]([^)\]}】〕>]*)[)\]}】〕>]")
_UNIT = re.compile(
    r"(?:[(\[【〔/_:,;\s-]|单位)\s*(?:单位)?[:\s]*(元|千元|万元|百万元|千万元|亿元|%)\s*[)\]】〕]?\s*$"
)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """Say what a header stands for in one table, and how well known that name is (0 = best)."""

    column: str
    rank: int


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """Hold what each header of a file stands for.

    Attributes:
        columns: Canonical column or part per header, None where it is not used.
        units: Unit stated in the header (``万元``), None where there is none.
        problems: Headers not used, and headers that compete for one column.
    """

    columns: tuple[str | None, ...]
    units: tuple[str | None, ...]
    problems: tuple[Problem, ...]


@lru_cache(maxsize=20_000)
def normalise(header: str) -> str:
    """Bring a header to the form in which headers are compared: no case, width, spaces or punctuation."""
    text = unicodedata.normalize("NFKC", header[:_LONGEST]).casefold()
    return "".join(char for char in text if char.isalnum()) or text.strip()


def stated_unit(header: str) -> str | None:
    """Return the unit a header states at its end: ``金额（万元）`` gives ``万元``."""
    found = _UNIT.search(unicodedata.normalize("NFKC", header[:_LONGEST]))
    return found[1] if found else None


def candidates(header: str) -> tuple[str, ...]:
    """Return the normalised names a header may go by, the most literal first.

    Brackets hold units, remarks or a translation (``交易类型[ Transaction Type ]``), so the name is tried with
    them, without them, and what they hold on its own.
    """
    text = unicodedata.normalize("NFKC", header[:_LONGEST])
    bare = _UNIT.sub("", text) if _UNIT.search(text) else text
    outside, inside = _BRACKETS.sub("", bare), _BRACKETS.findall(bare)
    return tuple(dict.fromkeys(name for name in map(normalise, (text, bare, outside, *inside)) if name))


@cache
def meanings(table: str) -> Mapping[str, Meaning]:
    """Return every normalised header known for a table."""
    known: dict[str, Meaning] = {}
    for column, info in TABLES[table].model_fields.items():
        known.setdefault(normalise(column), Meaning(column, 0))
        known.setdefault(normalise(info.title or column), Meaning(column, 0))
    for section in ("tables", "parts"):
        for column, aliases in _aliases(section).get(table, {}).items():
            known.setdefault(normalise(column), Meaning(column, 0))
            for rank, alias in enumerate(aliases, start=1):
                known.setdefault(normalise(alias), Meaning(column, rank))
    return known


def parts(table: str) -> tuple[str, ...]:
    """Return the names of what is no column of the table but helps to make one (see ``forms``)."""
    return tuple(_aliases("parts").get(table, {}))


def meaning_of(table: str, header: str) -> Meaning | None:
    """Return what a header stands for in a table."""
    known = meanings(table)
    return next((known[name] for name in candidates(header) if name in known), None)


@cache
def _all_names() -> frozenset[str]:
    return frozenset(name for table in TABLES for name in meanings(table))


def is_any_header(header: str) -> bool:
    """Tell whether a cell reads like a header of any table."""
    return any(name in _all_names() for name in candidates(header))


def is_header_of(table: str) -> Callable[[str], bool]:
    """Return the test whether a cell reads like a header of one table."""
    return lambda header: header in PROVENANCE or meaning_of(table, header) is not None


def match_headers(table: str, headers: Sequence[str], file: str) -> HeaderMatch:
    """Match the headers of a file to the columns of a table.

    Of two headers for one column the better known name is used and the other reported.
    """
    found: dict[str, tuple[int, int]] = {}
    columns: list[str | None] = [None] * len(headers)
    problems: list[Problem] = []
    for index, header in enumerate(headers):
        if header in PROVENANCE:
            columns[index] = header
            continue
        repeat = header.rpartition("#")[0] if re.search(r"#[0-9]+$", header) else ""
        meaning = meaning_of(table, header) or (meaning_of(table, repeat) if repeat else None)
        if meaning is None:
            if header and header != PROBLEM_COLUMN:
                problems.append(_unused(table, header, file))
            continue
        rank, holder = found.get(meaning.column, (len(headers) + _LONGEST, -1))
        if meaning.rank < rank:
            found[meaning.column], columns[index] = (meaning.rank, index), meaning.column
        loser, winner = (holder, index) if meaning.rank < rank else (index, holder)
        if loser >= 0:
            columns[loser] = None
            problems.append(
                Problem.of(
                    "duplicate_column" if meaning.rank == rank else "spare_column",
                    file=file,
                    table=table,
                    column=meaning.column,
                    meaning=meaning.column,
                    header=headers[loser],
                    other=headers[winner],
                )
            )
    return HeaderMatch(tuple(columns), tuple(map(stated_unit, headers)), tuple(problems))


def _unused(table: str, header: str, file: str) -> Problem:
    model = TABLES[table]
    names = {name: name for name in model.model_fields}
    names |= {info.title: name for name, info in model.model_fields.items() if info.title}
    close = nearest(header, names)
    guess = f" ({model.model_fields[names[close]].title} {names[close]}?)" if close else ""
    return Problem.of("unknown_column", table=table, file=file, header=header[:_LONGEST], guess=guess)


@cache
def _alias_file() -> Mapping[str, object]:
    return cast("Mapping[str, object]", read_yaml(files("xjk.readers.shaping") / "data" / "aliases.yaml"))


def _aliases(section: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return cast("Mapping[str, Mapping[str, Sequence[str]]]", _alias_file()[section])
