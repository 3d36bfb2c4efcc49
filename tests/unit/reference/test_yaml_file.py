"""Reading YAML: what is accepted, what is refused, and where the message points."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import YamlError
from xjk.reference.yaml_file import DEPTH_LIMIT, parse_yaml, read_yaml


def test_every_scalar_stays_the_text_that_was_written() -> None:
    text = "country: no\nrate: 1.10\nday: 2019-01-01\nempty:\ntilde: ~\ncode: 007\n"
    assert parse_yaml(text, "t") == {
        "country": "no",
        "rate": "1.10",
        "day": "2019-01-01",
        "empty": "",
        "tilde": "~",
        "code": "007",
    }


def test_an_empty_document_is_the_empty_string() -> None:
    assert parse_yaml("", "t") == ""
    assert parse_yaml("# only a comment\n", "t") == ""


def test_a_merge_key_is_an_ordinary_key() -> None:
    assert parse_yaml("<<: {a: 1}", "t") == {"<<": {"a": "1"}}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' is given twice"),
        ("a: {b: 1,\n    b: 2}\n", 2, "'b' is given twice"),
        ("- &x 1\n", 1, "anchor &x"),
        ("a: &x [1]\nb: *x\n", 1, "anchor &x"),
        ("a: !!int 3\n", 1, "tag"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("---\na: 1\n---\nb: 2\n", 3, "second document"),
        ("? [a, b]\n: 1\n", 1, "key must be plain text"),
        ("a: b: c\n", 1, "not valid YAML"),
        ("a:\n\tb: 1\n", 2, "not valid YAML"),
        ("a: 'open\n", 2, "not valid YAML"),
        ("a: 1\nb: \x01\n", 2, "not valid YAML"),
        ("a: 1\nb: \ud800\n", 2, "not valid YAML"),
    ],
)
def test_unacceptable_yaml_is_refused_with_file_and_line(text: str, line: int, said: str) -> None:
    with pytest.raises(YamlError) as caught:
        parse_yaml(text, "rule.md")
    assert said.lower() in caught.value.en.lower()
    assert caught.value.where.startswith("rule.md:")
    if "\x01" not in text:  # the parser in C gives no position for a bad character
        assert caught.value.where == f"rule.md:{line}"


def test_lines_are_counted_from_the_first_line_given() -> None:
    with pytest.raises(YamlError) as caught:
        parse_yaml("a: 1\na: 2\n", "rule.md", first_line=2)
    assert caught.value.where == "rule.md:3"


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    with pytest.raises(YamlError):
        parse_yaml(bomb, "bomb")


def test_deep_nesting_is_refused_without_exhausting_the_stack() -> None:
    with pytest.raises(YamlError, match="deeper"):
        parse_yaml("[" * 50_000, "deep")


def test_nesting_up_to_the_limit_is_read() -> None:
    value = parse_yaml("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, "deep")
    for _ in range(DEPTH_LIMIT - 1):
        assert isinstance(value, list)
        value = value[0]
    assert value == []
    with pytest.raises(YamlError):
        parse_yaml("[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1), "deep")


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: " + b"x" * 97)
    assert read_yaml(path, limit=100) == {"a": "x" * 97}
    with pytest.raises(YamlError, match="larger"):
        read_yaml(path, limit=99)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YamlError) as caught:
        read_yaml(tmp_path / "none.yaml")
    assert caught.value.where.endswith("none.yaml")


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes(b"a: 1\n" + "b: 会议\n".encode("gb18030"))
    with pytest.raises(YamlError) as caught:
        read_yaml(path, name="gbk.yaml")
    assert caught.value.where == "gbk.yaml:2"


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes("a: 会议\n".encode("utf-8-sig"))
    assert read_yaml(path) == {"a": "会议"}


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
_VALUES = st.recursive(
    _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=10,
)


@given(_VALUES)
def test_what_is_written_as_quoted_text_is_read_back(value: object) -> None:
    written = yaml.dump(value, default_style='"', allow_unicode=True, Dumper=yaml.SafeDumper)
    written = written.replace("!!null", "")
    assert parse_yaml(written, "t") == value


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_yaml(text, "t")
    except YamlError as error:
        assert error.where.startswith("t:")
