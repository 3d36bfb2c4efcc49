from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from xjk.errors import ConfigError
from xjk.ledger.derive.standard import FIRST_DAY, LAST_DAY, derive_standard
from xjk.ledger.store import Store
from xjk.models.dates import EPOCH

Tables = Mapping[str, Sequence[Mapping[str, str]]]
Ledger = Callable[[Tables], AbstractContextManager[Store]]
_KEY = "meeting_daily_max_3"


def _rows(store: Store, key: str = _KEY) -> list[tuple[object, ...]]:
    sql = (
        "SELECT region, valid_from_day, valid_to_day, value, measure FROM standard WHERE standard_key = :key "
        "ORDER BY valid_from_day, value"
    )
    return list(store.query(sql, {"key": key}))


def _day(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


def _folder(folder: Path, *entries: str) -> list[Path]:
    listed = "".join(
        f"  - {{key: {_KEY}, measure: fen, title: {{zh: 会议, en: Meeting}}, document: 本地, source: 本地, confidence: M, {entry}}}\n"
        for entry in entries
    )
    (folder / "standards.yaml").write_text(f"standards:\n{listed}", encoding="utf-8")
    return [folder]


def test_an_open_end_is_the_last_day_of_the_year_9999(ledger: Ledger) -> None:
    with ledger({}) as store:
        derive_standard(store)
        rows = _rows(store)

    assert LAST_DAY == 2932896
    assert rows == [
        ("CN", _day("2014-01-01"), _day("2016-06-30"), 45000, "fen"),
        ("CN", _day("2016-07-01"), LAST_DAY, 55000, "fen"),
    ]


def test_a_nearer_region_speaks_first_on_its_days_and_the_wider_one_on_the_rest(
    ledger: Ledger, tmp_path: Path
) -> None:
    folders = _folder(
        tmp_path,
        'region: CN-41, value: "400.00", valid_from: 2016-01-01, valid_to: 2017-12-31',
        'region: CN-41-02, value: "300.00", valid_from: 2017-01-01, valid_to: 2017-06-30',
        'region: CN-33, value: "999.00", valid_from: 2000-01-01, valid_to: ',
    )
    with ledger({}) as store:
        derive_standard(store, data_folders=folders, region="CN-41-02")
        rows = [row[:4] for row in _rows(store)]

    assert rows == [
        ("CN", _day("2014-01-01"), _day("2015-12-31"), 45000),
        ("CN-41", _day("2016-01-01"), _day("2016-12-31"), 40000),
        ("CN-41-02", _day("2017-01-01"), _day("2017-06-30"), 30000),
        ("CN-41", _day("2017-07-01"), _day("2017-12-31"), 40000),
        ("CN", _day("2018-01-01"), LAST_DAY, 55000),
    ]


def test_no_day_has_two_values_of_a_standard_that_holds_one(ledger: Ledger) -> None:
    sql = (
        "SELECT a.standard_key FROM standard a JOIN standard b ON a.standard_key = b.standard_key "
        "AND a.value < b.value AND a.valid_from_day <= b.valid_to_day AND b.valid_from_day <= a.valid_to_day"
    )
    with ledger({}) as store:
        derive_standard(store)
        twice = {row[0] for row in store.query(sql)}

    assert twice <= {"vat_rate", "vat_levy_rate"}


def test_the_configuration_sets_one_value_for_all_days(ledger: Ledger) -> None:
    with ledger({}) as store:
        derive_standard(store, overrides={_KEY: "480.5", "training_full_days": "15"})
        meeting, training = _rows(store), _rows(store, "training_full_days")

    assert meeting == [("override", FIRST_DAY, LAST_DAY, 48050, "fen")]
    assert training == [("override", FIRST_DAY, LAST_DAY, 15, "day")]


def test_every_wrong_setting_is_told_at_once(ledger: Ledger) -> None:
    with ledger({}) as store, pytest.raises(ConfigError) as caught:
        derive_standard(store, overrides={"meeting_daly_max": "1.00", _KEY: "four hundred"})

    assert len(caught.value.errors) == 2
    with ledger({}) as store, pytest.raises(ConfigError, match="meeting_daly_max"):
        derive_standard(store, overrides={"meeting_daly_max": "1.00"})
