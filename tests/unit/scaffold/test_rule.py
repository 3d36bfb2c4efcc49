"""A created rule works from the first moment, and lists what its author has to write."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from xjk.errors import UserError
from xjk.hooks.catalogue import Catalogue
from xjk.models.rule import RuleMeta
from xjk.rules.cases import read_cases
from xjk.rules.page import HEADINGS, sections
from xjk.runner.cases import run_cases
from xjk.scaffold.names import _NAME, LONGEST, check_code
from xjk.scaffold.pack_folder import read_pack
from xjk.scaffold.rule import new_rule
from xjk.scaffold.template import SAMPLES, Kind
from xjk.testing.contract.checks.metadata import basis_in_force, complete_page, known_metadata
from xjk.testing.contract.subject import Subject

KINDS = sorted(SAMPLES)


@pytest.mark.parametrize("kind", KINDS)
def test_a_created_rule_is_admitted_and_its_cases_hold(pack: Path, installed: Catalogue, kind: Kind) -> None:
    made = new_rule("CITY103", "late_rent", pack, kind=kind, form="F2", installed=installed)
    assert made.name == "city103_late_rent"
    found = read_pack(pack).found
    assert found.problems == ()
    rule = found.rule("CITY103")
    assert rule is not None
    assert (rule.kind, rule.meta.form, rule.meta.status, rule.meta.since) == (kind, "F2", "preview", "0.1.0")
    assert [result.case.name for result in run_cases(rule, found) if not result.holds] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_of_a_created_rule_is_marked(pack: Path, installed: Catalogue, kind: Kind) -> None:
    new_rule("CITY103", "late_rent", pack, kind=kind, installed=installed)
    rule = read_pack(pack).found.rule("CITY103")
    assert rule is not None
    meta = rule.meta
    words = [meta.title, meta.message, *(param.doc for param in meta.params.values())]
    words += [case.why for case in read_cases(rule).cases if case.why is not None]
    texts = [*(text for each in words for text in (each.zh, each.en)), *meta.verify.zh, *meta.verify.en]
    texts += [sections(rule.page)[heading].removeprefix("- ") for heading in HEADINGS]
    assert [text for text in texts if not text.startswith("TODO ")] == []
    assert meta.authors == ("TODO",)
    front = (Path(rule.folder) / "rule.md").read_text("utf-8")
    for key in ("form", "nature", "severity", "basis"):
        assert re.search(rf"^{key}:.*# TODO$", front, re.MULTILINE), key
    query = next(Path(rule.folder).glob("rule.[sp][qy]*")).read_text("utf-8")
    assert "TODO" in query.split("\n")[0]


def test_a_form_that_is_given_is_not_asked_for_again(pack: Path, installed: Catalogue) -> None:
    made = new_rule("CITY103", "late_rent", pack, form="F2", installed=installed)
    assert "form: F2\n" in (made / "rule.md").read_text("utf-8")


def test_a_rule_without_its_marks_is_the_rule_of_the_example(pack: Path, installed: Catalogue) -> None:
    made = new_rule("CITY103", "late_rent", pack, installed=installed)
    sample = pack / "src" / "xjk_city" / "rules" / "city101_round_payment_to_person"
    assert (made / "cases.yaml").read_text("utf-8") == (sample / "cases.yaml").read_text("utf-8")
    assert (made / "rule.sql").read_text("utf-8") == (sample / "rule.sql").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "name", "form", "told"),
    [
        ("city103", "late_rent", None, "such as CITY103"),
        ("CITY1", "late_rent", None, "three or four digits"),
        ("城市103", "late_rent", None, "three to eight capitals"),
        ("TOWN103", "late_rent", None, "does not begin with a prefix of the pack (CITY)"),
        ("CITY101", "late_rent", None, "CITY103 is free"),
        ("CITY103", "LateRent", None, "such as late_rent"),
        ("CITY103", "late rent", None, "such as late_rent"),
        ("CITY103", "../late", None, "such as late"),
        ("CITY103", "payments_in_a_circle", None, "is used"),
        ("CITY103", "late_rent", "F99", "no form"),
    ],
)
def test_what_will_not_do_is_refused_with_advice(
    pack: Path, installed: Catalogue, code: str, name: str, form: str | None, told: str
) -> None:
    rules = pack / "src" / "xjk_city" / "rules"
    before = sorted(rules.iterdir())
    with pytest.raises(UserError) as raised:
        new_rule(code, name, pack, form=form, installed=installed)
    assert told in raised.value.text("en")
    assert raised.value.hint_zh
    assert sorted(rules.iterdir()) == before


def test_names_of_installed_rules_are_taken_too(pack: Path, installed: Catalogue) -> None:
    taken = next(rule for rule in installed.rules if rule.pack == "xjk_services").meta.name
    with pytest.raises(UserError, match="is used"):
        new_rule("CITY103", taken, pack, installed=installed)


def test_a_code_of_another_pack_is_not_offered() -> None:
    with pytest.raises(UserError, match="ACM799 is free"):
        check_code("ACM798", ("ACM7",), {"ACM798"})
    with pytest.raises(UserError, match="Choose another"):
        check_code("ACM799", ("ACM7",), {"ACM799"})


def test_a_broken_rule_keeps_its_code_and_name(pack: Path, installed: Catalogue) -> None:
    broken = pack / "src" / "xjk_city" / "rules" / "city103_late_rent"
    broken.mkdir()
    with pytest.raises(UserError, match="CITY104 is free"):
        new_rule("CITY103", "early_rent", pack, installed=installed)
    with pytest.raises(UserError, match="is used"):
        new_rule("CITY104", "late_rent", pack, installed=installed)


def test_the_scaffold_takes_the_names_that_rules_may_have() -> None:
    (pattern, longest) = RuleMeta.model_fields["name"].metadata
    limits = {getattr(one, name, None) for one in (pattern, longest) for name in ("pattern", "max_length")}
    assert limits == {f"^{_NAME.pattern}$", LONGEST, None}


# the folder of the pack


def project(folder: Path, points: str, module: str = "") -> Path:
    """Write a project with entry points and the module named acme."""
    folder.mkdir(exist_ok=True)
    (folder / "pyproject.toml").write_text(points, "utf-8")
    if module:
        (folder / "acme.py").write_text(module, "utf-8")
    return folder


POINT = '[project.entry-points.xjk]\nacme = "acme"\n'


@pytest.mark.parametrize(
    ("points", "module", "told"),
    [
        ("[project]\nname = 'a'\n", "", "no pack here"),
        (POINT + 'more = "more"\n', "", "2 packs here"),
        ("[project\n", "", "not valid TOML"),
        (POINT, "", "module acme"),
        (POINT, "import nothing_of_this_name\n", "nothing_of_this_name"),
        (POINT, "x = 1\n", "does not implement xjk_pack"),
    ],
)
def test_a_folder_that_is_no_pack_is_told_with_its_file(
    tmp_path: Path, installed: Catalogue, points: str, module: str, told: str
) -> None:
    folder = project(tmp_path / "acme", points, module)
    with pytest.raises(UserError) as raised:
        new_rule("ACM101", "late_rent", folder, installed=installed)
    assert told in raised.value.text("en")
    assert str(folder) in raised.value.where


def test_a_folder_without_pyproject_says_how_to_name_the_pack(tmp_path: Path, installed: Catalogue) -> None:
    with pytest.raises(UserError, match="--pack"):
        new_rule("ACM101", "late_rent", tmp_path, installed=installed)


def test_a_pack_that_is_one_module_gets_its_rules_beside_it(tmp_path: Path, installed: Catalogue) -> None:
    module = (
        "from pathlib import Path\nfrom xjk import PackInfo, Words, hookimpl\n"
        "@hookimpl\ndef xjk_pack():\n"
        "    return PackInfo(name='acme', version='1.4', title=Words(zh='包', en='Pack'), code_prefixes=('ACM',))\n"
        "@hookimpl\ndef xjk_rules():\n    return Path(__file__).parent / 'rules'\n"
    )
    folder = project(tmp_path / "acme", POINT, module)
    (folder / "rules").mkdir()
    made = new_rule("ACM101", "late_rent", folder, installed=installed)
    assert made.resolve() == (folder / "rules" / "acm101_late_rent").resolve()
    assert "since: 1.4.0\n" in (made / "rule.md").read_text("utf-8")


def test_reading_a_pack_leaves_no_module_behind(pack: Path) -> None:
    read_pack(pack)
    assert "xjk_city" not in sys.modules


def test_the_folder_is_read_and_not_what_is_installed_under_its_name(
    pack: Path, installed: Catalogue
) -> None:
    import xjk_example

    for path in [pack / "pyproject.toml", pack / "src" / "xjk_city" / "__init__.py"]:
        path.write_text(path.read_text("utf-8").replace("xjk_city", "xjk_example"), "utf-8")
    (pack / "src" / "xjk_city").rename(pack / "src" / "xjk_example")
    assert read_pack(pack).info.code_prefixes == ("CITY",)
    assert sys.modules["xjk_example"] is xjk_example


# what the rule contract says of a created rule


@pytest.mark.parametrize("kind", KINDS)
def test_the_contract_lists_every_mark_of_a_created_rule_and_nothing_else(
    pack: Path, installed: Catalogue, kind: Kind
) -> None:
    made = new_rule("CITY103", "late_rent", pack, kind=kind, installed=installed)
    found = read_pack(pack).found
    rule = found.rule("CITY103")
    assert rule is not None
    marked = [
        f"{path}:{number}"
        for path in sorted(made.iterdir())
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if "TODO" in line
    ]
    assert len(marked) > 20
    subject = Subject(rule, found)
    assert [breach.where for breach in complete_page(subject)] == marked
    assert [*known_metadata(subject), *basis_in_force(subject)] == []
