"""The contract of a pack: which tests it makes, what it refuses, and what it asks of a pack as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from tests.unit.testing.contract import heavy, without_cases, zoo

from xjk import catalogue_of
from xjk.errors import EngineMissingError, UnknownRuleError
from xjk.hooks.catalogue import Catalogue
from xjk.rules.folder import read_rule
from xjk.testing import pack_contract
from xjk.testing.contract.checks import CHECKS, PACK_CHECKS
from xjk.testing.contract.checks.imports import light_pack, private_names
from xjk.testing.contract.pack import contract_checks
from xjk.testing.contract.subject import EXAMPLES, Breach

ZOO = catalogue_of({"zoo": zoo})


@pytest.fixture(autouse=True)
def packs_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the packs on trial where Python finds them, as an installed pack is."""
    monkeypatch.syspath_prepend(Path(__file__).parent)


def of_pack(module: ModuleType, check: str) -> Sequence[Breach]:
    """Run what a check asks of a pack as a whole."""
    name = module.__name__.rpartition(".")[2]
    packs = catalogue_of({name: module})
    (found,) = [one for one in contract_checks(name, packs=packs) if (one.rule, one.check) == ("", check)]
    return found.breaches(EXAMPLES)


def ids(packs: Catalogue, pack: str, **options: Sequence[str]) -> list[str]:
    return [str(check) for check in contract_checks(pack, packs=packs, **options)]


def test_ids_name_the_rule_the_check_and_the_engine() -> None:
    named = ids(ZOO, "zoo", engines=["sqlite"])
    assert named[:2] == ["zoo-RC01", "zoo-RC18"]
    assert {"ZOO001-RC05-sqlite", "ZOO001-RC15", "ZOO002-RC18", "ZOO002-RC07-sqlite"} <= set(named)


def test_every_id_stands_once() -> None:
    named = ids(ZOO, "zoo")
    assert len(set(named)) == len(named)


def test_checks_that_are_not_about_a_rule_are_left_out() -> None:
    named = set(ids(ZOO, "zoo", engines=["sqlite"]))
    assert "ZOO002-RC05-sqlite" not in named
    assert "ZOO001-RC18" not in named
    assert "ZOO101-RC09-sqlite" not in named
    assert "ZOO091-RC12-sqlite" not in named


def test_the_test_is_parametrised_over_every_check_with_readable_ids() -> None:
    (mark,) = pack_contract("zoo", packs=ZOO).pytestmark  # type: ignore[attr-defined]
    assert mark.args[0] == "xjk_check"
    assert [mark.kwargs["ids"](check) for check in mark.args[1]] == ids(ZOO, "zoo")


def test_the_test_runs_the_check_with_as_many_examples_as_were_asked_for() -> None:
    test = pack_contract("zoo", packs=ZOO)
    asked: list[int] = []

    class Check:
        def verify(self, examples: int) -> None:
            asked.append(examples)

    test(Check(), 3)
    test(Check(), None)
    assert asked == [3, EXAMPLES]


def test_an_engine_that_is_not_installed_is_refused_with_those_that_are() -> None:
    with pytest.raises(EngineMissingError) as refused:
        pack_contract("zoo", engines=["sqlite", "oracle"], packs=ZOO)
    assert "oracle" in refused.value.zh
    assert "oracle" in refused.value.en
    assert "sqlite" in refused.value.hint_zh
    assert "sqlite" in refused.value.hint_en


def test_a_misspelt_engine_gets_a_suggestion() -> None:
    with pytest.raises(EngineMissingError) as refused:
        pack_contract("zoo", engines=["sqlit"], packs=ZOO)
    assert "sqlite" in refused.value.hint_en


def test_a_pack_that_is_not_installed_is_refused() -> None:
    with pytest.raises(UnknownRuleError) as refused:
        pack_contract("xjk_nobody_wrote")
    assert "xjk_nobody_wrote" in refused.value.text("zh")
    assert "xjk_nobody_wrote" in refused.value.text("en")


def test_a_catalogue_without_the_pack_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownRuleError) as refused:
        pack_contract("zo", packs=ZOO)
    assert "zoo" in refused.value.hint_en


def test_rules_of_other_packs_in_the_catalogue_are_left_alone() -> None:
    both = catalogue_of({"zoo": zoo, "heavy": heavy})
    assert ids(both, "heavy")[2].startswith("TOW101-")
    assert not [name for name in ids(both, "heavy") if name.startswith("ZOO")]


def test_a_rule_folder_without_cases_is_reported_with_file_and_fix() -> None:
    (breach,) = of_pack(without_cases, "RC01")
    assert breach.where.endswith("rules/bad101_paid_beyond_contract")
    assert breach.what.en == "cases.yaml is missing. Add cases.yaml."
    assert breach.what.zh == "缺少 cases.yaml。 补上 cases.yaml。"


def test_a_pack_without_cases_breaks_nothing_else() -> None:
    assert of_pack(without_cases, "RC18") == ()


def test_a_heavy_import_at_the_top_of_a_pack_is_reported() -> None:
    (breach,) = of_pack(heavy, "RC18")
    assert breach.where == "heavy"
    assert "pytest" in breach.what.en
    assert "pytest" in breach.what.zh


def test_a_heavy_pack_breaks_nothing_else() -> None:
    assert of_pack(heavy, "RC01") == ()


@pytest.mark.parametrize("check", PACK_CHECKS)
def test_a_good_pack_passes_as_a_whole(check: str) -> None:
    assert of_pack(zoo, check) == ()


def test_a_pack_that_cannot_be_imported_is_reported() -> None:
    info = heavy.xjk_pack().model_copy(update={"name": "nowhere"})
    packs = Catalogue(packs=(info,))
    (found,) = [one for one in contract_checks("nowhere", packs=packs) if one.check == "RC18"]
    (breach,) = found.breaches(EXAMPLES)
    assert breach.where == "nowhere"
    assert "ModuleNotFoundError" in breach.what.en
    assert "ModuleNotFoundError" in breach.what.zh


def test_modules_of_a_pack_at_any_depth_use_public_names_only(tmp_path: Path) -> None:
    rule = next(rule for rule in ZOO.rules if rule.code == "ZOO181")
    copied = tmp_path / "rules" / Path(rule.folder).name
    shutil.copytree(rule.folder, copied)
    module = tmp_path / "lists" / "payees.py"
    module.parent.mkdir()
    module.write_text("from xjk.runner.hits import View\n", "utf-8")
    packs = Catalogue(rules=(read_rule(copied, "zoo"),))
    assert [f"{module}:1"] == [breach.where for breach in light_pack(packs)]


def test_private_names_are_reported_with_their_line(tmp_path: Path) -> None:
    module = tmp_path / "names.py"
    module.write_text(
        "import json\nfrom xjk import Hit\nfrom xjk.runner.hits import View\nimport xjk.models\nfrom .own import xjk\n",
        "utf-8",
    )
    assert [f"{module}:3", f"{module}:4"] == [breach.where for breach in private_names(module)]


def test_a_misspelt_public_name_gets_a_suggestion(tmp_path: Path) -> None:
    module = tmp_path / "names.py"
    module.write_text("from xjk import Hitt\n", "utf-8")
    (breach,) = private_names(module)
    assert "Hit" in breach.what.en.partition("is not a public name")[2]


def test_every_check_says_what_and_why_in_both_languages() -> None:
    assert [check.id for check in CHECKS] == [f"RC{number:02d}" for number in range(1, 19)]
    for check in CHECKS:
        for words in (check.title, check.why):
            assert words.zh.isascii() is False
            assert words.en.isascii()
