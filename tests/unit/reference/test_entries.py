"""The common shape of facts, and the folders they are read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjk.errors import YamlError
from xjk.reference.entries import Fact, Name, read_facts
from xjk.reference.folders import core_files, pack_files


class Colour(Fact):
    """A small fact for these tests."""

    key: Name


def _read(folder: Path, text: str) -> list[Colour]:
    (folder / "colours.yaml").write_text(text, encoding="utf-8")
    return [item.value for item in read_facts(pack_files("colours", [folder]), "colours", Colour)]


def test_defaults_fill_what_an_entry_leaves_out(tmp_path: Path) -> None:
    text = "defaults: {source: 甲, confidence: H}\ncolours:\n- {key: a}\n- {key: b, source: 乙}\n"
    assert [(c.key, c.source, c.confidence) for c in _read(tmp_path, text)] == [
        ("a", "甲", "H"),
        ("b", "乙", "H"),
    ]


def test_an_entry_that_is_not_verified_does_not_inherit_a_confidence(tmp_path: Path) -> None:
    text = "defaults: {source: 甲, confidence: H}\ncolours:\n- {key: a, verified: false}\n"
    (colour,) = _read(tmp_path, text)
    assert (colour.confidence, colour.verified) == ("L", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colours: [{key: a, confidence: H}]", "source"),
        ("colours: [{key: a, source: 甲}]", "confidence"),
        ("colours: [{key: a, source: 甲, confidence: X}]", "confidence"),
        ("colours: [{key: a, source: 甲, confidence: L, verified: true}]", "verified"),
        ("colours: [{key: a, source: 甲, confidence: H, verified: yes}]", "true or false"),
        ("colours: [{key: a, source: 甲, confidence: H, hue: 1}]", "hue"),
        ("colours: [a]", "must be a mapping"),
        ("colours: {a: 1}", "list of entries"),
        ("colors: []", "Unknown key: colors"),
        ("- a", "mapping at the top"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(YamlError) as caught:
        _read(tmp_path, text)
    message = caught.value.text("en")
    assert said in message
    assert "colours.yaml" in message


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(YamlError) as caught:
        _read(tmp_path, "colours: [{key: A, source: 甲, confidence: H}, {key: b, source: 甲}]")
    assert [error.where.rsplit("/", 1)[1] for error in caught.value.errors] == [
        "colours.yaml: colours[1].key",
        "colours.yaml: colours[2].confidence",
        "colours.yaml: colours[2].verified",
    ]


def test_files_of_a_subject_are_found_in_the_folder_and_one_below_sorted(tmp_path: Path) -> None:
    (tmp_path / "colours").mkdir()
    for name in (
        "colours_b.yaml",
        "colours.yaml",
        "colours/z.yaml",
        "colours/a.yaml",
        "colours.txt",
        "other.yaml",
    ):
        (tmp_path / name).write_text("colours: []", encoding="utf-8")
    found = [file.name.removeprefix(f"{tmp_path}/") for file in pack_files("colours", [tmp_path])]
    assert found == ["colours.yaml", "colours_b.yaml", "colours/a.yaml", "colours/z.yaml"]


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="does not exist"):
        pack_files("colours", [tmp_path / "none"])


@pytest.mark.parametrize(
    "subject",
    ["chart", "economic_classes", "calendar", "standards", "basis", "forms", "lexicons", "party_kinds"],
)
def test_every_core_file_opens_with_a_comment_that_says_what_it_holds(subject: str) -> None:
    files = core_files(subject)
    assert files
    for file in files:
        assert file.path.read_text(encoding="utf-8").startswith("# ")
