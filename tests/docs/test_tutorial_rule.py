"""The tutorial on writing a rule builds one and the same pack in both languages, and leaves it whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial"
PAGES = ("write-and-test-a-rule.md", "write-and-test-a-rule.zh-CN.md")

_FILE = re.compile(r"^```[a-z]+ (?P<path>\+?[^\n`]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)


def text(page: str) -> str:
    return (TUTORIAL / page).read_text("utf-8")


def test_both_languages_write_the_same_files() -> None:
    english, chinese = (_FILE.findall(text(page)) for page in PAGES)
    assert english == chinese
    assert len(english) == 8


def test_both_languages_run_the_same_commands() -> None:
    english, chinese = (_COMMAND.findall(text(page)) for page in PAGES)
    assert [command.replace(" --lang en", "") for command in english] == chinese


@pytest.mark.parametrize("page", PAGES)
def test_the_finished_pack_passes_the_contract_and_has_no_todo(page: str) -> None:
    last = text(page).rpartition("$ pytest xjk-acme -q\n")[2].partition("```")[0]
    assert re.search(r"^[0-9]+ passed in ", last, re.MULTILINE)
    assert "failed" not in last
    assert last.endswith("$ grep -r TODO xjk-acme\n$ echo $?\n1\n")
