"""``xjk checklist``: the steps on site, by form and kind of unit."""

from __future__ import annotations

import json

import pytest
from tests.unit.cli.conftest import Run


def test_all_steps_are_listed_form_by_form(xjk: Run) -> None:
    told = xjk("checklist")
    assert told.code == 0
    assert told.out.startswith("现场核查清单")
    assert "\nF1 虚列工程支出\n" in told.out
    assert "□ 突击盘点现金、保险柜和抽屉" in told.out


def test_a_form_gives_its_own_steps_only(xjk: Run) -> None:
    listed = json.loads(xjk("checklist", "--form", "F7", "--format", "json").out)
    assert listed
    assert all("F7" in step["forms"] for step in listed)


def test_a_kind_of_unit_leaves_out_steps_for_others(xjk: Run) -> None:
    ids = [step["id"] for step in json.loads(xjk("checklist", "--kind", "union", "--format", "json").out)]
    assert "union_sources" in ids
    assert "canteen_day" not in ids
    assert "surprise_cash_count" in ids


def test_a_step_of_several_forms_is_printed_once(xjk: Run) -> None:
    assert xjk("checklist").out.count("核实大额物品的入库、领用和实物") == 1


@pytest.mark.parametrize(("option", "word"), [("--form", "F10"), ("--kind", "school")])
def test_an_unknown_form_or_kind_is_refused(xjk: Run, option: str, word: str) -> None:
    told = xjk("checklist", option, word)
    assert told.code == 2
    assert word in told.err
