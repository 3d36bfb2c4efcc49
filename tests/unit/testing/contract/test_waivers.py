"""Waivers: what a rule does not pass, excused in writing, and nothing more than that."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.unit.testing.contract import zoo

from xjk import catalogue_of
from xjk.errors import RuleFolderError
from xjk.rules.folder import read_rule
from xjk.testing.contract.checks import CHECKS
from xjk.testing.contract.pack import breaches
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.contract.waivers import read_waivers

PACKS = catalogue_of({"zoo": zoo})
SURVIVOR = "drop-condition@paid COALESCE(c.kind, 'other') <> 'framework'"
WHY = "why: {zh: 框架合同另有规则, en: another rule looks at framework contracts}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the rule one of whose conditions no case needs."""
    known = next(known for known in PACKS.rules if known.code == "ZOO051")
    copied = tmp_path / Path(known.folder).name
    shutil.copytree(known.folder, copied)
    return copied


def waive(folder: Path, *waivers: str) -> None:
    lines = "".join(f"  - {waiver}\n" for waiver in waivers)
    (folder / "waivers.yaml").write_text(f"waivers:\n{lines}", "utf-8")


def told(folder: Path, check_id: str = "RC05") -> tuple[Breach, ...]:
    check = next(check for check in CHECKS if check.id == check_id)
    return breaches(check, Subject(read_rule(folder, "zoo"), PACKS))


def refused(folder: Path) -> tuple[RuleFolderError, ...]:
    with pytest.raises(RuleFolderError) as raised:
        read_waivers(read_rule(folder, "zoo"))
    return tuple(error for error in raised.value.errors if isinstance(error, RuleFolderError))


def test_a_breach_is_named_as_a_waiver_names_it(folder: Path) -> None:
    assert [breach.about for breach in told(folder)] == [SURVIVOR]


def test_a_waived_breach_passes(folder: Path) -> None:
    waive(folder, f'{{check: RC05, about: "{SURVIVOR}", {WHY}}}')
    assert told(folder) == ()


def test_a_waiver_of_one_check_excuses_nothing_of_another(folder: Path) -> None:
    waive(folder, f'{{check: RC12, about: "{SURVIVOR}", {WHY}}}')
    assert [breach.about for breach in told(folder)] == [SURVIVOR]


def test_a_waiver_that_nothing_needs_fails(folder: Path) -> None:
    waive(
        folder,
        f'{{check: RC05, about: "{SURVIVOR}", {WHY}}}',
        f"{{check: RC05, about: flip of long ago, {WHY}}}",
    )
    (breach,) = told(folder)
    assert breach.where == f"{folder}/waivers.yaml"
    assert "flip of long ago" in breach.what.zh
    assert "flip of long ago" in breach.what.en


def test_an_unknown_check_is_refused_with_file_line_key_and_suggestion(folder: Path) -> None:
    waive(folder, f'{{check: RC05, about: "{SURVIVOR}", {WHY}}}', f"{{check: RC5, about: x, {WHY}}}")
    (error,) = refused(folder)
    assert error.where == f"{folder}/waivers.yaml:3: waivers.2.check"
    assert "RC5" in error.zh
    assert '"RC5"' in error.en
    assert "RC05" in error.hint_zh
    assert "RC05" in error.hint_en


def test_a_check_without_exceptions_cannot_be_waived(folder: Path) -> None:
    waive(folder, f"{{check: RC04, about: x, {WHY}}}")
    (error,) = refused(folder)
    assert error.en == 'There is no check "RC04" that can be waived.'
    assert "可豁免" in error.zh


def test_the_same_thing_is_waived_once(folder: Path) -> None:
    waive(folder, *[f'{{check: RC05, about: "{SURVIVOR}", {WHY}}}'] * 2)
    (error,) = refused(folder)
    assert error.where.startswith(f"{folder}/waivers.yaml:3")
    assert "twice" in error.en


def test_a_waiver_needs_its_reason_in_both_languages(folder: Path) -> None:
    waive(folder, "{check: RC05, about: x, why: {zh: 有别的规则}}")
    (error,) = refused(folder)
    assert error.where.startswith(f"{folder}/waivers.yaml:2")
    assert "why.en" in error.where


def test_an_unknown_key_gets_a_suggestion(folder: Path) -> None:
    waive(folder, f"{{check: RC05, abuot: x, {WHY}}}")
    assert any("about" in error.hint_en for error in refused(folder))


def test_every_fault_of_the_file_is_told_at_once(folder: Path) -> None:
    waive(folder, f"{{check: RC04, about: x, {WHY}}}", f"{{check: RC99, about: x, {WHY}}}")
    assert [f"{folder}/waivers.yaml:2", f"{folder}/waivers.yaml:3"] == [
        error.where.partition(": ")[0] for error in refused(folder)
    ]


def test_faults_of_waivers_fail_the_check_with_file_and_fix(folder: Path) -> None:
    waive(folder, f"{{check: RC5, about: x, {WHY}}}")
    (breach,) = told(folder)
    assert f"{folder}/waivers.yaml:2: waivers.1.check" in breach.what.en
    assert "RC05" in breach.what.zh


def test_a_rule_without_the_file_has_no_waivers(folder: Path) -> None:
    assert read_waivers(read_rule(folder, "zoo")).waivers == ()
