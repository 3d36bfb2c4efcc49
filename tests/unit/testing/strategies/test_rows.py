"""Rows of every table pass their model in every form it reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xjk.models.record import Record
from xjk.models.tables import TABLES
from xjk.testing.strategies import models, records
from xjk.testing.strategies.rows import IN_ORDER, Row

FEW = settings(max_examples=25)


def as_json(model: type[Record], row: Row) -> str:
    types = model.columns()
    written = {
        column: text
        if types[column].json_schema["type"] == "string"
        else types[column].value(types[column].read(text))
        for column, text in row.items()
    }
    return json.dumps(written, ensure_ascii=False)


@pytest.mark.parametrize("table", TABLES)
def test_rows_pass_as_cells_and_as_strict_json_and_say_the_same(table: str) -> None:
    model = TABLES[table]
    seen: set[str] = set()

    @FEW
    @given(records(table))
    def holds(row: Row) -> None:
        seen.update(row)
        from_cells = model.model_validate(row)
        assert model.model_validate_json(as_json(model, row), strict=True) == from_cells
        padded = {column: row.get(column, "") for column in model.model_fields}
        assert model.model_validate(padded) == from_cells
        for first, last in IN_ORDER:
            if first in row and last in row:
                assert getattr(from_cells, first) <= getattr(from_cells, last)

    holds()
    assert seen == set(model.model_fields)


@pytest.mark.parametrize("table", TABLES)
def test_models_of_tables_are_their_rows(table: str) -> None:
    @settings(max_examples=5)
    @given(models(TABLES[table]))
    def holds(row: Record) -> None:
        assert type(row) is TABLES[table]

    holds()


@FEW
@given(
    records(
        "lease", unit_code="U1", ends_on="2024-03-05", tenant_name=st.sampled_from(("甲", "乙")), deposit=None
    )
)
def test_given_columns_are_kept_and_the_others_agree_with_them(row: Row) -> None:
    assert row["unit_code"] == "U1"
    assert row["starts_on"] <= row["ends_on"] == "2024-03-05"
    assert row["tenant_name"] in ("甲", "乙")
    assert "deposit" not in row


@FEW
@given(records("payment", amount="1,234.5", paid_on="2024年3月5日"))
def test_given_values_become_canonical(row: Row) -> None:
    assert (row["amount"], row["paid_on"]) == ("1234.50", "2024-03-05")


@FEW
@given(records("voucher_line"))
def test_columns_that_follow_from_others_do_follow(row: Row) -> None:
    followed = TABLES["voucher_line"].model_validate({**row, "fiscal_year": "", "book": "", "line_id": ""})
    for column in ("fiscal_year", "book", "line_id"):
        given_here = TABLES["voucher_line"].model_validate(row)
        assert getattr(given_here, column) == getattr(followed, column)
