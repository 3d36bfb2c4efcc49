"""The values of a parameter that are compared: rising, in bounds, and around the one in force."""

from __future__ import annotations

import pytest

from xjk.models.rule import PARAM_COLUMNS, Param, ParamType
from xjk.models.words import Words
from xjk.testing.contract.checks.parameters import ladder

DOC = Words(zh="说明", en="meaning")


@pytest.mark.parametrize(
    ("kind", "low", "high", "current", "wanted"),
    [
        ("int", "0", "100", "6", ("0", "3", "5", "6", "7", "12", "100")),
        ("int", "2", "31", "3", ("2", "3", "4", "6", "31")),
        ("int", None, None, "3", ("1", "2", "3", "4", "6")),
        ("int", None, None, "-4", ("-8", "-5", "-4", "-3", "-2")),
        ("int", "5", "5", "5", ("5",)),
        ("money", "0.01", "1000000.00", "1.00", ("0.01", "0.50", "0.99", "1.00", "1.01", "2.00", "1000000.00")),
        ("date", "2024-01-01", None, "2024-01-01", ("2024-01-01", "2024-01-02", "2077-12-31")),
        ("text", None, None, "x", ()),
        ("bool", None, None, "1", ()),
        ("int", "0", "9", "", ()),
    ],
)  # fmt: skip
def test_a_ladder_rises_from_bound_to_bound_around_the_current_value(
    kind: ParamType, low: str | None, high: str | None, current: str, wanted: tuple[str, ...]
) -> None:
    param = Param(type=kind, doc=DOC, default=current, min=low, max=high) if current else None
    param = param or Param(type="int", doc=DOC, standard="some.standard", min=low, max=high)
    assert wanted == ladder(param, current)


def test_a_value_out_of_bounds_still_gives_values_within() -> None:
    param = Param(type="int", doc=DOC, default="5", min="0", max="10")
    steps = ladder(param, "40")
    assert steps == ("0", "10")


@pytest.mark.parametrize("kind", ["int", "money", "number", "date"])
def test_every_step_is_a_value_the_parameter_takes(kind: ParamType) -> None:
    low, current, high = {
        "int": ("1", "7", "9"),
        "money": ("0.01", "7.00", "9.00"),
        "number": ("0.1", "0.5", "0.9"),
        "date": ("2024-01-01", "2024-06-01", "2024-12-31"),
    }[kind]
    param = Param(type=kind, doc=DOC, default=current, min=low, max=high)
    steps = ladder(param, current)
    stored = [int(param.read(text)) for text in steps]
    assert stored == sorted(set(stored))
    assert {low, current, high} <= set(steps)
    assert PARAM_COLUMNS[param.type][0].render(stored[0]) == steps[0]
