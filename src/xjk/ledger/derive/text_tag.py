"""The relation ``text_tag``: what free texts speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from xjk.ledger.derive.distinct import Place, distinct_texts
from xjk.ledger.derive.matcher import Matcher, Occurrence
from xjk.ledger.relations import TEXT_TAG
from xjk.ledger.store import Store
from xjk.models.tables import TABLES
from xjk.reference.folders import Folder
from xjk.reference.lexicons import Lexicon, fold, lexicons

FREE_TEXTS = frozenset(
    (
        "account_name", "description", "destination", "item", "item_name", "memo", "narrative", "parcel", "purpose",
        "scope", "site", "summary", "venue",
    )
)  # fmt: skip
"""Columns that say what something is about, in whatever table they stand."""

NAMES_OF_THINGS = (
    Place("asset", "name"),
    Place("event", "name"),
    Place("permit", "kind"),
    Place("project", "name"),
    Place("receipt", "kind"),
    Place("receipt_book", "kind"),
)
"""Columns that do so in one table only."""

TEXT_PLACES: tuple[Place, ...] = (
    *(
        Place(table, name)
        for table, model in TABLES.items()
        for name in model.columns()
        if name in FREE_TEXTS
    ),
    *NAMES_OF_THINGS,
)
"""Every column whose texts are tagged."""


def derive_text_tag(store: Store, *, data_folders: Sequence[Folder] = ()) -> None:
    """Fill ``text_tag`` with the tags of every distinct text and of every party that is not a person.

    A text has one row per tag, so that joining a tag never doubles a row; ``word`` is the longest word that hit.
    The relation ``party`` must be there before. The lexicons are those of the library, extended by `data_folders`.
    """
    names = store.query("SELECT name FROM party WHERE kind <> 'person'")
    texts = distinct_texts(store, TEXT_PLACES) | {str(row[0]) for row in names}
    store.append(TEXT_TAG, tag_rows(sorted(texts), lexicons(data_folders)))


def tag_rows(texts: Iterable[str], known: tuple[Lexicon, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of ``text_tag`` for some texts."""
    tagger = _tagger(known)
    for text in texts:
        for tag, word in tagger.tags(text).items():
            yield text, tag, word


@lru_cache(maxsize=4)
def _tagger(known: tuple[Lexicon, ...]) -> Tagger:
    """Return the tagger of some lexicons: building it takes longer than loading the books of a case."""
    return Tagger(known)


class Tagger:
    """Find the tags of texts, all lexicons in one pass.

    A word that only stands inside longer phrases its tag excepts does not hit: 奖 in 奖杯. Width, case and runs of
    spaces make no difference; English words stand alone and may carry a plural s.
    """

    def __init__(self, known: Sequence[Lexicon]) -> None:
        self._tags: dict[str, list[tuple[str, str]]] = {}
        self._excepted: dict[str, list[str]] = {}
        for lexicon in known:
            for word in lexicon.words:
                for spelling in _spellings(word):
                    self._tags.setdefault(spelling, []).append((lexicon.tag, word))
            for phrase in lexicon.exceptions:
                for spelling in _spellings(phrase):
                    self._excepted.setdefault(spelling, []).append(lexicon.tag)
        self._matcher = Matcher({*self._tags, *self._excepted})

    def tags(self, text: str) -> Mapping[str, str]:
        """Return the tags of a text, sorted, each with the longest of its words that hits; the first of equals."""
        found = self._matcher.find(" ".join(fold(text).split()))
        if not found:
            return {}
        excepted: dict[str, list[Occurrence]] = {}
        for occurrence in found:
            for tag in self._excepted.get(occurrence.word, ()):
                excepted.setdefault(tag, []).append(occurrence)
        words: dict[str, str] = {}
        for occurrence in found:
            for tag, word in self._tags.get(occurrence.word, ()):
                if len(word) > len(words.get(tag, "")) and not _inside(occurrence, excepted.get(tag, ())):
                    words[tag] = word
        return dict(sorted(words.items()))


def _spellings(word: str) -> tuple[str, ...]:
    """Return a folded word, and with it the plural of an English one."""
    return (word, word + "s") if word.isascii() and word[-1:].isalpha() else (word,)


def _inside(occurrence: Occurrence, phrases: Sequence[Occurrence]) -> bool:
    return any(phrase.start <= occurrence.start and occurrence.end <= phrase.end for phrase in phrases)
