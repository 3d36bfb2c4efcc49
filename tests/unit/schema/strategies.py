"""Documents that a schema accepts, and small changes to them.

Rows of tables are built from the column types, other documents from their schema. Nothing is filtered: what the
schema asks for is what is drawn.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from xjk.models.columns import ColumnType
from xjk.models.record import Record
from xjk.models.text import half_width

Json = Any

TEXTS = st.text(alphabet="甲乙AZaz09 ,|'%_（）-", max_size=8)

_STORED: dict[str, SearchStrategy[int]] = {
    "money": st.integers(-(10**15) + 1, 10**15 - 1),
    "number": st.integers(-(10**18) + 1, 10**18 - 1),
    "int": st.integers(-(10**18) + 1, 10**18 - 1),
    "bool": st.integers(0, 1),
    "date": st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(lambda day: (day - date(1970, 1, 1)).days),
}


_WORDS = st.text(alphabet="甲乙AZaz09,|'%_（）\u20ac\U00020000-", min_size=1, max_size=5)
_UPPER = st.text(alphabet="甲AZ09X|-", min_size=1, max_size=6)
_WRITTEN: dict[str, SearchStrategy[str]] = {
    "code": st.lists(_WORDS.map(half_width), min_size=1, max_size=2).map(" ".join),
    "text": st.lists(_WORDS, min_size=1, max_size=2).map("\n".join),
    "uscc": _UPPER,
    "idno": _UPPER,
    "acct": st.text(alphabet="甲Az09|", min_size=1, max_size=6),
}
"""Texts in canonical form, by type: no space at the ends, half-width and on one line unless free text."""


def column_values(kind: ColumnType) -> SearchStrategy[Json]:
    """Return canonical values of a column, drawn from stored values where those are numbers."""
    if kind.choices:
        return st.sampled_from(sorted(kind.choices))
    if kind.name in _STORED:
        as_text = kind.json_schema["type"] == "string"
        return _STORED[kind.name].map(kind.render if as_text else kind.value)
    return _WRITTEN[kind.name]


def rows(model: type[Record]) -> SearchStrategy[Json]:
    """Return rows of a table as JSON objects."""
    required = {
        name: column_values(kind) for name, kind in model.columns().items() if name in model.required()
    }
    optional = {
        name: st.none() | column_values(kind)
        for name, kind in model.columns().items()
        if name not in model.required()
    }
    return st.fixed_dictionaries(required, optional=optional)


def documents(schema: Json, special: dict[str, SearchStrategy[Json]] | None = None) -> SearchStrategy[Json]:
    """Return documents of a schema; `special` gives those of definitions with checks across keys."""
    return _of(schema, schema.get("$defs", {}), special or {})


def _of(node: Json, defs: Json, special: dict[str, SearchStrategy[Json]]) -> SearchStrategy[Json]:
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return special[name] if name in special else st.deferred(lambda: _of(defs[name], defs, special))
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "const" in node:
        return st.just(node["const"])
    if "anyOf" in node and "type" not in node:
        return st.one_of([_of(each, defs, special) for each in node["anyOf"]])
    return _BY_TYPE[node["type"]](node, lambda each: _of(each, defs, special))


def _string(node: Json, _: Callable[[Json], SearchStrategy[Json]]) -> SearchStrategy[Json]:
    if "maxLength" in node:
        return _matching(node["pattern"].replace("*", "{0,5}").replace("+", "{1,5}"))
    if "pattern" in node:
        return _matching(node["pattern"])
    return st.text(alphabet="甲乙AZaz09 ,|'%_", min_size=node.get("minLength", 0), max_size=8)


def _integer(node: Json, _: Callable[[Json], SearchStrategy[Json]]) -> SearchStrategy[Json]:
    return st.integers(node.get("minimum", -1000), node.get("maximum", 10**6))


def _number(node: Json, _: Callable[[Json], SearchStrategy[Json]]) -> SearchStrategy[Json]:
    low = node.get("exclusiveMinimum", node.get("minimum", 0))
    return st.floats(low, node["maximum"], exclude_min="exclusiveMinimum" in node)


def _array(node: Json, of: Callable[[Json], SearchStrategy[Json]]) -> SearchStrategy[Json]:
    least = node.get("minItems", 0)
    return st.lists(of(node["items"]), min_size=least, max_size=min(node.get("maxItems", 9), least + 2))


def _object(node: Json, of: Callable[[Json], SearchStrategy[Json]]) -> SearchStrategy[Json]:
    if "properties" in node:
        needed = node.get("required", [])
        parts = {name: of(each) for name, each in node["properties"].items()}
        return st.fixed_dictionaries(
            {name: part for name, part in parts.items() if name in needed},
            optional={name: part for name, part in parts.items() if name not in needed},
        )
    least = node.get("minProperties", 0)
    names = _matching(node["propertyNames"]["pattern"]) if "propertyNames" in node else TEXTS
    values = of(node["additionalProperties"])
    return st.dictionaries(names, values, min_size=least, max_size=least + 1)


_BY_TYPE: dict[str, Callable[[Json, Callable[[Json], SearchStrategy[Json]]], SearchStrategy[Json]]] = {
    "null": lambda _, __: st.none(),
    "boolean": lambda _, __: st.booleans(),
    "string": _string,
    "integer": _integer,
    "number": _number,
    "array": _array,
    "object": _object,
}


def _matching(pattern: str) -> SearchStrategy[str]:
    return st.from_regex(pattern.removeprefix("^").removesuffix("$"), fullmatch=True)


INTRUDERS: tuple[Json, ...] = (
    None, True, False, 0, 3, -1, 0.5, 10**19, "", " ", "3", "true", "NaN", "Infinity", "1e5", "1,234.50", "1.234",
    "-0.00", "00.10", "+1.00", "1.0000001", "2024-02-30", "2024-2-3", "20240203", "1899-12-31", "2100-01-01",
    "２０２４", " 甲", "甲 ", "甲\n", "\u200b甲", "a\u0000b", "借", "Debit", "x" * 4001, "XJK30", "F0", "fp1:xyz", "P1",
    [], {}, [None], [""], {"zh": "", "en": "x"}, {"": ""},
)  # fmt: skip
"""Values that do not belong nearly everywhere."""


SCALARS_AS_TEXT: tuple[Json, ...] = (True, 0, "3", "true")
"""Values a model that is only read from YAML takes for a number or for yes and no: there every scalar is text."""


@st.composite
def changed(draw: DrawFn, originals: SearchStrategy[Json], intruders: tuple[Json, ...] = INTRUDERS) -> Json:
    """Return a document in which one thing was changed: a key dropped or added, a value replaced."""
    document = copy.deepcopy(draw(originals))
    places = [place for place in _places(document) if place]
    if not places or draw(st.booleans()):
        target = _at(
            document, draw(st.sampled_from([p for p in [(), *places] if isinstance(_at(document, p), dict)]))
        )
        if target and draw(st.booleans()):
            del target[draw(st.sampled_from(sorted(target)))]
        else:
            target["unheard_of"] = draw(st.sampled_from(intruders))
        return document
    *above, last = draw(st.sampled_from(places))
    _at(document, tuple(above))[last] = copy.deepcopy(draw(st.sampled_from(intruders)))
    return document


def _places(node: Json, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in inner:
        found += _places(child, (*path, name))
    return found


def _at(document: Json, path: tuple[Any, ...]) -> Json:
    for part in path:
        document = document[part]
    return document


def as_json(document: Json) -> str:
    """Return the text of a JSON document."""
    return json.dumps(document, ensure_ascii=False)
