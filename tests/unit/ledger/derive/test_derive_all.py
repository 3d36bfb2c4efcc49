from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from xjk.ledger.derive import derive_all
from xjk.ledger.relations import DERIVED
from xjk.ledger.store import Store

Tables = Mapping[str, Sequence[Mapping[str, str]]]
Ledger = Callable[[Tables], AbstractContextManager[Store]]

_TABLES: Tables = {
    "unit": [{"unit_code": "U1", "name": "东阳县财政局", "kind": "administrative"}],
    "voucher_line": [
        {"unit_code": "U1", "fiscal_year": "2024", "account_code": "2307", "summary": "付会议费"}
    ],
    "payment": [{"payee_name": "城关烟酒店", "purpose": "付会议费", "paid_on": "2024-05-01"}],
}


def _content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    names = ("party", "text_tag", "account_role", "standard", "calendar")
    return {
        name: list(
            store.query(f"SELECT {', '.join(column.name for column in DERIVED[name].columns)} FROM {name}")
        )
        for name in names
    }


def test_every_derived_relation_is_filled_and_has_unique_keys(ledger: Ledger) -> None:
    with ledger(_TABLES) as store:
        derive_all(store)

        assert all(_content(store).values())
        assert all(store.index(relation) for relation in DERIVED.values())


def test_an_empty_ledger_derives_standards_only(ledger: Ledger) -> None:
    with ledger({}) as store:
        derive_all(store)
        content = _content(store)

    assert {name for name, rows in content.items() if rows} == {"standard"}


def test_equal_ledgers_give_equal_relations_in_equal_order(ledger: Ledger) -> None:
    with ledger(_TABLES) as one, ledger(_TABLES) as other:
        derive_all(one)
        derive_all(other)

        assert _content(one) == _content(other)


def test_settings_reach_the_standards(ledger: Ledger) -> None:
    with ledger({}) as store:
        derive_all(store, standards={"meeting_daily_max_3": "480.00"})
        rows = list(store.query("SELECT value FROM standard WHERE standard_key = 'meeting_daily_max_3'"))

    assert rows == [(48000,)]
