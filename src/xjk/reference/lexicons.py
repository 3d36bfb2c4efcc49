"""Words that tell what a text is about: one lexicon per tag, in layers.

A word hits a text if it stands there outside every exception of its tag: 奖 hits 年终奖 but not 奖杯. Width and
case make no difference. A word of Latin letters hits whole words only, its plural with s included. A layer of a
region or unit adds words and exceptions; an exception equal to a word switches that word off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pydantic import Field

from xjk.errors import YamlError
from xjk.models.text import half_width
from xjk.models.words import Words
from xjk.reference.entries import Fact, Located, Name, Text, clash, read_facts
from xjk.reference.folders import Folder, core_files, pack_files

Layer = Literal["core", "region", "unit"]


class LexiconLayer(Fact):
    """Hold what one file says about one tag; only the first file of a tag needs its title."""

    tag: Name
    layer: Layer
    title: Words | None = None
    words: tuple[Text, ...] = ()
    exceptions: tuple[Text, ...] = Field(default=(), alias="except")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All layers of one tag together. Words and exceptions are half-width, lower case and sorted."""

    tag: str
    title: Words
    words: tuple[str, ...]
    exceptions: tuple[str, ...]


def lexicons(folders: Sequence[Folder] = ()) -> tuple[Lexicon, ...]:
    """Return the lexicon of every tag, by tag.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if a tag has no title or two of them.
    """
    return _lexicons_with(folders) if folders else _core_lexicons()


def fold(text: str) -> str:
    """Return `text` in the form words are compared in: half-width and without case."""
    return half_width(text).casefold()


@lru_cache(maxsize=1)
def _core_lexicons() -> tuple[Lexicon, ...]:
    return _lexicons_with(())


def _lexicons_with(folders: Sequence[Folder]) -> tuple[Lexicon, ...]:
    subject = "lexicons"
    layers: dict[str, list[Located[LexiconLayer]]] = {}
    for item in read_facts(core_files(subject) + pack_files(subject, folders), subject, LexiconLayer):
        layers.setdefault(item.value.tag, []).append(item)
    return tuple(_joined(tag, layers[tag]) for tag in sorted(layers))


def _joined(tag: str, layers: Sequence[Located[LexiconLayer]]) -> Lexicon:
    titled = [(item.value.title, item.file) for item in layers if item.value.title is not None]
    if not titled:
        raise YamlError(
            zh=f"标签 {tag} 没有标题。",
            en=f"The tag {tag} has no title.",
            where=layers[0].file,
            hint_zh="检查标签名；新标签须给出 title。",
            hint_en="Check the name of the tag; a new tag needs a title.",
        )
    title, told_by = titled[0]
    for other, file in titled[1:]:
        if other != title:
            raise clash(f"lexicon {tag}", told_by, file)
    words = {fold(word) for item in layers for word in item.value.words}
    exceptions = {fold(word) for item in layers for word in item.value.exceptions}
    return Lexicon(tag, title, tuple(sorted(words)), tuple(sorted(exceptions)))
