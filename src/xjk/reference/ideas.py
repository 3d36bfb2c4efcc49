"""The detection ideas: what the books may show, and which rules or steps on site look for it.

The ideas are those that public audit cases and methods describe. A rule names the ones it carries out in its front
matter; an idea that no table can show says why, and has a step on site in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from xjk.models.rule import Form, IdeaNumber
from xjk.models.words import Words
from xjk.reference.entries import Fact, Name, Text, by_key, read_facts
from xjk.reference.folders import Folder, core_files, pack_files

Area = Literal["ledger", "payments", "bank", "papers", "people", "assets"]

AREAS: Mapping[Area, Words] = {
    "ledger": Words(zh="账簿", en="The ledger alone"),
    "payments": Words(zh="国库支付", en="Treasury payments"),
    "bank": Words(zh="银行流水", en="Bank"),
    "papers": Words(zh="票据和发票", en="Receipts and invoices"),
    "people": Words(zh="人员和活动", en="People and events"),
    "assets": Words(zh="资产、收入完整性和关联方", en="Assets, completeness of income, related parties"),
}
"""The data an idea begins with."""


class Idea(Fact):
    """Hold one idea; ``no_table`` says why no table can show it, when none can."""

    number: IdeaNumber
    area: Area
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]
    title: Words
    no_table: Words | None = None


class OnsiteStep(Fact):
    """Hold one step that inspectors take on site.

    ``kinds`` are kinds of unit; empty means all. ``ideas`` are numbers of ideas that the step replaces.
    """

    id: Name
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]
    kinds: tuple[Text, ...] = ()
    title: Words
    how: Words
    ideas: tuple[IdeaNumber, ...] = ()


def ideas(folders: Sequence[Folder] = ()) -> tuple[Idea, ...]:
    """Return every idea, by number.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files describe one number differently.
    """
    return _ideas_with(folders) if folders else _core_ideas()


def onsite_steps(folders: Sequence[Folder] = ()) -> tuple[OnsiteStep, ...]:
    """Return every step on site, in the order of the files.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files describe one step differently.
    """
    return _steps_with(folders) if folders else _core_steps()


@lru_cache(maxsize=1)
def _core_ideas() -> tuple[Idea, ...]:
    return _ideas_with(())


@lru_cache(maxsize=1)
def _core_steps() -> tuple[OnsiteStep, ...]:
    return _steps_with(())


def _ideas_with(folders: Sequence[Folder]) -> tuple[Idea, ...]:
    located = read_facts(core_files("ideas") + pack_files("ideas", folders), "ideas", Idea)
    return tuple(
        sorted(by_key(located, lambda idea: idea.number, "idea").values(), key=lambda idea: int(idea.number))
    )


def _steps_with(folders: Sequence[Folder]) -> tuple[OnsiteStep, ...]:
    files = core_files("onsite_steps") + pack_files("onsite_steps", folders)
    return tuple(
        by_key(read_facts(files, "steps", OnsiteStep), lambda step: step.id, "step on site").values()
    )
