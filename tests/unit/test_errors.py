"""Every exception: one code each, in two languages, through a process boundary."""

from __future__ import annotations

import copy
import pickle
import re
from collections.abc import Iterator

import pytest

from xjk import errors
from xjk.errors import ConfigError, ExtraMissingError, FormatError, TableError, XjkError


def classes(root: type[XjkError] = XjkError) -> Iterator[type[XjkError]]:
    """Yield the exceptions of ``xjk.errors``, the root first."""
    yield root
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from classes(child)


CLASSES = sorted(set(classes()), key=lambda kind: kind.__name__)


def make(kind: type[XjkError]) -> XjkError:
    return kind(
        zh="出错了。", en="It failed.", where="a.csv:3", hint_zh="请重试。", hint_en="Try again.",
        errors=[FormatError(zh="内一", en="inner one", where="b"), TableError(zh="内二", en="inner two")],
    )  # fmt: skip


def test_every_class_has_a_code_of_its_own_and_a_documented_meaning() -> None:
    codes = [kind.code for kind in CLASSES]
    assert len(set(codes)) == len(codes) >= 20
    for kind in CLASSES:
        assert re.fullmatch(r"XJK-E[0-9]{3}", kind.code)
        assert {"code", "meaning"} <= set(vars(kind)), kind
        assert (kind.__doc__ or "").strip().endswith(".") or "\n" in (kind.__doc__ or "")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickling_and_copying_and_equals_itself(kind: type[XjkError]) -> None:
    error = make(kind)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - our own bytes
        assert type(again) is kind
        assert again == error
        assert hash(again) == hash(error)
        assert again.args == error.args
        assert again.errors == error.errors
    assert copy.copy(error) == error == copy.deepcopy(error)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_its_text_says_code_place_matter_and_remedy_in_both_languages(kind: type[XjkError]) -> None:
    error = make(kind)
    assert [
        f"{kind.code} a.csv:3: 出错了。 请重试。",
        "  XJK-E203 b: 内一",
        "  XJK-E205 内二",
    ] == error.text().splitlines()
    assert [
        f"{kind.code} a.csv:3: It failed. Try again.",
        "  XJK-E203 b: inner one",
        "  XJK-E205 inner two",
    ] == str(error).splitlines()


def test_errors_differ_by_class_and_by_every_part() -> None:
    error = make(ConfigError)
    assert error != make(FormatError)
    assert error != "XJK-E101"
    for part in ("zh", "en", "where", "hint_zh", "hint_en", "errors"):
        other = make(ConfigError)
        setattr(other, part, ())
        assert error != other, part


def test_a_bare_error_is_one_line_without_place_or_remedy() -> None:
    assert ConfigError(zh="错", en="wrong").text("zh") == "XJK-E101 错"
    assert str(ConfigError(zh="错", en="wrong")) == "XJK-E101 wrong"


def test_a_missing_extra_names_the_command_that_brings_it() -> None:
    error = ExtraMissingError.of("excel", "读取 XLSX", "reading XLSX")
    for text in (error.text("zh"), error.text("en")):
        assert 'pip install "xjk[excel]"' in text
        assert "XLSX" in text
    assert pickle.loads(pickle.dumps(error)) == error  # noqa: S301 - our own bytes
