"""JSON Schema 2020-12 of the models: one dialect, one spelling, the same bytes every time."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic.json_schema import DEFAULT_REF_TEMPLATE, GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from xjk.models.record import Record
from xjk.schema.documents import Document

DIALECT = "https://json-schema.org/draft/2020-12/schema"

VERSION = "v1"
"""Version of the schemas; a change that refuses documents accepted before starts the next one."""

_SOFT_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


class ModelSchema(GenerateJsonSchema):
    """Write schemas without the titles pydantic makes up from names; Chinese labels are the only titles."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        """Say that no title is made from the name of a field."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe one model; a table is titled with its Chinese name, and may leave out what follows from others."""
        described = super().model_schema(schema)
        described.pop("title", None)
        model = schema["cls"]
        if issubclass(model, Record):
            described["title"] = model.zh
            _free_derived(model, described)
        if described.get("type") == "object":
            described.setdefault("additionalProperties", True)
        return described


def schema_id(name: str) -> str:
    """Return the ``$id`` of a schema: a URN, because it names the schema and is not an address."""
    return f"urn:xjk:schema:{VERSION}:{name}"


def json_schema(document: Document, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    """Return the JSON Schema of one kind of document, keys sorted."""
    schema = document.model.model_json_schema(
        ref_template=DEFAULT_REF_TEMPLATE, schema_generator=ModelSchema, mode=mode
    )
    if document.adjust is not None:
        document.adjust(schema)
    described: dict[str, Any] = _told(schema)
    return {"$id": schema_id(document.name), "$schema": DIALECT, **described}


def schema_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _free_derived(model: type[Record], described: JsonSchemaValue) -> None:
    """Let columns that follow from others be left out or null: they are filled in."""
    for rule in model.derived:
        column = described["properties"][rule.column]
        if rule.column in described["required"]:
            described["required"].remove(rule.column)
            title = {key: column.pop(key) for key in ("title", "description") if key in column}
            described["properties"][rule.column] = {"anyOf": [column, {"type": "null"}], **title}


def _told(node: Any) -> Any:
    """Return a copy of a schema that other tools read as pydantic means it.

    Descriptions lose the line breaks of the source. Keys that must have a form are said so as ``propertyNames``:
    ``patternProperties`` alone lets any other key pass.
    """
    if isinstance(node, list):
        return [_told(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {key: _told(value) for key, value in node.items()}
    if isinstance(told.get("description"), str):
        told["description"] = _SOFT_BREAK.sub(" ", told["description"])
    patterns = told.pop("patternProperties", None)
    if patterns is not None:
        ((pattern, value),) = patterns.items()
        told |= {"propertyNames": {"pattern": pattern}, "additionalProperties": value}
    return told
