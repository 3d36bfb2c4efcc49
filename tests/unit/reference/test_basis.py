"""Legal instruments, their versions and articles, and the forms that point at them."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from xjk.errors import YamlError
from xjk.reference.basis import Article, instrument, instruments
from xjk.reference.forms import forms


def _meet(one: Article, other: Article) -> bool:
    first, last = date.min, date.max
    return (one.since or first) <= (other.until or last) and (other.since or first) <= (one.until or last)


def test_every_instrument_names_its_source_number_and_a_version() -> None:
    for entry in instruments():
        assert entry.source
        assert entry.number
        assert entry.versions


def test_one_article_number_means_one_thing_at_a_time() -> None:
    for entry in instruments():
        for one, other in combinations(entry.articles, 2):
            assert one.article != other.article or not _meet(one, other), (entry.id, one.article)


def test_an_article_begins_and_ends_with_a_version() -> None:
    for entry in instruments():
        starts = {version.version for version in entry.versions}
        ends = {version.until for version in entry.versions}
        for article in entry.articles:
            assert article.since is None or article.since in starts, (entry.id, article.article)
            assert article.until is None or article.until in ends, (entry.id, article.article)


@pytest.mark.parametrize(
    ("day", "version"), [("2024-06-30", "2017-11-05"), ("2024-07-01", "2024-07-01"), ("2000-06-30", None)]
)
def test_the_version_in_force_is_found_by_day(day: str, version: str | None) -> None:
    law = instrument("accounting_law")
    assert law is not None
    found = law.version_on(date.fromisoformat(day))
    assert (found.version.isoformat() if found else None) == version


def test_an_article_number_follows_its_version() -> None:
    law = instrument("accounting_law")
    assert law is not None
    old, new = law.article_on("42", date(2024, 6, 30)), law.article_on("42", date(2024, 7, 1))
    assert old is not None
    assert new is not None
    assert "private books" in old.text.en.lower()
    assert "ordering" in new.text.en.lower()
    assert law.article_on("40", date(2024, 6, 30)) is None


def test_an_unknown_instrument_is_none() -> None:
    assert instrument("no_such_law") is None


def test_there_are_nine_forms_with_a_place_in_the_national_list() -> None:
    assert [form.id for form in forms()] == [f"F{number}" for number in range(1, 10)]
    assert {item for form in forms() for item in form.national_2009} == set("12345678")


def test_every_article_of_a_form_is_recorded_and_in_force_today() -> None:
    for form in forms():
        for cited in form.articles:
            found = instrument(cited.instrument)
            assert found is not None, cited
            assert found.article_on(cited.article, date(2025, 1, 1)) is not None, cited


INSTRUMENT = """
instruments:
  - id: {id}
    title: {{zh: 某市会议费办法, en: Local meeting measures}}
    number: 某财〔2020〕1号
    source: 测试
    confidence: M
    versions: [{versions}]
"""


def _pack(folder: Path, identifier: str, versions: str = "{version: 2020-01-01}") -> Path:
    folder.mkdir()
    (folder / "basis.yaml").write_text(INSTRUMENT.format(id=identifier, versions=versions), encoding="utf-8")
    return folder


def test_a_pack_adds_an_instrument(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack", "local_meeting_measures")
    assert instrument("local_meeting_measures", [folder]) is not None


def test_a_pack_may_not_redefine_an_instrument(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="accounting_law"):
        instruments([_pack(tmp_path / "pack", "accounting_law")])


@pytest.mark.parametrize(
    ("versions", "said"),
    [
        ("", "needs a version"),
        ("{version: 2020-01-01}, {version: 2021-01-01}", "must end before"),
        ("{version: 2020-01-01, until: 2021-01-01}, {version: 2021-01-01}", "must end before"),
    ],
)
def test_versions_that_overlap_or_are_missing_are_refused(tmp_path: Path, versions: str, said: str) -> None:
    with pytest.raises(YamlError, match=said):
        instruments([_pack(tmp_path / "pack", "local_meeting_measures", versions)])
