"""However the rules are written, they find the same in the same files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from by_hand import duckdb_sql, library, pandas_frames, polars_lazy, row_predicates, sqlite_sql
from by_hand.parameters import ROW_RULES, Hit, Parameters, parameters
from by_hand.tables import tables_of
from data import FORMATS, district, only

Find = Callable[[Path, Parameters], list[Hit]]

LINES = 40_000
RULES = parameters()

WRITTEN_FOR_BOTH_FORMATS: tuple[Find, ...] = (duckdb_sql.find, polars_lazy.find, pandas_frames.find)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("district")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XJK_BENCH_DATA", str(place))
        made = district(LINES)
    return {name: only(made[name], {*tables_of(RULES), "unit"}, place / f"given-{name}") for name in FORMATS}


@pytest.fixture(scope="module")
def expected(folders: dict[str, Path]) -> list[Hit]:
    return sorted(library.find(folders["csv"], RULES, "sqlite"))


def test_every_rule_finds_something_to_compare(expected: list[Hit]) -> None:
    assert {code for code, _, _, _ in expected} == set(RULES)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "find", WRITTEN_FOR_BOTH_FORMATS, ids=lambda find: find.__module__.rpartition(".")[2]
)
def test_what_is_written_with_a_data_library_finds_the_same(
    find: Find, name: str, folders: dict[str, Path], expected: list[Hit]
) -> None:
    assert sorted(find(folders[name], RULES)) == expected


def test_what_is_written_for_sqlite_finds_the_same(folders: dict[str, Path], expected: list[Hit]) -> None:
    assert sorted(sqlite_sql.find(folders["csv"], RULES)) == expected


def test_row_predicates_find_the_same(folders: dict[str, Path], expected: list[Hit]) -> None:
    rules = {code: RULES[code] for code in ROW_RULES}
    assert sorted(row_predicates.find(folders["csv"], rules)) == [hit for hit in expected if hit[0] in rules]


def test_duckdb_and_parquet_give_the_library_the_same(folders: dict[str, Path], expected: list[Hit]) -> None:
    assert sorted(library.find(folders["parquet"], RULES, "duckdb")) == expected


OTHER_PARAMETERS = """
rules:
  EXA101: {min_amount: "2000.00", round_to: "500.00"}
  XJK301: {min_excess: "9000.00", travel_days: "1", staff_besides: "1"}
  XJK302: {min_missing: "12", min_missing_pct: "35", min_excess: "5000.00", travel_days: "1"}
  XJK306: {near_pct: "95", min_in_month: "2", min_in_window: "4", window_days: "200", min_total: "6370.00"}
  XJK307: {min_people: "4"}
  XJK308: {min_total: "6350.00", include_lectures: "1"}
  XJK701: {min_excess: "17000.00"}
  XJK703: {min_amount: "0.01", min_days_before: "300", min_days_after: "300"}
  XJK706: {min_amount: "2000.00"}
  XJK711: {min_days: "85", min_amount: "1500.00"}
  XJK712: {transition_days: "365", min_difference: "6.00", min_amount: "900.00"}
  XJK713: {limit_amount: "5000.00", near_pct: "60", within_days: "25", min_invoices: "2", after_contract_days: "90"}
"""


def test_with_other_parameters_all_find_the_same_and_each_rule_something_else(
    folders: dict[str, Path], expected: list[Hit], tmp_path: Path
) -> None:
    config = tmp_path / "xjk.yaml"
    config.write_text(OTHER_PARAMETERS, encoding="utf-8")
    rules = parameters(config)
    hits = sorted(library.find(folders["csv"], rules, "duckdb", config))
    for find in (*WRITTEN_FOR_BOTH_FORMATS, sqlite_sql.find):
        assert sorted(find(folders["csv"], rules)) == hits
    row_hits = [hit for hit in hits if hit[0] in ROW_RULES]
    assert sorted(row_predicates.find(folders["csv"], rules)) == row_hits
    assert _unchanged(hits, expected) == []


def _unchanged(hits: list[Hit], others: list[Hit]) -> list[str]:
    """Return the rules that find the same in both lists."""
    return [
        code
        for code in RULES
        if [hit for hit in hits if hit[0] == code] == [hit for hit in others if hit[0] == code]
    ]
