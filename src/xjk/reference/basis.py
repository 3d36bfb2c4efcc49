"""Legal instruments: laws, regulations and notices, with their versions and the articles rules cite.

Article texts are one-line paraphrases for orientation, not quotations. An article number belongs to a
version: the penalties of the Accounting Law moved from article 42 to article 40 on 2024-07-01.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, model_validator

from xjk.models.words import Words
from xjk.reference.entries import Confidence, Fact, IsoDay, Name, OpenDay, Text, by_key, read_facts
from xjk.reference.folders import Folder, core_files, pack_files


class Version(BaseModel):
    """Hold one version of an instrument: in force from ``version`` to ``until``, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: IsoDay
    until: OpenDay = None
    note: str = ""


class Article(BaseModel):
    """Hold what one article binds, and the versions it stands in (from ``since`` to ``until``; empty: all)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: Text
    text: Words
    since: OpenDay = None
    until: OpenDay = None
    confidence: Confidence | None = None


class Instrument(Fact):
    """Hold one legal instrument."""

    id: Name
    title: Words
    number: str
    versions: tuple[Version, ...]
    articles: tuple[Article, ...] = ()

    @model_validator(mode="after")
    def _versions_follow_each_other(self) -> Instrument:
        if not self.versions:
            raise ValueError("an instrument needs a version")
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.until is None or earlier.until >= later.version:
                raise ValueError(f"version {earlier.version} must end before {later.version}")
        return self

    def version_on(self, day: date) -> Version | None:
        """Return the version in force on `day`, or None."""
        return next(
            (
                entry
                for entry in self.versions
                if entry.version <= day and (entry.until is None or day <= entry.until)
            ),
            None,
        )

    def article_on(self, article: str, day: date) -> Article | None:
        """Return what an article number means on `day`, or None if nothing is recorded."""
        return next(
            (
                entry
                for entry in self.articles
                if entry.article == article
                and (entry.since is None or entry.since <= day)
                and (entry.until is None or day <= entry.until)
            ),
            None,
        )


def instruments(folders: Sequence[Folder] = ()) -> tuple[Instrument, ...]:
    """Return every instrument, by id.

    `folders` are data folders of packs; they are read anew at each call, the library's own data once.
    Raises YamlError if two files describe one id differently.
    """
    return _instruments_with(folders) if folders else _core_instruments()


def instrument(instrument_id: str, folders: Sequence[Folder] = ()) -> Instrument | None:
    """Return one instrument, or None if there is none with this id."""
    return next((entry for entry in instruments(folders) if entry.id == instrument_id), None)


@lru_cache(maxsize=1)
def _core_instruments() -> tuple[Instrument, ...]:
    return _instruments_with(())


def _instruments_with(folders: Sequence[Folder]) -> tuple[Instrument, ...]:
    located = read_facts(core_files("basis") + pack_files("basis", folders), "instruments", Instrument)
    known = by_key(located, lambda instrument: instrument.id, "instrument")
    return tuple(known[key] for key in sorted(known))
