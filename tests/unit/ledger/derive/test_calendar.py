from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from xjk.ledger.derive.calendar import derive_calendar
from xjk.ledger.store import Store

Tables = Mapping[str, Sequence[Mapping[str, str]]]
Ledger = Callable[[Tables], AbstractContextManager[Store]]


def _isos(store: Store) -> list[str]:
    derive_calendar(store)
    return [str(row[0]) for row in store.query("SELECT iso FROM calendar ORDER BY day")]


def test_the_calendar_covers_every_year_between_the_dates_of_all_tables(ledger: Ledger) -> None:
    tables = {
        "payment": [{"paid_on": "2023-03-05"}],
        "contract": [{"signed_on": "2022-12-31", "ends_on": "2024-02-01"}],
    }
    with ledger(tables) as store:
        isos = _isos(store)

    assert (isos[0], isos[-1], len(isos)) == ("2022-01-01", "2024-12-31", 365 + 365 + 366)


def test_days_have_kind_name_and_say_whether_a_notice_covers_them(ledger: Ledger) -> None:
    sql = "SELECT day, iso, kind, name, verified FROM calendar WHERE iso IN (:a, :b, :c, :d) ORDER BY day"
    days = {"a": "2018-01-01", "b": "2024-02-04", "c": "2024-02-10", "d": "2024-03-01"}
    with ledger({"payment": [{"paid_on": "2018-05-01"}, {"paid_on": "2024-05-01"}]}) as store:
        derive_calendar(store)
        rows = list(store.query(sql, days))

    assert rows == [
        (17532, "2018-01-01", "workday", "", 0),
        (19757, "2024-02-04", "makeup", "春节", 1),
        (19763, "2024-02-10", "holiday", "春节", 1),
        (19783, "2024-03-01", "workday", "", 1),
    ]


def test_years_far_away_are_left_out(ledger: Ledger) -> None:
    with ledger({"asset": [{"acquired_on": "1951-05-01"}, {"acquired_on": "1991-01-01"}]}) as store:
        isos = _isos(store)
    assert (isos[0], isos[-1]) == ("1990-01-01", "1991-12-31")

    with ledger({"asset": [{"acquired_on": "1951-05-01"}]}) as store:
        assert _isos(store) == []


def test_a_ledger_without_dates_has_no_calendar(ledger: Ledger) -> None:
    with ledger({"unit": [{"unit_code": "U1"}]}) as store:
        assert _isos(store) == []
