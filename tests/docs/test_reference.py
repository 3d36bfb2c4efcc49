"""The generated reference: nothing public is missing from it, and what is committed is what would be written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xjk
from xjk import errors
from xjk.errors import XjkError
from xjk.hooks.manager import catalogue
from xjk.hooks.specs import SPECS
from xjk.ledger.relations import DERIVED
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.models.tables import TABLES
from xjk.reference.party_kinds import PartyKind
from xjk.reference.standards import standards
from xjk.rules.page import HEADINGS
from xjk.runner.config import Config
from xjk.schema import check, check_reference, write_reference
from xjk.schema.documents import documents
from xjk.schema.generator import json_schema
from xjk.schema.reference import reference_files
from xjk.schema.reference.command_line import parser, verbs
from xjk.schema.reference.derived import COLUMNS, PARTY_KINDS, WHAT
from xjk.schema.reference.markdown import HEADER
from xjk.schema.reference.settings_words import MEANINGS

ROOT = Path(__file__).parents[2]
PACKS = catalogue()
PAGES = reference_files(PACKS)


def anchors(page: str) -> set[str]:
    return set(re.findall(r'<a id="([^"]+)"></a>', PAGES[page]))


def test_the_committed_schemas_are_what_would_be_written() -> None:
    assert check(ROOT / "schemas") == []


def test_the_committed_reference_is_what_would_be_written() -> None:
    assert check_reference(ROOT / "docs" / "reference", PACKS) == []


def test_the_reference_is_written_the_same_each_time(tmp_path: Path) -> None:
    written = write_reference(tmp_path, PACKS)
    assert {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in written} == dict(PAGES)
    assert reference_files(catalogue()) == PAGES


def test_a_stale_page_is_named_and_a_page_of_a_rule_that_is_gone_is_removed(tmp_path: Path) -> None:
    write_reference(tmp_path, PACKS)
    (tmp_path / "hooks.md").write_text("edited\n", "utf-8")
    (tmp_path / "rules" / "XJK999.md").write_text(HEADER, "utf-8")
    (tmp_path / "notes.md").write_text("written by hand\n", "utf-8")
    assert check_reference(tmp_path, PACKS) == [
        f"{tmp_path.as_posix()}/hooks.md:1 is stale; run: make generate",
        f"{tmp_path.as_posix()}/rules/XJK999.md is no longer generated; run: make generate",
    ]
    write_reference(tmp_path, PACKS)
    assert check_reference(tmp_path, PACKS) == []
    assert (tmp_path / "notes.md").is_file()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_that_it_is_generated_and_ends_in_one_line_feed(page: str) -> None:
    text = PAGES[page]
    assert text.startswith(HEADER + "\n\n# ")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_pages_and_anchors_that_are_there(page: str) -> None:
    folder = Path(page).parent
    prose = re.sub(r"```.*?```|`[^`]*`", "", PAGES[page], flags=re.DOTALL)
    for target, anchor in re.findall(r"\]\(([\w./-]*)(?:#([\w.-]+))?\)", prose):
        path = (folder / target).as_posix() if target else page
        path = str(Path(path)).replace("rules/../", "")
        assert path in PAGES, f"{page} links to {path}"
        if anchor:
            assert anchor in anchors(path), f"{page} links to {path}#{anchor}"


@pytest.mark.parametrize("page", PAGES)
def test_an_anchor_stands_once_on_its_page_and_tables_have_even_rows(page: str) -> None:
    found = re.findall(r'<a id="([^"]+)"></a>', PAGES[page])
    assert len(found) == len(set(found))
    width = 0
    for line in PAGES[page].splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("| ") else 0
        if cells and width:
            assert cells == width, line
        width = cells or (width if line.startswith("|") else 0)


def test_no_page_names_a_folder_of_this_machine() -> None:
    for page, text in PAGES.items():
        assert str(ROOT) not in text, page
        assert str(Path.home()) + "/" not in text, page


def test_every_table_and_column_has_its_place() -> None:
    wanted = {f"{table}.{column}" for table, model in TABLES.items() for column in model.model_fields}
    assert wanted | set(TABLES) <= anchors("tables.md")
    assert wanted | set(TABLES) <= anchors("headers.md")


def test_every_derived_relation_and_column_has_its_place_and_its_meaning() -> None:
    wanted = {f"{name}.{column.name}" for name, relation in DERIVED.items() for column in relation.columns}
    assert wanted | set(DERIVED) <= anchors("derived.md")
    assert {f"{name}.{column}" for name, columns in COLUMNS.items() for column in columns} == wanted
    assert set(WHAT) == set(DERIVED)
    assert set(PARTY_KINDS) == set(PartyKind.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", PACKS.rules, ids=[rule.code for rule in PACKS.rules])
def test_every_rule_has_a_page_with_everything_it_says_of_itself(rule: xjk.Rule) -> None:
    text = PAGES[f"rules/{rule.code}.md"]
    assert f"[{rule.code}]({rule.code}.md)" in PAGES["rules/index.md"]
    for heading in (*HEADINGS, "参数 Parameters", "法律依据 Legal basis", "例子 Example"):
        assert f"## {heading}\n" in text
    for name in (*rule.meta.params, *rule.meta.standards, *rule.meta.requires, *rule.meta.tags):
        assert f"`{name}`" in text
    for words in (rule.meta.title, rule.meta.message, *(param.doc for param in rule.meta.params.values())):
        assert words.zh.replace("|", "\\|") in text or words.zh in text
        assert words.en.replace("|", "\\|") in text or words.en in text
    assert all(request in text for request in (*rule.meta.verify.zh, *rule.meta.verify.en))


def test_every_standard_has_its_place() -> None:
    assert {entry.key for entry in standards(PACKS.data_folders)} <= anchors("standards.md")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.__name__)
def test_every_hook_has_its_signature_and_contract(spec: object) -> None:
    name = spec.__name__  # type: ignore[attr-defined]
    assert name in anchors("hooks.md")
    text = PAGES["hooks.md"].split(f"## {name}\n", 1)[1].split('<a id="', 1)[0]
    assert f"def {name}() -> " in text
    for part in ("Called when", "Parameters", "Returns", "Errors", "Since", "Example"):
        assert f"**{part}**" in text


def test_every_exception_has_its_code_and_meaning() -> None:
    classes = [
        value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, XjkError)
    ]
    assert {each.code for each in classes} == anchors("errors.md")
    assert all(each.meaning in PAGES["errors.md"] for each in classes)
    assert len({each.code for each in classes}) == len(classes)


def test_every_problem_has_its_reason_and_hint_in_both_languages() -> None:
    assert {kind.code for kind in PROBLEM_KINDS.values()} == anchors("problems.md")
    for kind in PROBLEM_KINDS.values():
        for text in (kind.reason.zh, kind.reason.en, kind.hint.zh, kind.hint.en):
            assert text in PAGES["problems.md"]


def test_every_verb_and_option_has_its_place() -> None:
    for verb in verbs(parser()):
        assert verb.prog.replace("xjk ", "").replace(" ", "-") in anchors("cli.md")
        section = PAGES["cli.md"].split(f"## {verb.prog}\n", 1)[1].split("\n## ", 1)[0]
        text = PAGES["cli.md"].split("## ", 1)[0] + section
        for action in verb._actions:
            assert all(option in text for option in action.option_strings)


def test_every_key_users_may_write_has_its_place_and_its_meaning_in_both_languages() -> None:
    found = anchors("config.md")
    assert set(Config.model_fields) <= found
    files = {f"{name}-file" for name in ("config", "mapping", "baseline", "exclusions", "cases", "waivers")}
    assert found == set(MEANINGS) | files
    known = {document.name: document for document in documents()}
    for name in ("mapping", "baseline", "exclusions", "cases"):
        assert {f"{name}.{key}" for key in json_schema(known[name])["properties"]} <= found


@pytest.mark.parametrize("name", xjk.__all__)
def test_every_public_name_has_its_place_and_says_what_it_is(name: str) -> None:
    assert name in anchors("api.md")
    section = PAGES["api.md"].split(f"\n## {name}\n", 1)[1].split('<a id="', 1)[0]
    assert len(section.split()) >= 5
