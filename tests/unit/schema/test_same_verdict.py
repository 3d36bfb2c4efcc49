"""A JSON Schema validator and pydantic must say the same of every document."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError as SchemaRefusal
from jsonschema.validators import extend
from pydantic import ValidationError
from tests.unit.schema.strategies import (
    INTRUDERS,
    SCALARS_AS_TEXT,
    TEXTS,
    as_json,
    changed,
    column_values,
    rows,
)
from tests.unit.schema.strategies import documents as drawn

from xjk.models.columns import BOOL, CODE, DATE, INT, MONEY, NUMBER, ColumnType
from xjk.models.tables import TABLES
from xjk.schema.documents import OTHERS, Document
from xjk.schema.documents import documents as known
from xjk.schema.generator import json_schema

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

DOCUMENTS = {document.name: document for document in known()}
FROM_YAML = {"mapping"}
"""Documents whose model rewrites short forms first, and is therefore as lenient as YAML about scalars."""

OTHER_NAMES = [document.name for document in OTHERS]


def _pattern(_: Any, pattern: str, instance: object, __: Any) -> Any:
    """Read ``$`` as ECMA-262 does, which JSON Schema prescribes: Python also lets it match before a last line feed."""
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield SchemaRefusal(f"{instance!r} does not match {pattern!r}")


Validator = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
VALIDATORS = {
    name: Validator(json_schema(document), format_checker=FormatChecker())
    for name, document in DOCUMENTS.items()
}


def schema_accepts(name: str, document: object) -> bool:
    return bool(VALIDATORS[name].is_valid(document))


def pydantic_accepts(document: Document, text: str) -> bool:
    try:
        document.model.model_validate_json(text, strict=document.name not in FROM_YAML)
    except ValidationError:
        return False
    return True


def same_verdict(name: str, document: object) -> bool:
    """Return the verdict both give, or fail."""
    text = as_json(document)
    by_schema, by_model = schema_accepts(name, document), pydantic_accepts(DOCUMENTS[name], text)
    assert by_schema == by_model, f"{name}: schema {by_schema}, pydantic {by_model}: {text[:2000]}"
    return by_schema


@st.composite
def _params(draw: DrawFn) -> dict[str, Any]:
    """Draw parameters whose default lies within its bounds."""
    kinds: dict[str, ColumnType] = {
        "money": MONEY,
        "number": NUMBER,
        "int": INT,
        "date": DATE,
        "bool": BOOL,
        "text": CODE,
    }
    name = draw(st.sampled_from(sorted(kinds)))
    if name in ("bool", "text"):
        choices = st.sampled_from(("0", "1", "false", "true")) if name == "bool" else column_values(CODE)
        values = [draw(choices)] * 3
    elif name == "date":
        values = sorted(draw(st.lists(column_values(DATE), min_size=3, max_size=3)))
    else:
        stored = sorted(draw(st.lists(st.integers(-(10**14), 10**14), min_size=3, max_size=3)))
        values = [kinds[name].render(value) for value in stored]
    param: dict[str, Any] = {"type": name, "doc": {"zh": "甲", "en": "a"}}
    param |= {"default": values[1]} if draw(st.booleans()) else {"standard": "some_standard"}
    if draw(st.booleans()):
        param |= {"min": values[0], "max": values[2]}
    return param


def _columns() -> SearchStrategy[Any]:
    """Draw where the values of a mapped column come from."""
    names = TEXTS | st.lists(TEXTS, min_size=1, max_size=2)
    common = {"default": st.none() | TEXTS, "separator": TEXTS}
    with_from = {
        "format": TEXTS | st.lists(TEXTS, max_size=2),
        "unit": st.none() | st.just("万元"),
        "values": st.dictionaries(TEXTS, TEXTS, max_size=2),
        "optional": st.booleans(),
    }
    joined = st.lists(TEXTS | st.lists(TEXTS, max_size=2), min_size=1, max_size=2)
    return st.one_of(
        names,
        st.fixed_dictionaries({"from": names}, optional=common | with_from),
        st.fixed_dictionaries({"constant": TEXTS}, optional=common),
        st.fixed_dictionaries({"join": joined}, optional=common),
        st.fixed_dictionaries({"row": st.just(True)}, optional=common),
    )


_WHY = st.just({"zh": "甲", "en": "a"})
_PARAMS = st.dictionaries(TEXTS, TEXTS, max_size=1)
SPECIAL: dict[str, SearchStrategy[Any]] = {
    "Param": _params(),
    "ColumnSource": _columns(),
    "SilentCase": st.one_of(
        st.fixed_dictionaries(
            {"why": _WHY}, optional={"params": _PARAMS, "payment": st.just("payment_id\np1")}
        ),
        st.fixed_dictionaries({"expect": st.just("skipped")}, optional={"findings": st.just([])}),
    ),
}


def valid(name: str) -> SearchStrategy[Any]:
    if name in TABLES:
        return rows(TABLES[name])
    return drawn(json_schema(DOCUMENTS[name]), SPECIAL)


@pytest.mark.parametrize("name", list(TABLES))
def test_rows_built_from_the_column_types_are_accepted_by_both_and_changed_ones_judged_alike(
    name: str,
) -> None:
    @FEW
    @given(valid(name), changed(valid(name)))
    def holds(good: object, other: object) -> None:
        assert same_verdict(name, good), good
        same_verdict(name, other)

    holds()


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_documents_are_accepted_by_both_and_changed_ones_judged_alike(name: str) -> None:
    lenient = [(type(value), value) for value in (SCALARS_AS_TEXT if name in FROM_YAML else ())]
    intruders = tuple(value for value in INTRUDERS if (type(value), value) not in lenient)

    @MANY
    @given(valid(name), changed(valid(name), intruders))
    def holds(good: object, other: object) -> None:
        assert same_verdict(name, good), good
        same_verdict(name, other)

    holds()
