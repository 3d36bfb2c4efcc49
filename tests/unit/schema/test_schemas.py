"""The folder of schemas: what it holds, how it is written and checked."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from xjk.hooks.manager import catalogue
from xjk.ledger.relations import relations
from xjk.models.rule import Param
from xjk.models.tables import TABLES
from xjk.reference.yaml_file import parse_yaml
from xjk.rules.frontmatter import split
from xjk.runner.config import Limits
from xjk.schema import check, write
from xjk.schema.documents import documents
from xjk.schema.generator import DIALECT, json_schema
from xjk.schema.schemas import INDEX, other_pydantic, schema_files

ROOT = Path(__file__).parents[3]
CONTRACT = next(ROOT.parent.glob("*/contract/tables.yaml"), None)
"""The contract as it was agreed, where a workspace keeps it beside the repository."""

DOCUMENTS = tuple(documents())
NAMES = [document.name for document in DOCUMENTS]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_a_schema_is_valid_and_says_of_every_object_whether_other_keys_may_stand_there(document: Any) -> None:
    schema = json_schema(document)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"urn:xjk:schema:v1:{document.name}"
    assert schema["description"]
    for part in (schema, *schema.get("$defs", {}).values()):
        for node in _objects(part):
            assert "additionalProperties" in node


def _objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in _objects(item)]
    if not isinstance(node, dict):
        return []
    inner = [found for value in node.values() for found in _objects(value)]
    return [node, *inner] if node.get("type") == "object" else inner


@pytest.mark.parametrize("table", list(TABLES))
def test_titles_are_the_chinese_labels_and_every_column_is_described(table: str) -> None:
    model = TABLES[table]
    schema = json_schema(next(document for document in DOCUMENTS if document.name == table))
    assert schema["title"] == model.zh
    titles = {name: column.get("title") for name, column in schema["properties"].items()}
    assert titles == {name: info.title for name, info in model.model_fields.items()}
    assert all(column["description"] for column in schema["properties"].values())
    assert set(schema["required"]) == model.required()


def test_names_made_up_from_fields_are_no_titles() -> None:
    for document in DOCUMENTS:
        if document.name not in TABLES:
            assert '"title": "' not in json.dumps(json_schema(document))


def test_writing_twice_gives_the_same_bytes(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(write(folder)) == set(before)
    assert {path: path.read_bytes() for path in before} == before
    assert check(folder) == []


def test_the_index_seals_every_schema(folder: Path) -> None:
    index = json.loads((folder / INDEX).read_text("utf-8"))
    assert index["pydantic"] == pydantic.VERSION
    assert set(index["schemas"]) == {*NAMES, "tables.yaml", "sqlite.sql"}


def test_check_names_the_file_the_line_and_the_command(folder: Path) -> None:
    path = folder / "v1" / "finding.schema.json"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:4], "  changed\n", *lines[5:]]), "utf-8")
    assert check(folder) == [f"{path.as_posix()}:5 is stale; run: make generate"]


def test_a_missing_file_and_one_that_should_be_gone_are_both_told(folder: Path) -> None:
    (folder / "sqlite.sql").unlink()
    (folder / "v1" / "gone.schema.json").write_text("{}", "utf-8")
    assert check(folder) == [
        f"{folder.as_posix()}/sqlite.sql (missing) is stale; run: make generate",
        f"{folder.as_posix()}/v1/gone.schema.json is no longer generated; run: make generate",
    ]
    write(folder)
    assert check(folder) == []


def test_under_another_pydantic_outlines_are_compared_and_bytes_are_not(folder: Path) -> None:
    index = folder / INDEX
    index.write_text(index.read_text("utf-8").replace(pydantic.VERSION, "0.0.0"), "utf-8")
    path = folder / "v1" / "finding.schema.json"
    schema = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(schema), "utf-8")
    assert other_pydantic(folder) is not None
    assert check(folder) == []
    del schema["properties"]["amount"]
    path.write_text(json.dumps(schema), "utf-8")
    (stale,) = check(folder)
    assert "finding.schema.json" in stale
    assert "0.0.0" in stale


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "v1").write_text("in the way", "utf-8")
    with pytest.raises(OSError, match="v1"):
        write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["v1"]


def test_the_data_dictionary_means_what_the_contract_means() -> None:
    if CONTRACT is None:
        return
    ours = yaml.safe_load(schema_files()["tables.yaml"])
    theirs = yaml.safe_load(CONTRACT.read_text("utf-8"))
    for table, columns in theirs.items():
        assert {name: ours[table][name] for name in columns} == columns
        assert all(need == "optional" for name, (_, need, _) in ours[table].items() if name not in columns)
    assert _titles(schema_files()["tables.yaml"]).items() >= _titles(CONTRACT.read_text("utf-8")).items()


def _titles(text: str) -> dict[str, str]:
    """Return the Chinese titles of tables, which the contract keeps in comments."""
    found = re.findall(r"^(\w+): +# ([^（\n]*)", text, re.MULTILINE)
    return {table: title.strip() for table, title in found}


def test_the_data_dictionary_has_every_table_and_column_of_the_models() -> None:
    ours = yaml.safe_load(schema_files()["tables.yaml"])
    assert {table: list(columns) for table, columns in ours.items()} == {
        table: list(model.model_fields) for table, model in TABLES.items()
    }


def test_the_sql_makes_every_relation() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema_files()["sqlite.sql"])
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert made == {relation.name for relation in relations()}


def test_text_stands_for_a_number_in_yaml_and_not_in_json() -> None:
    assert Limits.model_validate({"findings": "5"}) == Limits.model_validate_json('{"findings": 5}')
    with pytest.raises(ValidationError):
        Limits.model_validate_json('{"findings": "5"}')


def test_parameters_are_read_leniently_from_yaml_and_in_canonical_form_from_json() -> None:
    given = {"type": "money", "default": "1,000", "doc": {"zh": "甲", "en": "a"}}
    assert Param.model_validate(given).read("1,000") == 100_000
    with pytest.raises(ValidationError, match=r"1000\.00"):
        Param.model_validate_json(json.dumps(given))
    assert Param.model_validate_json(json.dumps({**given, "default": "1000.00"})).default == "1000.00"


RULES = catalogue().rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_the_front_matter_and_cases_of_installed_rules_fit_their_schemas(rule: Any) -> None:
    known = {document.name: document for document in DOCUMENTS}
    folder = Path(rule.folder)
    text = split((folder / "rule.md").read_text("utf-8"), "rule.md")
    front: Any = parse_yaml(text.front, "rule.md")
    as_an_editor_reads_it = {**front, "revision": int(front["revision"])}
    Draft202012Validator(json_schema(known["rule"])).validate(as_an_editor_reads_it)
    cases = parse_yaml((folder / "cases.yaml").read_text("utf-8"), "cases.yaml")
    Draft202012Validator(json_schema(known["cases"])).validate(cases)
