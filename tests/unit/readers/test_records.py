from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xjk.errors import TableError
from xjk.models.tables.treasury import Payment
from xjk.readers import open_source

PAYMENT: dict[str, object] = {
    "payment_id": "P1",
    "unit_code": "U1",
    "paid_on": date(2024, 3, 5),
    "amount": Decimal("10.00"),
    "payee_name": "甲公司",
}


def test_mappings_and_models_become_typed_rows() -> None:
    (raw,) = open_source({"payment": [PAYMENT, Payment.model_validate(PAYMENT | {"purpose": "会议费"})]})
    (batch,) = raw.batches()
    assert raw.typed
    assert {*PAYMENT, "purpose"} == set(raw.columns)
    found = [dict(zip(raw.columns, row, strict=True)) for row in batch.rows]
    assert found == [PAYMENT | {"purpose": None}, PAYMENT | {"purpose": "会议费"}]
    assert list(batch.numbers) == [1, 2]


def test_a_generator_can_be_read_twice() -> None:
    (raw,) = open_source({"payment": (PAYMENT for _ in range(3))})
    for _ in range(2):
        assert sum(len(batch.rows) for batch in raw.batches()) == 3


def test_unknown_names_are_all_reported_with_a_suggestion() -> None:
    with pytest.raises(TableError) as caught:
        open_source({"paymnt": [], "payment": [PAYMENT | {"amout": 1}], "unit": [3]})  # type: ignore[list-item]
    text = caught.value.text("en")
    assert 'did you mean "payment"?' in text
    assert 'did you mean "amount"?' in text
    assert "Record 1 is neither a mapping" in text


def test_no_records_are_a_table_without_rows() -> None:
    (raw,) = open_source({"payment": []})
    assert raw.columns == ()
    assert list(raw.batches()) == []
