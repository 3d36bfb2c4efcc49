"""Values are canonical text of their column, hold the characters that break things, and refuse bad bounds at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xjk.errors import UserError
from xjk.models.columns import ColumnType
from xjk.models.identifiers import is_bank_card, is_citizen_number, is_uscc
from xjk.models.tables import TABLES
from xjk.testing import strategies
from xjk.testing.strategies.alphabets import ASTRAL, COMBINING

KINDS = {kind.name: kind for model in TABLES.values() for kind in model.columns().values()}
OUT_OF_BOUNDS: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: strategies.codes(min_size=0), "min_size", "1 to 200"),
    (lambda: strategies.codes(min_size=5, max_size=4), "max_size", "5 to 200"),
    (lambda: strategies.texts(max_size=4001), "max_size", "1 to 4000"),
    (lambda: strategies.texts(max_size=True), "max_size", "True"),
    (lambda: strategies.money(min_value="10000000000000.00"), "min_value", "9999999999999.99"),
    (lambda: strategies.money(min_value="2.00", max_value="1.00"), "max_value", "2.00"),
    (lambda: strategies.money(min_value=Decimal("0.001")), "min_value", "fractions of a fen"),
    (lambda: strategies.money(min_value=0.5), "min_value", "float"),  # type: ignore[arg-type]
    (lambda: strategies.numbers(max_value="1e3"), "max_value", "1e3"),
    (lambda: strategies.integers(max_value=10**18), "max_value", "999999999999999999"),
    (lambda: strategies.days(min_value="1899-12-31"), "min_value", "1899-12-31"),
    (lambda: strategies.days(min_value="2024-05-01", max_value="2024-04-30"), "max_value", "2024-05-01"),
    (lambda: strategies.credit_codes(max_number=10**8), "max_number", "99999999"),
    (lambda: strategies.citizen_numbers(max_born="1930-01-01"), "max_born", "1950-01-01"),
    (lambda: strategies.bank_cards(max_number=-1), "max_number", "-1"),
    (lambda: strategies.accounts(max_size=0), "max_size", "1 to 200"),
    (lambda: strategies.phones(max_number=-1), "max_number", "-1"),
    (lambda: strategies.unit_codes(count=14), "count", "1 to 13"),
    (lambda: strategies.people(count=0), "count", "1 to 10000"),
    (lambda: strategies.companies(count=10**6), "count", "1 to 10000"),
    (lambda: strategies.values("money"), "money", "ColumnType"),  # type: ignore[arg-type]
    (lambda: strategies.records("paymnt"), "paymnt", "payment"),
    (lambda: strategies.records("payment", amunt="1.00"), "amunt", "amount"),
    (lambda: strategies.records("payment", amount="x"), "amount", "not an amount"),
    (lambda: strategies.records("payment", amount=None), "amount", "required"),
    (lambda: strategies.models(int), "int", "model"),
    (lambda: strategies.ledgers(("payment", "unti")), "unti", "unit"),
    (lambda: strategies.ledgers(()), "tables", "one table"),
    (lambda: strategies.ledgers("unit"), "tables", "one table"),
    (lambda: strategies.ledgers(units=0), "units", "1 to 100"),
    (lambda: strategies.ledgers(max_rows=1001), "max_rows", "1 to 1000"),
    (lambda: strategies.honest_ledgers(units=21), "units", "1 to 20"),
    (lambda: strategies.honest_ledgers(months=12), "months", "1 to 11"),
    (lambda: strategies.honest_ledgers(year=2018), "year", "2019"),
]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_values_are_canonical_and_deserve_no_warning(kind: ColumnType) -> None:
    @settings(max_examples=100)
    @given(strategies.values(kind))
    def holds(text: str) -> None:
        stored = kind.read(text)
        assert kind.render(stored) == text
        assert kind.doubt is None or kind.doubt(stored) is None

    holds()


@settings(max_examples=50)
@given(strategies.credit_codes(), strategies.citizen_numbers(), strategies.bank_cards())
def test_check_digits_are_right(uscc: str, id_no: str, card: str) -> None:
    assert is_uscc(uscc)
    assert is_citizen_number(id_no)
    assert is_bank_card(card)


@settings(max_examples=50)
@given(
    strategies.money(min_value="-0.02", max_value="0.02"),
    strategies.days(min_value="2024-02-28", max_value="2024-03-01"),
    strategies.codes(min_size=3, max_size=4),
    strategies.texts(min_size=1, max_size=1),
)
def test_bounds_are_kept(amount: str, day: str, code: str, text: str) -> None:
    assert Decimal("-0.02") <= Decimal(amount) <= Decimal("0.02")
    assert "2024-02-28" <= day <= "2024-03-01"
    assert 3 <= len(code) <= 4
    assert len(text) == 1


def test_the_characters_that_break_things_occur() -> None:
    drawn: dict[str, set[str]] = {"code": set(), "text": set()}

    @settings(max_examples=400)
    @given(strategies.codes(), strategies.texts())
    def collect(code: str, text: str) -> None:
        drawn["code"] |= set(code)
        drawn["text"] |= set(text)

    collect()
    for found in drawn.values():
        assert set(",|'%_\"") | set(ASTRAL) | {COMBINING, "0", "1", "9", "中", "甲", " "} <= found
    assert set("Ａ１，％＿｜\u3000\n") <= drawn["text"]
    assert not set("Ａ１，％＿｜\u3000\n") & drawn["code"]


def test_different_people_share_a_name() -> None:
    seen: dict[str, set[str]] = {}

    @settings(max_examples=100)
    @given(st.lists(strategies.people(), min_size=2, max_size=4))
    def collect(several: list[Any]) -> None:
        for someone in several:
            seen.setdefault(someone.name, set()).add(someone.id_no)

    collect()
    assert len(seen) > 2
    assert all(len(numbers) == 2 for numbers in seen.values())


@pytest.mark.parametrize(("call", "name", "told"), OUT_OF_BOUNDS)
def test_an_argument_out_of_bounds_is_refused_when_the_strategy_is_made(
    call: Callable[[], Any], name: str, told: str
) -> None:
    with pytest.raises(UserError) as raised:
        call()
    for lang in ("zh", "en"):
        assert name in raised.value.text(lang)
    assert told in raised.value.text("en")
    assert raised.value.hint_zh
    assert raised.value.hint_en
