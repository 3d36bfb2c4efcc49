"""Tell what kind of party a name belongs to: a person, a company, a public body, a bank, a union and so on.

A treasury file names payees and nothing else, so the kind has to come from the name. It is a hint for rules
that ask "is this a canteen, a union, a person", never evidence by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from xjk.reference.entries import Fact, Text, read_facts
from xjk.reference.folders import Folder, core_files, pack_files
from xjk.reference.lexicons import fold

PartyKind = Literal[
    "person",
    "company",
    "sole_trader",
    "cooperative",
    "public_body",
    "bank",
    "association",
    "foundation",
    "union",
    "canteen",
    "village",
    "other",
]

_TRAILING_BRACKET = re.compile(r"\([^()]*\)$")
_HAN_NAME = re.compile(r"[㐀-鿿]{2,4}")
_DOTTED_NAME = re.compile(r"[㐀-鿿]{1,10}(?:[·•・][㐀-鿿]{1,10})+")
_LONGEST_WITH_SINGLE_SURNAME = 3
_SHORTEST_WITH_COMPOUND_SURNAME = 3


class PartyMarkers(Fact):
    """Hold the markers of one kind at one place in the order; a kind may stand there more than once.

    ``always`` decides before any kind is tried, ``endings`` and ``words`` when it is this one's turn, and
    ``except`` takes it away again. The last four fields are for persons only.
    """

    kind: PartyKind
    always: tuple[Text, ...] = ()
    endings: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()
    exceptions: tuple[Text, ...] = Field(default=(), alias="except")
    titles: tuple[Text, ...] = ()
    surnames: Annotated[str, Field(description="Single surnames, one character each.")] = ""
    compound_surnames: tuple[Text, ...] = ()


def party_markers(folders: Sequence[Folder] = ()) -> tuple[PartyMarkers, ...]:
    """Return the markers in the order they are tried; those of packs are tried before the library's own.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    """
    if not folders:
        return _core_markers()
    added = read_facts(pack_files("party_kinds", folders), "party_kinds", PartyMarkers)
    return tuple(item.value for item in added) + _core_markers()


class PartyClassifier:
    """Tell the kind of names; make one and use it for every name."""

    def __init__(self, markers: Sequence[PartyMarkers]) -> None:
        self._markers = tuple(_ready(entry) for entry in markers)

    def kind_of(self, name: str) -> PartyKind:
        """Return the kind the name looks like, ``other`` if it looks like none."""
        whole = fold(name).strip()
        core = whole
        while (shorter := _TRAILING_BRACKET.sub("", core).rstrip()) not in (core, ""):
            core = shorter
        for markers in self._markers:
            if markers.decide_at_once(whole):
                return markers.kind
        for markers in self._markers:
            if markers.fit(whole, core):
                return markers.kind
        return "other"


class _Markers:
    """The markers of one entry, ready for comparison with folded names."""

    def __init__(self, entry: PartyMarkers) -> None:
        self.kind: PartyKind = entry.kind
        self._always = _anywhere(entry.always)
        self._endings = _at_the_end(entry.endings)
        self._words = _anywhere(entry.words)
        self._except_word = _anywhere(entry.exceptions)
        self._except_ending = _at_the_end(entry.exceptions)
        self._titles = _at_the_start(entry.titles)
        self._surnames = frozenset(entry.surnames)
        self._compound = tuple(entry.compound_surnames)
        self._no_names = frozenset(fold(word) for word in entry.exceptions)

    def decide_at_once(self, whole: str) -> bool:
        return bool(self._always.search(whole)) and not self._except_word.search(whole)

    def fit(self, whole: str, core: str) -> bool:
        if self.kind == "person":
            return self._is_person(core)
        if self._except_ending.search(core):
            return False
        return bool(self._endings.search(core) or self._words.search(whole))

    def _is_person(self, name: str) -> bool:
        if self._titles.search(name) or self._endings.search(name):
            return True
        if _DOTTED_NAME.fullmatch(name):
            return True
        if not _HAN_NAME.fullmatch(name) or name in self._no_names:
            return False
        if name[0] in self._surnames and len(name) <= _LONGEST_WITH_SINGLE_SURNAME:
            return True
        return len(name) >= _SHORTEST_WITH_COMPOUND_SURNAME and name.startswith(self._compound)


@lru_cache(maxsize=256)
def _ready(entry: PartyMarkers) -> _Markers:
    """Prepare the markers of an entry once: every load classifies with those of all packs."""
    return _Markers(entry)


def _anywhere(words: Sequence[str]) -> re.Pattern[str]:
    return _joined(
        rf"(?<![a-z0-9]){_body(word)}(?![a-z0-9])" if word.isascii() else _body(word) for word in words
    )


def _at_the_end(words: Sequence[str]) -> re.Pattern[str]:
    return _joined(
        rf"(?<![a-z0-9]){_body(word)}\.?$" if word.isascii() else rf"{_body(word)}$" for word in words
    )


def _at_the_start(words: Sequence[str]) -> re.Pattern[str]:
    return _joined(rf"^{_body(word)}\.?\s" for word in words)


def _body(word: str) -> str:
    return re.escape(fold(word))


def _joined(patterns: Iterable[str]) -> re.Pattern[str]:
    """Join patterns into one; of none, into one that matches nothing."""
    return re.compile("|".join(patterns) or r"(?!)")


@lru_cache(maxsize=1)
def _core_markers() -> tuple[PartyMarkers, ...]:
    located = read_facts(core_files("party_kinds"), "party_kinds", PartyMarkers)
    return tuple(item.value for item in located)
