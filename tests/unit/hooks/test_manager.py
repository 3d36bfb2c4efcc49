"""Every way a pack can be broken costs that pack only, and is told with its step."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest
from tests.unit.rules.samples import FRONT, write_rule

from xjk.errors import UnknownRuleError
from xjk.hooks.catalogue import Catalogue
from xjk.hooks.manager import _admit_all, _Candidate, _entry_points, catalogue, catalogue_of
from xjk.models.pack import PackProblem

HEAD = """\
from pathlib import Path
from xjk import EngineInfo, PackInfo, ReaderInfo, ReporterInfo, Words, hookimpl

HERE = Path(__file__).parent
TITLE = Words(zh="包", en="Pack")
"""
PACK = """\
@hookimpl
def xjk_pack():
    return PackInfo(name="{name}", version="1.0", title=TITLE, code_prefixes=("{prefix}",))
"""
RULES = """\
@hookimpl
def xjk_rules():
    return HERE / "rules"
"""

MakePack = Callable[..., ModuleType]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePack]:
    """Write a pack as a real package and import it; sys.modules is left as it was."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(body: str = "", name: str = "acme", prefix: str = "ACM", pack: str = PACK) -> ModuleType:
        folder = tmp_path / name
        (folder / "rules").mkdir(parents=True)
        (folder / "__init__.py").write_text(
            HEAD + pack.format(name=name, prefix=prefix) + body, encoding="utf-8"
        )
        importlib.invalidate_caches()
        return importlib.import_module(name)

    yield write
    for name in set(sys.modules) - before:
        if not name.startswith("xjk"):
            del sys.modules[name]


@pytest.fixture
def good(make: MakePack) -> ModuleType:
    pack = make(RULES, name="zgood", prefix="GOOD")
    front = FRONT.replace("ACM101", "GOOD101")
    write_rule(rules_of(pack), front=front, name="good101_round_payment")
    return pack


def rules_of(pack: ModuleType) -> Path:
    return Path(str(pack.__file__)).parent / "rules"


def problem(found: Catalogue) -> PackProblem:
    assert len(found.problems) == 1, found.problems
    assert found.problems[0].hint.zh
    assert found.problems[0].hint.en
    return found.problems[0]


def refused(pack: object, good: ModuleType) -> PackProblem:
    """Load a broken pack before a good one: the good one must be complete."""
    found = catalogue_of({"acme": pack, "zgood": good})
    assert [info.name for info in found.packs] == ["zgood"]
    assert [rule.code for rule in found.rules] == ["GOOD101"]
    assert problem(found).pack == "acme"
    return problem(found)


def test_a_pack_brings_rules_data_readers_engines_and_reporters(make: MakePack) -> None:
    pack = make(
        RULES
        + """
@hookimpl
def xjk_data():
    return [HERE]

@hookimpl
def xjk_readers():
    return ReaderInfo(name="dbf", suffixes=(".dbf",), target="acme.dbf:read")

@hookimpl
def xjk_engines():
    return (EngineInfo(name="acmedb", target="acme.engine:Store"),)

@hookimpl
def xjk_reporters():
    return [ReporterInfo(name="ofd", media_type="application/ofd", target="acme.ofd:write")]
"""
    )
    write_rule(rules_of(pack))
    found = catalogue_of({"acme": pack})
    assert found.problems == ()
    assert found.data_folders == (rules_of(pack).parent,)
    assert [reader.name for reader in found.readers] == ["dbf"]
    assert [engine.name for engine in found.engines] == ["acmedb"]
    assert [reporter.name for reporter in found.reporters] == ["ofd"]
    rule = found.rule("ACM101")
    assert rule is not None
    assert rule.pack == "acme"
    assert found.rule("ACM999") is None


def test_rules_come_from_several_folders_sorted_by_code(make: MakePack) -> None:
    pack = make('@hookimpl\ndef xjk_rules():\n    return [HERE / "rules", HERE / "more"]\n')
    write_rule(rules_of(pack), front=FRONT.replace("ACM101", "ACM201"), name="acm201_round_payment")
    write_rule(rules_of(pack).parent / "more")
    assert [rule.code for rule in catalogue_of({"acme": pack}).rules] == ["ACM101", "ACM201"]


def test_a_pack_may_be_an_object(good: ModuleType) -> None:
    class Holder:
        xjk_pack = staticmethod(good.xjk_pack)
        xjk_rules = staticmethod(good.xjk_rules)

    assert [rule.code for rule in catalogue_of({"zgood": Holder()}).rules] == ["GOOD101"]


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("@hookimpl\ndef xjk_rule(): ...\n", "no hook named xjk_rule", 'Did you mean "xjk_rules"?'),
        ("def xjk_reader(): ...\n", "no hook named xjk_reader", 'Did you mean "xjk_readers"?'),
        ("@hookimpl\ndef helper(): ...\n", "no hook named helper", "Known: "),
        ("@hookimpl(specname='xjk_ruls')\ndef rules(): ...\n", "no hook named xjk_ruls", "xjk_rules"),
        ("@hookimpl(optionalhook=True)\ndef xjk_rulez(): ...\n", "no hook named xjk_rulez", "xjk_rules"),
        ("def xjk_rules(): ...\n", "xjk_rules is not marked with @hookimpl", "Mark it"),
        ("@hookimpl\ndef xjk_rules(ledger): ...\n", "declares the parameters ledger", "no parameters"),
        ("@hookimpl\ndef xjk_rules(ledger=None): ...\n", "declares the parameters ledger", "default"),
        ("@hookimpl\ndef xjk_rules(*, ledger): ...\n", "declares the parameters ledger", "no parameters"),
        ("@hookimpl(wrapper=True)\ndef xjk_rules():\n    return (yield)\n", "is a wrapper", "description"),
    ],
)
def test_a_misspelt_unmarked_or_wrongly_declared_hook_costs_its_pack(
    make: MakePack, good: ModuleType, body: str, message: str, hint: str
) -> None:
    found = refused(make(body), good)
    assert found.step == "hooks"
    assert message in found.error.en
    assert hint in found.hint.en
    assert "__init__.py:" in found.where


def test_an_attribute_that_raises_costs_its_pack(good: ModuleType) -> None:
    class Strange:
        @property
        def anything(self) -> None:
            raise RuntimeError("do not look")

    assert refused(Strange(), good).step == "hooks"


@pytest.mark.parametrize("pack", ["", "def helper(): ...\n"])
def test_a_pack_without_a_description_is_refused(make: MakePack, good: ModuleType, pack: str) -> None:
    found = refused(make(pack=pack), good)
    assert (found.step, found.error.en) == ("describe", "The pack does not implement xjk_pack.")


@pytest.mark.parametrize(
    ("returns", "step", "message"),
    [
        ("None", "describe", "does not implement"),
        ("'acme'", "describe", "What xjk_pack returned is not valid"),
        ("dict(name='acme')", "describe", "version: Field required"),
        ("PackInfo(name='Acme', version='1', title=TITLE)", "describe", "failed: ValidationError"),
        (
            "PackInfo(name='other', version='1', title=TITLE)",
            "describe",
            "calls itself other, its entry point is acme",
        ),
        (
            "PackInfo(name='acme', version='1', title=TITLE, hook_api=(0, 7))",
            "interface",
            "hook interface 0, 7",
        ),
        ("PackInfo(name='acme', version='1', title=TITLE, hook_api=())", "interface", "hook interface -"),
        (
            "PackInfo(name='acme', version='1', title=TITLE, code_prefixes=('',))",
            "prefix",
            '"" cannot begin codes',
        ),
        (
            "PackInfo(name='acme', version='1', title=TITLE, code_prefixes=('acm',))",
            "prefix",
            '"acm" cannot begin',
        ),
        ("1 / 0", "describe", "Calling xjk_pack failed: ZeroDivisionError"),
        ("exit(3)", "describe", "Calling xjk_pack failed: SystemExit"),
    ],
)
def test_a_description_that_cannot_be_used_costs_its_pack(
    make: MakePack, good: ModuleType, returns: str, step: str, message: str
) -> None:
    found = refused(make(pack=f"@hookimpl\ndef xjk_pack():\n    return {returns}\n"), good)
    assert found.step == step
    assert message in found.error.en


@pytest.mark.parametrize(
    ("hook", "returns", "message"),
    [
        ("rules", "HERE / 'nowhere'", "does not exist"),
        ("rules", "str(HERE)", "give a Path"),
        ("rules", "[HERE, 5]", "1: Value error"),
        ("rules", "1 / 0", "Calling xjk_rules failed: ZeroDivisionError: division by zero"),
        ("data", "HERE / 'nowhere'", "does not exist"),
        ("data", "open('/nowhere')", "Calling xjk_data failed: FileNotFoundError"),
        ("readers", "'dbf'", "What xjk_readers returned is not valid"),
        ("readers", "{'name': 'dbf', 'suffixes': [], 'target': 'a:b'}", "0.suffixes"),
        ("engines", "{'name': 'x', 'target': 'no colon'}", "0.target"),
        ("reporters", "(item for item in ())", "What xjk_reporters returned is not valid"),
    ],
)
def test_a_hook_that_raises_or_returns_something_else_costs_its_pack(
    make: MakePack, good: ModuleType, hook: str, returns: str, message: str
) -> None:
    found = refused(make(f"@hookimpl\ndef xjk_{hook}():\n    return {returns}\n"), good)
    assert found.step == hook
    assert message in found.error.en


def test_a_folder_of_rules_inside_an_archive_is_refused(
    make: MakePack, good: ModuleType, tmp_path: Path
) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr("rules/x", "x")
    body = f"import zipfile\n@hookimpl\ndef xjk_rules():\n    return zipfile.Path({str(tmp_path / 'packed.zip')!r}, 'rules/')\n"
    found = refused(make(body), good)
    assert found.step == "rules"
    assert "not in the file system" in found.error.en


def test_a_folder_of_rules_that_cannot_be_listed_costs_its_pack(make: MakePack, good: ModuleType) -> None:
    body = """
class Locked(type(HERE)):
    def iterdir(self):
        raise PermissionError(13, "Permission denied")

@hookimpl
def xjk_rules():
    return Locked(HERE)
"""
    found = refused(make(body), good)
    assert found.step == "rules"
    assert "PermissionError" in found.error.en


def test_the_later_of_two_packs_with_one_prefix_is_refused(make: MakePack, good: ModuleType) -> None:
    found = catalogue_of({"zgood": good, "zzz": make(name="zzz", prefix="GOOD1")})
    assert [info.name for info in found.packs] == ["zgood"]
    assert problem(found).step == "prefix"
    assert "GOOD1 collides with GOOD of the pack zgood" in problem(found).error.en


def test_a_broken_rule_costs_that_rule_only(make: MakePack) -> None:
    pack = make(RULES)
    write_rule(rules_of(pack))
    bad = write_rule(rules_of(pack), name="acm102_misnamed")
    found = catalogue_of({"acme": pack})
    assert [rule.code for rule in found.rules] == ["ACM101"]
    assert (problem(found).step, problem(found).where) == ("rules", str(bad))


def test_every_fault_of_a_rule_folder_is_a_problem(make: MakePack) -> None:
    pack = make(RULES)
    (rules_of(pack) / "acm101_empty").mkdir()
    assert [found.step for found in catalogue_of({"acme": pack}).problems] == ["rules"] * 3


def test_a_rule_with_a_code_of_another_pack_is_refused(make: MakePack) -> None:
    pack = make(RULES)
    write_rule(rules_of(pack), front=FRONT.replace("ACM101", "XJK101"), name="xjk101_round_payment")
    found = catalogue_of({"acme": pack})
    assert found.rules == ()
    assert "XJK101 does not begin with a prefix of its pack (ACM)" in problem(found).error.en


def test_a_code_is_used_once(make: MakePack) -> None:
    pack = make(RULES)
    write_rule(rules_of(pack))
    write_rule(rules_of(pack), front=FRONT.replace("name: round_payment", "name: other"), name="acm101_other")
    found = catalogue_of({"acme": pack})
    assert [rule.meta.name for rule in found.rules] == ["other"]
    assert "ACM101 is used twice" in problem(found).error.en


def test_a_name_taken_by_an_earlier_pack_costs_the_item_only(make: MakePack) -> None:
    body = "@hookimpl\ndef xjk_engines():\n    return EngineInfo(name='acmedb', target='{}:Store')\n"
    packs = {
        "acme": make(body.format("first")),
        "bcme": make(body.format("second"), name="bcme", prefix="BCM"),
    }
    found = catalogue_of(packs)
    assert [info.name for info in found.packs] == ["acme", "bcme"]
    assert [engine.target for engine in found.engines] == ["first:Store"]
    assert (problem(found).pack, problem(found).step) == ("bcme", "engines")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import no_such_module_of_xjk", "ModuleNotFoundError"),
        ("raise RuntimeError('broken at import')", "RuntimeError: broken at import"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("def x(:", "SyntaxError"),
    ],
)
def test_a_pack_that_cannot_be_imported_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    (tmp_path / "broken_pack_of_test.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    point = EntryPoint("broken_pack_of_test", "broken_pack_of_test", "xjk")
    found = _admit_all([_Candidate(point.name, "2.3", point.load)])
    assert (problem(found).step, problem(found).version) == ("import", "2.3")
    assert message in problem(found).error.en
    assert "broken_pack_of_test.py:1" in problem(found).where


def test_an_interrupt_is_passed_on(make: MakePack) -> None:
    with pytest.raises(KeyboardInterrupt):
        catalogue_of({"acme": make("@hookimpl\ndef xjk_rules():\n    raise KeyboardInterrupt\n")})


def test_installed_packs_are_found_limited_and_scanned_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XJK_PACKS", raising=False)
    assert {"xjk_invoices", "xjk_services", "xjk_example"} <= {pack.name for pack in catalogue().packs}
    assert [pack.name for pack in catalogue(["xjk-example"]).packs] == ["xjk_example"]
    assert catalogue([]).packs == ()
    monkeypatch.setenv("XJK_PACKS", " xjk_example ,xjk-services")
    assert [pack.name for pack in catalogue().packs] == ["xjk_example", "xjk_services"]
    assert [pack.name for pack in catalogue(["xjk_invoices"]).packs] == ["xjk_invoices"]
    assert _entry_points() is _entry_points()


def test_a_pack_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(
        UnknownRuleError, match=r'No pack "xjk_exampel" is installed. Did you mean "xjk_example"'
    ):
        catalogue(["xjk_exampel"])
    monkeypatch.setenv("XJK_PACKS", "acme_one,acme_two")
    with pytest.raises(UnknownRuleError, match="2 packs are not installed"):
        catalogue()
