"""The call itself: its result, its files, its bounds."""

from __future__ import annotations

import builtins
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import xjk
from xjk.errors import ExtraMissingError, UserError
from xjk.models.tables import TABLES
from xjk.testing.simulation.arguments import line_bounds
from xjk.testing.simulation.simulate import District, simulate

_HASHES = """
import sys
from pathlib import Path
from xjk.testing.simulation.simulate import simulate
simulate(Path(sys.argv[1]) / "data", units=21, lines=20_000)
"""


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.*"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_same_arguments_give_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", _HASHES, str(tmp_path / seed)], check=True, env={"PYTHONHASHSEED": seed}
        )
    assert _digests(tmp_path / "1") == _digests(tmp_path / "2")


def test_another_seed_gives_another_district(tmp_path: Path) -> None:
    simulate(tmp_path / "a" / "data", units=2, schemes=())
    simulate(tmp_path / "b" / "data", units=2, schemes=(), seed=7)
    assert _digests(tmp_path / "a")["person.csv"] != _digests(tmp_path / "b")["person.csv"]


def test_every_table_of_the_contract_is_written_with_its_rows_counted(honest: District) -> None:
    assert set(honest.counts) == set(TABLES)
    for table, count in honest.counts.items():
        lines = (honest.folder / f"{table}.csv").read_text("utf-8").splitlines()
        assert len(lines) - 1 == count, table


def test_the_columns_are_those_of_the_contract(honest: District) -> None:
    for table, model in TABLES.items():
        head = (honest.folder / f"{table}.csv").read_text("utf-8").split("\n", 1)[0]
        assert set(head.split(",")) == set(model.columns()), table


@pytest.mark.parametrize(
    ("units", "years", "lines"), [(18, 2, 30_000), (3, 1, 5_000), (20, 1, 50_000), (40, 2, 100_000)]
)
def test_the_wanted_number_of_voucher_lines_is_reached(
    tmp_path: Path, units: int, years: int, lines: int
) -> None:
    made = simulate(tmp_path / "data", units=units, years=years, lines=lines)
    assert abs(made.counts["voucher_line"] - lines) <= lines * 3 // 100


@pytest.mark.parametrize(("units", "years"), [(1, 1), (3, 2), (9, 1), (18, 2), (18, 1), (36, 1)])
def test_the_natural_size_lies_within_the_bounds_for_lines(tmp_path: Path, units: int, years: int) -> None:
    made = simulate(tmp_path / "data", units=units, years=years)
    assert made.counts["voucher_line"] <= line_bounds(units, years)[0]


@pytest.mark.parametrize("units", [1, 2, 3, 5, 7, 11, 17, 19])
def test_a_district_of_a_few_units_loads_without_a_problem(tmp_path: Path, units: int) -> None:
    made = simulate(tmp_path / "data", units=units, years=1, schemes=())
    told = xjk.validate(made.folder)
    assert (made.counts["unit"], told.errors, told.warnings) == (units, 0, 0), told.problems[:3]


@pytest.mark.parametrize(("first_year", "years"), [(2021, 1), (2023, 3), (2033, 2)])
def test_any_span_of_years_loads_without_a_problem(tmp_path: Path, first_year: int, years: int) -> None:
    made = simulate(tmp_path / "data", units=18, years=years, first_year=first_year, schemes=())
    told = xjk.validate(made.folder)
    assert (told.errors, told.warnings) == (0, 0), told.problems[:3]
    dates = (made.folder / "voucher_line.csv").read_text("utf-8")
    assert f",{first_year},{first_year}-0001," in dates
    assert f",{first_year + years - 1}-12-31," in dates
    assert f",{first_year + years}-01" not in dates


def test_the_result_names_planted_and_honest_units(tmp_path: Path) -> None:
    made = simulate(tmp_path / "data", schemes=["F3-1", "F7"])
    truth = yaml.safe_load(made.truth.read_text("utf-8"))
    told = [(entry["id"], entry["unit_code"]) for entry in truth["schemes"]]
    assert told == [(plant.id, plant.unit_code) for plant in made.plants]
    assert {plant.form for plant in made.plants} == {"F3", "F7"}
    assert {plant.unit_code for plant in made.plants} <= set(made.planted_units)
    assert "202001" in made.planted_units  # claims the invoice of F7-1 a second time
    assert len(made.planted_units) + len(made.honest_units) == 18


def test_a_further_block_carries_a_scheme_mentioned_again(tmp_path: Path) -> None:
    made = simulate(tmp_path / "data", units=36, schemes=["F3-1", "F3-1"])
    assert [plant.unit_code for plant in made.plants] == ["101201001", "201001"]


def test_evidence_of_planted_schemes_exists(tmp_path: Path) -> None:
    made = simulate(tmp_path / "data", units=36)
    truth = yaml.safe_load(made.truth.read_text("utf-8"))
    with xjk.load(made.folder) as ledger:
        keys = {
            table: {
                str(row[f"{table}_key"])
                for row in ledger.session().query(f"SELECT {table}_key FROM {table}").dicts()
            }
            for table in {name.split(":", 1)[0] for entry in truth["schemes"] for name in entry["evidence"]}
        }
    named = [(entry["id"], *name.split(":", 1)) for entry in truth["schemes"] for name in entry["evidence"]]
    missing = [(scheme, table, key) for scheme, table, key in named if key not in keys[table]]
    assert missing == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"units": 0}, "units=0"),
        ({"units": 1801}, "from 1 to 1800"),
        ({"units": True}, "units=True"),
        ({"years": 0}, "years=0"),
        ({"years": 11}, "from 1 to 10"),
        ({"first_year": 1999}, "first_year=1999"),
        ({"seed": -1}, "seed=-1"),
        ({"format": "xlsx"}, "'xlsx'"),
        ({"lines": 500}, "lines=500"),
        ({"lines": 10**9}, "for 18 units and 2 years"),
        ({"schemes": ["F3-99"]}, 'no scheme "F3-99"'),
        ({"schemes": ["F3-1", "F3-1"]}, "F3-1 is mentioned 2 times"),
        ({"schemes": ["F8-2"], "units": 1}, "F8-2"),
    ],
)
def test_bad_arguments_are_refused_by_name(tmp_path: Path, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(UserError) as caught:
        simulate(tmp_path / "data", **arguments)
    assert told in caught.value.text("en")
    assert caught.value.hint_zh
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    with pytest.raises(UserError, match="is a file"):
        simulate(tmp_path / "data", units=1, schemes=())
    assert (tmp_path / "data").read_text() == "mine"


def test_a_folder_with_tables_in_the_other_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "unit.parquet").write_bytes(b"")
    with pytest.raises(UserError, match=r"unit\.parquet"):
        simulate(tmp_path / "data", units=1, schemes=())


def test_nothing_appears_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("xjk.testing.simulation.simulate.truth_text", fail)
    with pytest.raises(OSError, match="disk full"):
        simulate(tmp_path / "data", units=1, schemes=())
    assert list(tmp_path.iterdir()) == []


def test_parquet_holds_what_csv_holds(tmp_path: Path) -> None:
    arguments: dict[str, Any] = {"units": 3, "years": 1, "lines": 4_000}
    csv = simulate(tmp_path / "csv" / "data", **arguments)
    parquet = simulate(tmp_path / "parquet" / "data", format="parquet", **arguments)
    assert csv.counts == parquet.counts
    assert csv.truth.read_bytes() == parquet.truth.read_bytes()
    assert {file.suffix for file in parquet.folder.iterdir()} == {".parquet"}
    with xjk.load(csv.folder) as one, xjk.load(parquet.folder) as other:
        assert one.data_hash == other.data_hash


def test_parquet_without_pyarrow_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return ordinary(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissingError, match="parquet"):
        simulate(tmp_path / "data", units=1, schemes=(), format="parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("seed", "first_year"), [(5, 2021), (6, 2027)])
def test_rules_speak_only_of_units_with_a_scheme(tmp_path: Path, seed: int, first_year: int) -> None:
    made = simulate(tmp_path / "data", units=20, seed=seed, first_year=first_year, lines=20_000)
    with xjk.load(made.folder) as ledger:
        told = ledger.validation()
        spoken = {finding.unit_code for finding in xjk.check(ledger, preview=True).findings}
    assert (told.errors, told.warnings) == (0, 0), told.problems[:3]
    assert spoken
    assert spoken <= set(made.planted_units)
