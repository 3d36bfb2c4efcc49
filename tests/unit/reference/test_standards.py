"""Dated numeric standards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xjk.errors import YamlError
from xjk.reference.standards import standards, standards_on

KEYS = {entry.key for entry in standards()}


def _one(key: str, iso: str) -> int:
    (entry,) = standards_on(key, date.fromisoformat(iso))
    return entry.stored


def test_every_standard_names_its_source_and_document() -> None:
    for entry in standards():
        assert entry.source
        assert entry.document
        assert entry.verified == (entry.confidence != "L")


def test_the_keys_rules_ask_for_exist() -> None:
    wanted = {f"meeting_daily_max_{grade}" for grade in (1, 2, 3, 4)}
    wanted |= {f"meeting_days_max_{grade}" for grade in (2, 3, 4)}
    wanted |= {f"meeting_people_max_{grade}" for grade in (2, 3, 4)}
    wanted |= {"meeting_staff_pct_max_2", "meeting_staff_pct_max_3"}
    wanted |= {f"training_daily_max_{grade}" for grade in (1, 2, 3)} | {"training_full_days"}
    wanted |= {f"lecture_hour_max_{title}" for title in ("associate", "senior", "academician")}
    wanted |= {"lecture_hours_per_half_day", "expert_day_max_senior", "expert_day_max_other"}
    wanted |= {"expert_academician_factor", "labour_tax_free", "tender_works", "tender_goods"}
    wanted |= {"tender_services", "procurement_open_tender", "procurement_dispersed_goods"}
    wanted |= {"procurement_dispersed_works", "cash_settlement_start", "fine_on_spot_max"}
    wanted |= {"fine_remit_days", "vat_rate", "official_card_min"}
    assert wanted <= KEYS


@pytest.mark.parametrize(
    ("key", "day", "stored"),
    [
        ("meeting_daily_max_1", "2024-01-01", 76_000),
        ("meeting_daily_max_3", "2016-07-01", 55_000),
        ("meeting_daily_max_3", "2016-06-30", 45_000),
        ("training_daily_max_2", "2016-12-31", 45_000),
        ("training_daily_max_2", "2017-01-01", 65_000),
        ("lecture_hour_max_senior", "2017-01-01", 100_000),
        ("expert_academician_factor", "2020-01-01", 1_500_000),
        ("tender_works", "2018-05-31", 200_000_000),
        ("tender_works", "2018-06-01", 400_000_000),
        ("fine_on_spot_max", "2021-07-14", 2_000),
        ("fine_on_spot_max", "2021-07-15", 10_000),
        ("labour_tax_free", "2024-01-01", 80_000),
        ("procurement_open_tender", "2016-12-31", 120_000_000),
        ("procurement_open_tender", "2017-01-01", 200_000_000),
    ],
)
def test_a_standard_changes_on_its_day(key: str, day: str, stored: int) -> None:
    assert _one(key, day) == stored


def test_nothing_is_in_force_before_the_first_document() -> None:
    assert standards_on("lecture_hour_max_senior", date(2016, 12, 31)) == ()
    assert standards_on("meeting_daily_max_1", date(2024, 1, 1), region="CN-11") == ()


@pytest.mark.parametrize(
    ("day", "allowed", "refused"),
    [
        ("2017-06-30", {170_000, 130_000, 110_000, 60_000}, {160_000, 90_000, 10_000}),
        ("2017-07-01", {170_000, 110_000, 60_000}, {130_000, 160_000, 90_000}),
        ("2018-05-01", {160_000, 100_000, 60_000}, {170_000, 110_000, 130_000}),
        ("2019-04-01", {130_000, 90_000, 60_000, 30_000, 0}, {160_000, 100_000, 10_000}),
        ("2020-03-01", {130_000, 90_000, 10_000}, {170_000}),
        ("2026-01-01", {130_000, 90_000, 60_000, 30_000, 0}, {170_000, 160_000, 100_000}),
    ],
)
def test_vat_rates_are_a_set_by_date(day: str, allowed: set[int], refused: set[int]) -> None:
    stored = {entry.stored for entry in standards_on("vat_rate", date.fromisoformat(day))}
    assert allowed <= stored
    assert not refused & stored


@given(st.sampled_from(sorted(KEYS)), st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_a_key_has_one_value_a_day_unless_it_holds_several(key: str, day: date) -> None:
    found = standards_on(key, day)
    stored = [entry.stored for entry in found]
    assert len(set(stored)) == len(stored)
    assert len(found) <= 1 or all(entry.several for entry in found)


ENTRY = """
defaults: {{source: 测试, confidence: M, document: 某文, title: {{zh: 甲, en: A}}}}
standards:
  - {{key: {key}, region: {region}, measure: {measure}, value: "{value}", valid_from: {first}, valid_to: {last}}}
"""


def _pack(folder: Path, **changes: str) -> Path:
    values = {
        "key": "meeting_daily_max_1",
        "region": "CN-32",
        "measure": "fen",
        "value": "500.00",
        "first": "2020-01-01",
        "last": "",
    }
    folder.mkdir()
    (folder / "standards.yaml").write_text(ENTRY.format(**(values | changes)), encoding="utf-8")
    return folder


def test_a_pack_adds_a_standard_of_its_region(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack")
    day = date(2024, 1, 1)
    assert [e.value for e in standards_on("meeting_daily_max_1", day, "CN-32", [folder])] == ["500.00"]
    assert [e.value for e in standards_on("meeting_daily_max_1", day, "CN", [folder])] == ["760.00"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"value": "760.00", "first": "2018-01-01"},
        {"measure": "count", "value": "5", "first": "1990-01-01"},
    ],
)
def test_two_values_on_one_day_are_refused_naming_both_files(tmp_path: Path, changes: dict[str, str]) -> None:
    folder = _pack(tmp_path / "pack", region="CN", **changes)
    with pytest.raises(YamlError) as caught:
        standards([folder])
    said = caught.value.text("en")
    assert "xjk/reference/data/standards.yaml" in said
    assert str(folder) in said


def test_the_same_standard_in_two_files_is_kept_once(tmp_path: Path) -> None:
    folder = _pack(tmp_path / "pack", region="CN", value="760.00", first="2016-07-01")
    found = standards_on("meeting_daily_max_1", date(2024, 1, 1), "CN", [folder])
    assert len(found) == 1


def test_a_period_that_follows_another_is_no_conflict(tmp_path: Path) -> None:
    one = _pack(tmp_path / "one", first="2020-01-01", last="2020-12-31")
    two = _pack(tmp_path / "two", first="2021-01-01", value="600.00")
    values = [e.value for e in standards([one, two]) if e.region == "CN-32"]
    assert values == ["500.00", "600.00"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": "500.001"}, "not a value in fen"),
        ({"value": "1,000"}, "not a value in fen"),
        ({"value": "-1"}, "not a value in fen"),
        ({"value": "1.5", "measure": "count"}, "not a value in count"),
        ({"measure": "yuan"}, "measure"),
        ({"first": "2020-1-1"}, "YYYY-MM-DD"),
        ({"last": "2019-01-01"}, "ends before it begins"),
        ({"key": "Meeting"}, "key"),
    ],
)
def test_a_bad_entry_is_refused_with_its_place(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    folder = _pack(tmp_path / "pack", **changes)
    with pytest.raises(YamlError) as caught:
        standards([folder])
    message = caught.value.text("en")
    assert said in message
    assert "standards[1]" in message
