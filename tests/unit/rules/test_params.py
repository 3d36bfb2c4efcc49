from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.rules.samples import a_rule

from xjk.errors import ConfigError, RuleFolderError
from xjk.models.rule import Rule
from xjk.rules.params import is_param_name, resolve

DOC = {"zh": "说明", "en": "Meaning"}
RULE = a_rule(
    params={
        "min_amount": {"type": "money", "default": "1000.00", "min": "1.00", "max": "5000.00", "doc": DOC},
        "share": {"type": "number", "default": "0.3", "doc": DOC},
        "since": {"type": "date", "default": "2024-01-31", "doc": DOC},
        "days": {"type": "int", "default": "3", "doc": DOC},
        "strict": {"type": "bool", "default": "否", "doc": DOC},
        "word": {"type": "text", "default": "礼品", "doc": DOC},
    }
)
DAY = date(2024, 6, 1)


def capped(**param: object) -> Rule:
    return a_rule(params={"cap": {"type": "money", "standard": "cap", "doc": DOC} | param})


def test_values_are_stored_bound_by_suffix_and_shown_in_canonical_form() -> None:
    params = resolve(RULE, as_of=date(1970, 1, 3))
    assert (params.min_amount, params.share, params.days, params.strict, params.word) == (
        100_000,
        300_000,
        3,
        0,
        "礼品",
    )
    assert params.binds == {
        "min_amount_fen": 100_000,
        "share_micro": 300_000,
        "since_day": params.since,
        "days": 3,
        "strict": 0,
        "word": "礼品",
        "as_of_day": 2,
    }
    assert params.shown == {
        "min_amount": "1000.00", "share": "0.3", "since": "2024-01-31", "days": "3", "strict": "0", "word": "礼品",
    }  # fmt: skip


def test_a_ledger_without_dates_has_no_as_of_day() -> None:
    assert resolve(RULE, as_of=None).binds["as_of_day"] is None


def test_params_are_frozen_and_know_only_their_names() -> None:
    params = resolve(RULE, as_of=DAY)
    with pytest.raises(AttributeError):
        params.min_amount = 5  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="no parameter 'minimum'"):
        _ = params.minimum
    with pytest.raises(TypeError):
        params.binds["days"] = 4  # type: ignore[index]
    assert pickle.loads(pickle.dumps(params)).shown == params.shown  # noqa: S301 - our own bytes


def test_the_user_wins_over_the_standard_and_the_standard_over_the_default() -> None:
    rule = capped(default="500")
    known = {"cap": [(70_000, "fen")]}
    assert resolve(rule, as_of=DAY).cap == 50_000
    assert resolve(rule, as_of=DAY, standards=known).cap == 70_000
    assert resolve(rule, as_of=DAY, standards=known, settings={"cap": "800"}).cap == 80_000


def test_without_standard_and_default_the_user_must_set_the_value() -> None:
    with pytest.raises(ConfigError, match="has no value in force on 2024-06-01") as caught:
        resolve(capped(), as_of=DAY)
    assert "Set the parameter cap" in str(caught.value)


@pytest.mark.parametrize("known", [[(3, "count")], [(70_000, "fen"), (80_000, "fen")]])
def test_a_standard_of_another_measure_or_of_several_values_is_the_fault_of_the_rule(
    known: list[tuple[int, str]],
) -> None:
    with pytest.raises(RuleFolderError, match="cannot come from the standard cap"):
        resolve(capped(), as_of=DAY, standards={"cap": known})


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (
            {"min_amout": "5"},
            r'xjk.yaml: rules.ACM101.min_amout: There is no parameter "min_amout". Did you mean "min_amount"',
        ),
        ({"min_amount": "0.99"}, r"min_amount: The value 0.99 is out of bounds. Use 1.00 to 5000.00"),
        ({"min_amount": "5000.01"}, r"out of bounds"),
        ({"min_amount": "much"}, r"It is not an amount"),
        ({"min_amount": 0.5}, r"not exact"),
        ({"days": "1.5"}, r"not a whole number"),
        ({"since": "31.1.2024"}, r"since: It is not a date"),
        ({"strict": "maybe"}, r"not a yes or a no"),
    ],
)
def test_settings_that_cannot_be_used_are_told_with_file_and_key(
    settings: dict[str, object], expected: str
) -> None:
    with pytest.raises(ConfigError, match=expected):
        resolve(RULE, as_of=DAY, settings=settings, where="xjk.yaml: rules.ACM101")


def test_every_bad_setting_is_told_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        resolve(RULE, as_of=DAY, settings={"x": "1", "days": "no", "min_amount": "0"})
    assert len(caught.value.errors) == 3


@given(st.integers(100, 500_000))
def test_every_amount_within_bounds_comes_out_as_it_went_in(fen: int) -> None:
    text = f"{fen // 100}.{fen % 100:02d}"
    params = resolve(RULE, as_of=DAY, settings={"min_amount": text})
    assert (params.min_amount, params.shown["min_amount"]) == (fen, text)


@pytest.mark.parametrize(
    "name", ["binds", "shown", "as_of_day", "as_of", "class", "_x", "A", "a__b", "1a", "a b", ""]
)
def test_names_that_are_taken_or_not_snake_case_are_refused(name: str) -> None:
    assert not is_param_name(name)
