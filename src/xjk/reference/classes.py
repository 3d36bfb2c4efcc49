"""Economic classes of expenditure: what the money was spent on.

Two tables exist and a ledger may carry either: the classes of departmental budgets (301 to 399) and those of
the government budget (501 to 599). Classes 309 and 310 share names, so a class is known by its code only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from xjk.reference.entries import Fact, Text, by_key, read_facts
from xjk.reference.folders import Folder, core_files, pack_files

Table = Literal["department", "government"]


class EconomicClass(Fact):
    """Hold one class.

    ``parent`` is empty for a class of the first level. ``departments`` lists, for a class of the government
    budget, the classes of departmental budgets that are counted in it.
    """

    table: Table
    code: Annotated[str, Field(pattern=r"^\d{3}(\d{2})?$")]
    name: Text
    parent: str = ""
    departments: tuple[str, ...] = ()


def economic_classes(folders: Sequence[Folder] = ()) -> tuple[EconomicClass, ...]:
    """Return the classes of both tables, by code.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files describe one code differently.
    """
    return _classes_with(folders) if folders else _core_classes()


def class_of(code: str, folders: Sequence[Folder] = ()) -> EconomicClass | None:
    """Return the class of a code of a ledger, or None.

    A longer code is a local sub-class: the five-digit class it starts with is returned, else the
    three-digit one.
    """
    known = {entry.code: entry for entry in economic_classes(folders)}
    return known.get(code[:5]) or known.get(code[:3])


@lru_cache(maxsize=1)
def _core_classes() -> tuple[EconomicClass, ...]:
    return _classes_with(())


def _classes_with(folders: Sequence[Folder]) -> tuple[EconomicClass, ...]:
    subject = "economic_classes"
    located = read_facts(core_files(subject) + pack_files(subject, folders), "classes", EconomicClass)
    known = by_key(located, lambda entry: entry.code, "economic class")
    return tuple(known[code] for code in sorted(known))
