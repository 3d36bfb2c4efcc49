"""Keys of documents and fields of models as tables."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from xjk.schema.documents import Document
from xjk.schema.generator import json_schema
from xjk.schema.reference.docstrings import prose
from xjk.schema.reference.markdown import anchor, code, table
from xjk.schema.reference.settings_words import MEANINGS

Schema = Mapping[str, Any]


def keys_table(document: Document, definition: str = "", *, prefix: str = "") -> str:
    """Return the keys of a document, or of one of its definitions, with type, default and meaning.

    The tables of a case are left out: they are all alike, and stand among the tables.
    """
    schema = json_schema(document)
    part = _object_of(schema["$defs"][definition]) if definition else schema
    required = part.get("required", [])
    rows = (
        (
            anchor(prefix + name) + code(prefix + name),
            type_words(each),
            "必填 required" if name in required else _default(each),
            f"{MEANINGS.get(prefix + name, '')} {prose(each.get('description', ''))}",
        )
        for name, each in part["properties"].items()
        if "as CSV text" not in each.get("description", "")
    )
    return table(("键 Key", "类型 Type", "缺省 Default", "含义 Meaning"), rows)


def _object_of(part: Schema) -> Schema:
    """Return the form of a definition that has keys, where short forms stand beside it."""
    return part if "properties" in part else next(each for each in part["anyOf"] if "properties" in each)


def _default(each: Schema) -> str:
    default = each.get("default")
    return "" if default in (None, "", [], {}) else code(json.dumps(default, ensure_ascii=False))


def type_words(schema: Schema) -> str:
    """Return what a JSON Schema asks for, in a few words."""
    if "enum" in schema:
        return " / ".join(code(value) for value in schema["enum"])
    if "const" in schema:
        return code(schema["const"])
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return "{zh, en}" if name == "Words" else name
    if "anyOf" in schema:
        return " / ".join(dict.fromkeys(_alternatives(schema["anyOf"])))
    kind = schema.get("type")
    if kind == "array":
        return f"列表 list: {type_words(schema['items'])}" if schema.get("items") else "列表 list"
    if kind == "object":
        inner = schema.get("additionalProperties")
        return f"映射 mapping: {type_words(inner)}" if isinstance(inner, Mapping) else "映射 mapping"
    return {"string": "文字 text", "integer": "整数 int", "number": "数 number", "boolean": "是否 bool"}.get(
        str(kind), str(kind)
    )


def _alternatives(schemas: list[Schema]) -> Iterator[str]:
    for schema in schemas:
        if schema.get("type") != "null":
            yield type_words(schema)


def fields_table(model: type[BaseModel]) -> str:
    """Return the fields of a model with annotation as written, default and meaning."""
    written = {
        name: text for base in reversed(model.__mro__) for name, text in inspect.get_annotations(base).items()
    }
    rows = (
        (
            code(name),
            code(written[name]),
            "必填 required"
            if info.is_required()
            else code(repr(info.get_default(call_default_factory=True))),
            prose(info.description or ""),
        )
        for name, info in model.model_fields.items()
    )
    return table(("字段 Field", "类型 Type", "缺省 Default", "含义 Meaning"), rows)
