from __future__ import annotations

import inspect
import re
from collections.abc import Callable

import pytest

from xjk import HOOK_API
from xjk.hooks.specs import SPECS
from xjk.models.pack import PackInfo

SECTIONS = ["Called when", "Parameters", "Returns", "Errors", "Since", "Example"]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.__name__)
def test_a_hook_is_documented_in_six_sections(spec: Callable[[], object]) -> None:
    text = inspect.getdoc(spec) or ""
    assert re.findall(r"^([A-Z][a-z]+(?: when)?):", text, re.MULTILINE) == SECTIONS
    assert f"def {spec.__name__}()" in text


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.__name__)
def test_a_hook_receives_nothing(spec: Callable[[], object]) -> None:
    assert not inspect.signature(spec).parameters


def test_packs_are_written_for_this_interface_unless_they_say_otherwise() -> None:
    assert PackInfo.model_fields["hook_api"].default == (HOOK_API,)
