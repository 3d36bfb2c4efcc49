"""Formats are found by name, and a pack's reporter can fail without harm."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from tests.unit.report.samples import finding, result

from xjk.errors import Lang, PackError, PackLoadError, UserError
from xjk.models.pack import ReporterInfo
from xjk.models.run import RunResult
from xjk.report.formats import REPORTERS, run_writer, validation_writer, write_run


def count(run: RunResult, lang: Lang) -> str:
    return f"{lang}:{len(run.findings)}"


def fail(run: RunResult, lang: Lang) -> Iterator[str]:
    yield "half"
    raise ValueError("110101199003077758")


def number(run: RunResult, lang: Lang) -> int:
    return 7


@pytest.fixture
def acme(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("acme_reports")
    module.count, module.fail, module.number = count, fail, number  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "acme_reports", module)
    return module


def info(function: str, name: str = "acme") -> ReporterInfo:
    return ReporterInfo(name=name, media_type="text/plain", target=f"acme_reports:{function}")


@pytest.mark.parametrize("name", [reporter.name for reporter in REPORTERS])
def test_every_format_of_the_library_writes_text(name: str) -> None:
    assert "".join(write_run(result(finding()), "zh", run_writer(name)))


def test_a_pack_adds_a_format(acme: ModuleType) -> None:
    assert list(write_run(result(finding()), "en", run_writer("acme", [info("count")]))) == ["en:1"]


def test_a_pack_cannot_replace_a_format_of_the_library(acme: ModuleType) -> None:
    assert run_writer("json", [info("count", "json")]) is run_writer("json")


def test_an_unknown_format_is_refused_with_a_guess() -> None:
    with pytest.raises(UserError, match='Did you mean "jsonl"'):
        run_writer("jsonll")
    with pytest.raises(UserError, match="Known: csv, json, jsonl, text"):
        validation_writer("xyz")


@pytest.mark.parametrize("target", ["acme_reports:nothing", "acme_no_such_module:write"])
def test_a_reporter_that_cannot_be_imported_is_the_packs_fault(acme: ModuleType, target: str) -> None:
    with pytest.raises(PackLoadError):
        run_writer("acme", [ReporterInfo(name="acme", media_type="text/plain", target=target)])


@pytest.mark.parametrize("function", ["fail", "number"])
def test_a_reporter_that_fails_is_told_without_repeating_data(acme: ModuleType, function: str) -> None:
    with pytest.raises(PackError, match="The reporter failed") as caught:
        list(write_run(result(), "zh", run_writer("acme", [info(function)])))
    assert "110101199003077758" not in str(caught.value)
