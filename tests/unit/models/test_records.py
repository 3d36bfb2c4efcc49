"""Rows as models."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.unit.models.samples import COLUMNS, good_row

from xjk.models.record import Record
from xjk.models.tables import TABLES
from xjk.models.tables.invoices import Invoice
from xjk.models.tables.ledgers import VoucherLine

CONTRACT = yaml.safe_load(Path(__file__).with_name("contract.yaml").read_text(encoding="utf-8"))
BLANKS = st.sampled_from(["", " ", "\u3000", "\ufeff", "\u200b\t", "\n"])

LINE = {
    "unit_code": "U1",
    "voucher_no": "记-1",
    "line_no": "2",
    "voucher_date": "2024-03-05",
    "account_code": "1002",
}
INVOICE = {
    "invoice_number": "12345678",
    "issued_on": "2024-03-05",
    "seller_name": "甲公司",
    "total_amount": "1.00",
}


def test_the_models_are_the_contract_table_by_table_and_column_by_column() -> None:
    found = {
        table: {
            name: [
                f"enum({'|'.join(kind.choices)})" if kind.choices else kind.name,
                "key"
                if name in model.key
                else "required"
                if model.model_fields[name].is_required()
                else "optional",
                model.model_fields[name].title,
            ]
            for name, kind in model.columns().items()
        }
        for table, model in TABLES.items()
    }
    assert found == CONTRACT
    assert [(table, list(columns)) for table, columns in CONTRACT.items()] == [
        (table, list(columns)) for table, columns in found.items()
    ]
    assert len(found) == 36


def test_every_column_and_table_explains_itself_in_both_languages() -> None:
    for table, column in COLUMNS:
        model = TABLES[table]
        info = model.model_fields[column]
        assert model.zh
        assert (model.__doc__ or "").strip()
        assert info.title, (table, column)
        assert info.description, (table, column)


def test_the_choices_of_an_enumeration_are_the_literals_of_its_annotation() -> None:
    for table, column in COLUMNS:
        kind, info = TABLES[table].columns()[column], TABLES[table].model_fields[column]
        if not kind.choices:
            continue
        found = info.annotation
        while found is not None and not all(isinstance(item, str) for item in get_args(found)):
            found = next(item for item in get_args(found) if item is not type(None))
        assert list(kind.choices) == list(get_args(found)), (table, column)


def test_no_column_of_any_table_is_a_float() -> None:
    for table, column in COLUMNS:
        annotation = TABLES[table].model_fields[column].annotation
        assert "float" not in repr(annotation), (table, column)
        value = getattr(TABLES[table].model_validate(good_row(table)), column)
        assert isinstance(value, str | int | bool | date | Decimal), (table, column)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_full_row_goes_through_json_unchanged(table: str) -> None:
    row = TABLES[table].model_validate(good_row(table))
    assert row == TABLES[table].model_validate_json(row.model_dump_json())
    assert row == TABLES[table].model_validate(row.model_dump())
    assert (
        row.model_dump_json() == TABLES[table].model_validate(row.model_dump(mode="json")).model_dump_json()
    )


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_row_of_required_columns_alone_is_enough_and_one_less_is_not(table: str) -> None:
    model = TABLES[table]
    row = {name: text for name, text in good_row(table).items() if name in model.required()}
    made = model.model_validate(row)
    assert {*row} <= made.model_fields_set
    for name in row:
        with pytest.raises(ValidationError) as caught:
            model.model_validate({key: text for key, text in row.items() if key != name})
        assert (name,) in [error["loc"] for error in caught.value.errors()]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_rows_are_frozen_and_take_no_further_columns(table: str) -> None:
    row = TABLES[table].model_validate(good_row(table))
    column = next(iter(type(row).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(row, column, "x")
    with pytest.raises(ValidationError, match="extra"):
        TABLES[table].model_validate(good_row(table) | {"remark": "x"})
    assert hash(row) == hash(TABLES[table].model_validate(good_row(table)))


@given(st.sampled_from(COLUMNS), BLANKS)
def test_a_blank_cell_is_as_if_the_column_were_not_there(place: tuple[str, str], blank: str) -> None:
    table, column = place
    model, row = TABLES[table], good_row(table)
    without = {name: text for name, text in row.items() if name != column}

    def outcome(data: dict[str, str]) -> Record | list[str]:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            return [f"{problem['loc']} {problem['type']}" for problem in error.errors()]

    assert outcome(without) == outcome(row | {column: blank})


def test_a_voucher_line_without_them_gets_year_book_and_identifier() -> None:
    line = VoucherLine.model_validate(LINE)
    assert (line.fiscal_year, line.book, line.line_id) == (2024, "financial", "U1/2024-03/记-1/2")
    given_ = VoucherLine.model_validate(LINE | {"fiscal_year": "2023", "book": "预算会计", "line_id": "x"})
    assert (given_.fiscal_year, given_.book, given_.line_id) == (2023, "budget", "x")


@pytest.mark.parametrize(
    ("account", "book"),
    [
        ("1001", "financial"),
        ("5901", "financial"),
        ("6001", "budget"),
        ("８001", "budget"),
        ("9001", None),
        ("x", None),
        ("0", None),
    ],
)
def test_elements_1_to_5_are_financial_and_6_to_8_budget_accounting(account: str, book: str | None) -> None:
    assert book == VoucherLine.model_validate(LINE | {"account_code": account}).book


def test_what_cannot_be_derived_from_a_bad_value_leaves_the_error_with_that_value() -> None:
    with pytest.raises(ValidationError) as caught:
        VoucherLine.model_validate(LINE | {"voucher_date": "2024-02-30"})
    assert {error["loc"]: error["type"] for error in caught.value.errors()} == {
        ("voucher_date",): "no_such_day",
        ("line_id",): "missing",
    }


def test_an_invoice_is_known_by_code_and_number_or_by_its_long_number_alone() -> None:
    assert Invoice.model_validate(INVOICE).invoice_id == "12345678"
    assert Invoice.model_validate(INVOICE | {"invoice_code": "4400143130"}).invoice_id == "440014313012345678"
    assert Invoice.model_validate(INVOICE | {"invoice_id": "x"}).invoice_id == "x"


def test_derived_columns_are_filled_in_json_too() -> None:
    document = (
        '{"invoice_number": "1", "issued_on": "2024-03-05", "seller_name": "甲", "total_amount": "1.00"}'
    )
    assert Invoice.model_validate_json(document).invoice_id == "1"
    with pytest.raises(ValidationError):
        Invoice.model_validate_json(document.replace('"1.00"', '"1.0"'))
