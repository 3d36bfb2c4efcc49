"""What the model of a mapping file checks in code, said in its JSON Schema."""

from __future__ import annotations

from typing import Any

_NAMES: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_GIVEN_NAMES: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}

_ORIGINS: tuple[dict[str, Any], ...] = (
    {"required": ["from"], "properties": {"from": _GIVEN_NAMES}},
    {"required": ["constant"], "properties": {"constant": {"type": "string"}}},
    {"required": ["join"], "properties": {"join": {"type": "array", "minItems": 1}}},
    {"required": ["row"], "properties": {"row": {"const": True}}},
)
"""How each origin is given; exactly one of them is."""

_ONLY_WITH_FROM: dict[str, Any] = {
    "format": {"maxItems": 0, "type": "array"},
    "unit": {"enum": [None, ""]},
    "values": {"maxProperties": 0},
    "optional": {"const": False},
}
"""How the keys that go with ``from`` may stand without it: as if they were not there."""


def adjust(schema: dict[str, Any]) -> None:
    """Describe the short forms: one name for a list of one, and names alone for a column."""
    definitions = schema["$defs"]
    column = definitions["ColumnSource"]
    properties = column["properties"]
    properties["from"] = _described(_NAMES, properties["from"])
    properties["format"] = _described(_NAMES, properties["format"])
    properties["join"] = _described({"type": "array", "items": _NAMES}, properties["join"])
    column["oneOf"] = list(_ORIGINS)
    column["anyOf"] = [_ORIGINS[0], {"properties": _ONLY_WITH_FROM}]
    definitions["ColumnSource"] = {
        "description": column.pop("description"),
        "anyOf": [*_GIVEN_NAMES["anyOf"], column],
    }
    source = definitions["Source"]["properties"]
    source["where"] = _described({"type": "object", "additionalProperties": _NAMES}, source["where"])


def _described(form: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """Return a form with the description and default of what it replaces."""
    return {**form, **{key: before[key] for key in ("description", "default") if key in before}}
