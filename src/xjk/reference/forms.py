"""The forms of slush funds (小金库) that findings are filed under.

Official lists differ: the national list of 2009 has seven forms, the list for state-owned enterprises of 2010
has four groups. Forms are therefore data, with a mapping to those lists and to the articles that apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from xjk.models.words import Words
from xjk.reference.entries import Fact, Name, Text, by_key, read_facts
from xjk.reference.folders import Folder, core_files, pack_files


class FormArticle(BaseModel):
    """Hold one article of an instrument that a form is judged by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instrument: Name
    article: Text


class Form(Fact):
    """Hold one form and its place in the official lists.

    ``national_2009`` are item numbers of 中纪发〔2009〕7号 (1 to 7; 8 is 其他); ``enterprises_2010`` are the
    items of 中纪发〔2010〕29号 as that list writes them.
    """

    id: Annotated[str, Field(pattern=r"^[A-Z]\d+$")]
    title: Words
    national_2009: tuple[Text, ...]
    enterprises_2010: tuple[Text, ...]
    articles: tuple[FormArticle, ...]


def forms(folders: Sequence[Folder] = ()) -> tuple[Form, ...]:
    """Return every form, by id.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files describe one id differently.
    """
    return _forms_with(folders) if folders else _core_forms()


@lru_cache(maxsize=1)
def _core_forms() -> tuple[Form, ...]:
    return _forms_with(())


def _forms_with(folders: Sequence[Folder]) -> tuple[Form, ...]:
    located = read_facts(core_files("forms") + pack_files("forms", folders), "forms", Form)
    known = by_key(located, lambda form: form.id, "form")
    return tuple(known[key] for key in sorted(known))
