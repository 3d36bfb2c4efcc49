"""Documents of every class that users meet can be drawn, written and read back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from pydantic import BaseModel

import xjk
import xjk.models
from xjk.models import FileCount, Finding, Param, RuleMeta, Validation
from xjk.models.record import Record
from xjk.testing.strategies import models

FIRST = settings(phases=[Phase.generate])
"""Take the first example; the smallest is not needed."""

NOT_DOCUMENTS = {"Ledger", "LedgerView", "Params", "Record"}
"""Handles and a base class: made by the library, never drawn."""

CLASSES = {
    name: found
    for module in (xjk, xjk.models)
    for name in module.__all__
    if isinstance(found := getattr(module, name), type) and name not in NOT_DOCUMENTS
}


@pytest.mark.parametrize("name", [name for name, kind in CLASSES.items() if not issubclass(kind, Record)])
def test_documents_survive_being_written_and_read(name: str) -> None:
    kind: Any = CLASSES[name]

    @settings(max_examples=15)
    @given(models(kind))
    def holds(document: Any) -> None:
        assert type(document) is kind
        if isinstance(document, BaseModel):
            assert kind.model_validate_json(document.model_dump_json()) == document

    holds()


def test_the_classes_are_all_that_is_public() -> None:
    assert {
        "Finding",
        "Hit",
        "Lead",
        "PackInfo",
        "Problem",
        "Rule",
        "RunResult",
        "VoucherLine",
    } <= CLASSES.keys()


@settings(max_examples=40)
@given(models(Validation), models(FileCount), models(RuleMeta))
def test_what_must_agree_agrees(validation: Validation, count: FileCount, meta: RuleMeta) -> None:
    assert sum(validation.counts.values()) == len(validation.problems)
    assert validation.errors + validation.warnings <= len(validation.problems)
    assert count.rows == count.accepted + count.quarantined
    for table, columns in meta.requires.items():
        assert set(columns) <= set(xjk.models.TABLES[table].model_fields)


@settings(max_examples=60)
@given(models(Param))
def test_defaults_of_parameters_lie_within_their_bounds(param: Param) -> None:
    assert param.default is not None
    param.read(param.default)


def test_optional_parts_are_there_and_missing() -> None:
    quick = settings(FIRST, max_examples=200)
    assert find(models(Finding), lambda finding: finding.date_from is None, settings=quick).date_from is None
    assert find(models(Finding), lambda finding: bool(finding.evidence), settings=quick).evidence
