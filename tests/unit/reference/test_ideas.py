"""The detection ideas and the steps on site."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjk.errors import YamlError
from xjk.models.tables.units import Unit
from xjk.reference.forms import forms
from xjk.reference.ideas import ideas, onsite_steps


def test_there_are_116_ideas_numbered_without_a_gap() -> None:
    assert [idea.number for idea in ideas()] == [str(number) for number in range(1, 117)]


def test_ideas_and_steps_belong_to_known_forms() -> None:
    known = {form.id for form in forms()}
    assert {form for idea in ideas() for form in idea.forms} == known
    assert {form for step in onsite_steps() for form in step.forms} == known


def test_every_idea_no_table_shows_has_a_step_and_no_step_replaces_another_idea() -> None:
    assert {number for step in onsite_steps() for number in step.ideas} == {
        idea.number for idea in ideas() if idea.no_table is not None
    }


def test_every_form_has_steps_of_its_own() -> None:
    for form in forms():
        assert sum(form.id in step.forms for step in onsite_steps()) >= 2


def test_steps_name_kinds_of_unit_that_exist() -> None:
    kinds = set(Unit.columns()["kind"].choices)
    assert {kind for step in onsite_steps() for kind in step.kinds} <= kinds


def test_a_pack_adds_a_step_and_cannot_change_one(tmp_path: Path) -> None:
    text = """
steps:
  - {id: %s, forms: [F2], title: {zh: 看窗口, en: Look}, how: {zh: 看, en: Look}, source: 本地, confidence: M}
"""
    (tmp_path / "onsite_steps.yaml").write_text(text % "local_counter", encoding="utf-8")
    assert onsite_steps([tmp_path])[-1].id == "local_counter"
    (tmp_path / "onsite_steps.yaml").write_text(text % "counter_watch", encoding="utf-8")
    with pytest.raises(YamlError, match="counter_watch"):
        onsite_steps([tmp_path])
