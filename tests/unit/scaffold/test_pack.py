"""A created pack is the example under another name, whole, and works."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from xjk.errors import UserError
from xjk.hooks.catalogue import Catalogue
from xjk.runner.cases import run_cases
from xjk.scaffold.pack import _PROSE, new_pack, sample_code
from xjk.scaffold.pack_folder import read_pack
from xjk.scaffold.template import example_files, example_folder


def texts(folder: Path) -> dict[str, str]:
    """Return the files of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_created_pack_is_admitted_and_all_its_cases_hold(pack: Path) -> None:
    found = read_pack(pack).found
    assert found.problems == ()
    assert [info.name for info in found.packs] == ["xjk_city"]
    assert [rule.code for rule in found.rules] == ["CITY101", "CITY102"]
    for rule in found.rules:
        assert [result.case.name for result in run_cases(rule, found) if not result.holds] == []


def test_nothing_in_a_created_pack_has_the_name_or_code_of_the_example(pack: Path) -> None:
    for path, text in texts(pack).items():
        for name in ("xjk_example", "xjk-example", "example_", "EXA", "exa10", "template", "workspace"):
            assert name not in path + text, path


def test_a_created_pack_has_every_file_of_the_example(pack: Path) -> None:
    assert len(texts(pack)) == len(example_files(example_folder()))
    assert {path.name for path in pack.iterdir()} == {"README.md", "pyproject.toml", "src", "tests"}
    project = tomllib.loads((pack / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["name"] == "xjk-city"
    assert project["project"]["entry-points"]["xjk"] == {"xjk_city": "xjk_city"}
    assert "uv" not in project["tool"]


def test_every_text_that_copies_replace_is_in_the_example() -> None:
    everything = "".join(example_files(example_folder()).values())
    assert [text for text in _PROSE if everything.count(text) != 1] == []


def test_what_an_author_has_to_write_in_a_pack_is_marked(pack: Path) -> None:
    marked = {path.rpartition("/")[2] for path, text in texts(pack).items() if "TODO" in text}
    assert marked == {
        "README.md",
        "pyproject.toml",
        "__init__.py",
        "winter.yaml",
        "rule.md",
        "rule.sql",
        "rule.py",
        "cases.yaml",
    }


def test_what_tools_left_in_the_example_is_not_copied(tmp_path: Path) -> None:
    for name in (
        "src/a.py",
        "src/b.pyc",
        "src/__pycache__/a.pyc",
        "src/.hidden",
        "src/x.egg-info/PKG-INFO",
        "dist/x.whl",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff" if name.endswith(".pyc") else b"kept\n")
    assert example_files(tmp_path) == {"src/a.py": "kept\n"}


def test_a_name_of_several_words_is_joined_as_each_place_wants_it(
    tmp_path: Path, installed: Catalogue
) -> None:
    made = new_pack("exa101_city", tmp_path, prefix="ACM7", installed=installed)
    assert made.name == "xjk-exa101-city"
    pack = read_pack(made)
    assert pack.info.name == "xjk_exa101_city"
    assert [rule.code for rule in pack.found.rules] == ["ACM701", "ACM702"]


@pytest.mark.parametrize(
    ("prefix", "codes"),
    [
        ("ACM", ("ACM101", "ACM102")),
        ("ACM7", ("ACM701", "ACM702")),
        ("ACM71", ("ACM711", "ACM712")),
        ("ACM712", ("ACM7121", "ACM7122")),
    ],
)
def test_digits_of_a_prefix_count_as_the_first_of_the_number(prefix: str, codes: tuple[str, str]) -> None:
    assert (sample_code(prefix, "101"), sample_code(prefix, "102")) == codes


@pytest.mark.parametrize(
    ("name", "prefix", "told"),
    [
        ("My-City", None, "my_city"),
        ("城市", None, "lower-case"),
        ("9lives", None, "lower-case"),
        ("a__b", None, "a_b"),
        ("x" * 61, None, "60"),
        ("xjk_city", None, "Write city"),
        ("example", None, "taken"),
        ("invoices", None, "taken"),
        ("it", None, "--prefix"),
        ("city", "cit", "--prefix"),
        ("city", "CI", "--prefix"),
        ("city", "TOOLONGPREFIX", "--prefix"),
        ("city", "XJK8", "collides with XJK of xjk"),
        ("city", "EXAM", "collides with EXA of xjk_example"),
        ("exams", None, "collides with EXA of xjk_example"),
        ("../up", None, "lower-case"),
    ],
)
def test_a_name_or_prefix_that_will_not_do_is_refused_with_advice(
    tmp_path: Path, installed: Catalogue, name: str, prefix: str | None, told: str
) -> None:
    with pytest.raises(UserError) as raised:
        new_pack(name, tmp_path, prefix=prefix, installed=installed)
    assert told in raised.value.text("en")
    assert raised.value.hint_zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_exists_is_left_alone(pack: Path, installed: Catalogue) -> None:
    before = texts(pack)
    with pytest.raises(UserError, match="exists already"):
        new_pack("city", pack.parent, installed=installed)
    assert texts(pack) == before


def test_an_empty_folder_of_the_name_is_not_taken_over(tmp_path: Path, installed: Catalogue) -> None:
    (tmp_path / "xjk-city").mkdir()
    with pytest.raises(UserError, match="exists already"):
        new_pack("city", tmp_path, installed=installed)


def test_a_missing_parent_folder_is_named(tmp_path: Path, installed: Catalogue) -> None:
    with pytest.raises(UserError, match="no such folder") as raised:
        new_pack("city", tmp_path / "nowhere", installed=installed)
    assert raised.value.where == str(tmp_path / "nowhere")


def test_a_failure_half_way_leaves_nothing(
    tmp_path: Path, installed: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def full(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 4:
            raise OSError(28, os.strerror(28), str(path))
        return len(data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match=os.strerror(28)):
        new_pack("city", tmp_path, installed=installed)
    assert len(written) == 4
    assert list(tmp_path.iterdir()) == []


def test_an_installation_without_the_example_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Install xjk again"):
        example_folder(tmp_path / "site" / "xjk" / "scaffold")


def test_the_example_packed_in_a_wheel_comes_first(tmp_path: Path) -> None:
    packed = tmp_path / "example"
    packed.mkdir()
    (packed / "pyproject.toml").write_text("")
    assert example_folder(tmp_path) == packed
