"""One column at a time: what the types promise."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from tests.unit.models.samples import COLUMNS, NASTY, TEXTS, good_text

from xjk.models.columns import ColumnType, Stored
from xjk.models.problem import BadValue
from xjk.models.tables import TABLES
from xjk.models.text import is_blank

KINDS: dict[str, ColumnType] = {
    f"{kind.name}{'(' + '|'.join(kind.choices) + ')' if kind.choices else ''}": kind
    for model in TABLES.values()
    for kind in model.columns().values()
}
"""Every distinct type, one of each enumeration."""

ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(Annotated[object, kind]) for name, kind in KINDS.items()
}


def read(kind: ColumnType, text: str) -> Stored | None:
    """Return the stored value, None when refused."""
    try:
        return kind.read(text)
    except BadValue:
        return None


def is_canonical(name: str, text: str) -> bool:
    try:
        ADAPTERS[name].validate_json(json.dumps(text))
    except ValidationError:
        return False
    return True


def matches_schema(kind: ColumnType, text: str) -> bool:
    """Judge by the published JSON Schema; ``$`` of ECMAScript is ``\\Z`` of Python."""
    schema = kind.json_schema
    if "enum" in schema:
        return text in schema["enum"]
    if not re.search(schema["pattern"].removesuffix("$") + r"\Z", text):
        return False
    if schema.get("format") == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return False
    return bool(schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text)))


def test_every_type_of_the_contract_occurs() -> None:
    assert {"code", "text", "date", "money", "number", "int", "bool", "uscc", "idno", "acct", "enum"} == {
        kind.name for kind in KINDS.values()
    }


@settings(max_examples=1500)
@given(st.sampled_from(sorted(KINDS)), TEXTS)
def test_what_is_read_is_written_in_a_form_that_reads_the_same(name: str, text: str) -> None:
    kind = KINDS[name]
    stored = None if is_blank(text) else read(kind, text)
    if stored is None:
        return
    written = kind.render(stored)
    assert stored == kind.read(written)
    assert written == kind.render(kind.read(written))
    assert stored == kind.coerce(kind.value(stored))


@pytest.mark.parametrize(
    "name", sorted(name for name, kind in KINDS.items() if kind.json_schema["type"] == "string")
)
def test_json_takes_exactly_the_canonical_form_and_the_schema_says_the_same(name: str) -> None:
    kind = KINDS[name]

    @settings(max_examples=120)
    @given(TEXTS)
    def holds(text: str) -> None:
        stored = None if is_blank(text) else read(kind, text)
        canonical = stored is not None and kind.render(stored) == text
        assert canonical == is_canonical(name, text), text
        assert canonical == matches_schema(kind, text), text
        if stored is not None:
            assert is_canonical(name, kind.render(stored))
            assert matches_schema(kind, kind.render(stored))

    for text in NASTY:
        holds.hypothesis.inner_test(text)  # type: ignore[attr-defined]
    holds()


@pytest.mark.parametrize("name", sorted(KINDS))
@pytest.mark.parametrize(
    "document", ["null", "[]", "{}", '[""]', "1.5", "1e400", "-0.1", '""', "99999999999999999999"]
)
def test_json_of_another_type_is_refused(name: str, document: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTERS[name].validate_json(document)


def test_json_takes_whole_numbers_for_int_and_true_and_false_for_bool_only() -> None:
    for document in ("true", "false", '"1"', "1000000000000000000"):
        with pytest.raises(ValidationError):
            ADAPTERS["int"].validate_json(document)
    for document in ("1", "0", '"true"', '"1"'):
        with pytest.raises(ValidationError):
            ADAPTERS["bool"].validate_json(document)
    assert ADAPTERS["int"].validate_json("7") == 7
    assert ADAPTERS["bool"].validate_json("true") is True


@settings(max_examples=800)
@given(
    st.sampled_from(sorted(name for name, kind in KINDS.items() if kind.bulk)),
    st.lists(TEXTS | st.sampled_from(["", "1.00", "-22.05", "甲公司", "x"]), min_size=1, max_size=5),
)
@example("money", ["1.00\n2.00"])
@example("money", ["1.00\n2.00", "3.00"])
@example("money", ["1.00", "\n"])
@example("text", ["\x00", ""])
def test_bulk_answers_as_read_does_or_not_at_all(name: str, texts: list[str]) -> None:
    kind = KINDS[name]
    assert kind.bulk is not None
    answer = kind.bulk(texts)
    if answer is not None:
        assert [None if is_blank(text) else kind.read(text) for text in texts] == answer


def test_bulk_does_answer_for_plain_texts() -> None:
    assert (KINDS["money"].bulk or (lambda _: None))(["1.00", "", "-2.50"]) == [100, None, -250]
    assert (KINDS["code"].bulk or (lambda _: None))(["A1", "", "甲"]) == ["A1", None, "甲"]


@given(
    st.sampled_from(sorted(KINDS)),
    st.integers() | st.floats() | st.booleans() | st.binary() | st.none() | st.decimals(),
)
@example("code", 10**200)
@example("code", -(10**199))
@example("code", 10**5000)
@example("acct", -5)
@example("uscc", 10**400)
def test_a_python_value_gives_a_value_with_a_canonical_form_or_is_refused_with_a_reason(
    name: str, value: object
) -> None:
    kind = KINDS[name]
    try:
        stored = kind.coerce(value)
    except BadValue as bad:
        assert str(bad)
        return
    assert not isinstance(stored, float)
    assert stored == kind.read(kind.render(stored))


@given(st.floats())
def test_a_float_is_never_money_a_number_a_date_or_text(value: float) -> None:
    for name, kind in KINDS.items():
        if name != "int":
            with pytest.raises(BadValue):
                kind.coerce(value)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_type_takes_its_sample_and_keeps_it(name: str) -> None:
    kind = KINDS[name]
    text = good_text(kind)
    assert text == kind.render(kind.read(text))


def test_an_enumeration_takes_names_labels_and_full_width_but_no_label_means_two_things() -> None:
    for table, column in COLUMNS:
        kind = TABLES[table].columns()[column]
        assert len(set(kind.choices.values())) == len(kind.choices), (table, column)
        for name, label in kind.choices.items():
            spellings = {
                name,
                label,
                name.upper(),
                name.replace("_", " "),
                name.replace("_", "-"),
                f" {label}\ufeff",
            }
            spellings.add(name.translate({code: code + 0xFEE0 for code in range(0x61, 0x7B)}))
            assert {name} == {kind.read(spelling) for spelling in spellings}, (table, column)


def test_an_account_number_is_kept_without_spaces_and_dashes() -> None:
    kind = KINDS["acct"]
    assert kind.read(" 6222 0200-0000 ００００ ") == "6222020000000000"
    assert {"-"} == {kind.read(text) for text in ("-", "--", "- -", "－")}


def test_letters_of_identifiers_become_capitals() -> None:
    assert KINDS["uscc"].read("91110000600037341l") == "91110000600037341L"
    assert KINDS["idno"].read("11010519491231002ｘ") == "11010519491231002X"


def test_an_identifier_that_fails_its_check_is_kept_and_doubted() -> None:
    doubts = {
        (name, text): kind.doubt(kind.read(text))
        for name, text in (
            ("uscc", "91110000600037341L"), ("uscc", "91110000600037341M"), ("idno", "440524188001010014"),
            ("idno", "440524188001010015"), ("acct", "6222020000000000"), ("acct", "12345"),
        )
        if (kind := KINDS[name]).doubt is not None
    }  # fmt: skip
    assert list(doubts.values()) == [None, "bad_uscc", None, "bad_idno", "bad_card", None]
