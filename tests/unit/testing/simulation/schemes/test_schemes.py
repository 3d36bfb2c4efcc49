"""Schemes: enough for every form, planted in any unit that can carry them, true to what is recorded."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from xjk.models.tables import TABLES
from xjk.runner.check import check
from xjk.runner.load import load
from xjk.testing.scoring import PlantedScheme, Score, Truth, read_truth, score
from xjk.testing.simulation.base.output import Output, truth_entries, truth_text
from xjk.testing.simulation.base.world import Unit, Voucher, World
from xjk.testing.simulation.blocks import Plan, begin, casts, finish
from xjk.testing.simulation.schemes import SCHEMES

FORMS = [f"F{number}" for number in range(1, 10)]
Choice = Callable[[list[Unit]], Unit]
"""Which of the units that can carry a scheme does."""


def block(
    number: int = 0, *, seed: int = 2024, units: int = 18, years: int = 2, first_year: int = 2024
) -> World:
    return begin(Plan(seed, first_year, years), number, casts(units)[0])


def plant_all(world: World, choose: Choice) -> None:
    for scheme in SCHEMES:
        hosts = scheme.hosts(world)
        if hosts:
            scheme.plant(world, choose(list(hosts)))


def first(hosts: list[Unit]) -> Unit:
    return hosts[0]


def last(hosts: list[Unit]) -> Unit:
    return hosts[-1]


def any_of(seed: int) -> Choice:
    return partial(random.Random(seed).choice)  # noqa: S311 - no secret is drawn


def published(world: World, folder: Path) -> Truth:
    """Close the books, write them into a folder, and read what was planted."""
    folder.mkdir()
    with Output(folder) as output:
        finish(world, output, 0)
    truth = folder.parent / "truth.yaml"
    truth.write_text(truth_text(world.seed, truth_entries(world)), "utf-8")
    return read_truth(truth)


@pytest.fixture(scope="module", params=["default", "last", "any"])
def district(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """Write a block with every scheme in its default unit, in the last that can carry it, or in any."""
    choose: Mapping[str, Choice] = {"default": first, "last": last, "any": any_of(7)}
    world = block()
    plant_all(world, choose[request.param])
    folder = tmp_path_factory.mktemp(request.param) / "data"
    return folder, published(world, folder)


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_form_has_at_least_four_schemes() -> None:
    counts = Counter(scheme.form for scheme in SCHEMES)
    assert sorted(counts) == FORMS
    assert {form: count for form, count in counts.items() if count < 4} == {}


def test_a_scheme_is_named_by_its_form_and_a_number_of_its_own() -> None:
    assert [scheme.id for scheme in SCHEMES if not re.fullmatch(rf"{scheme.form}-[1-9]\d*", scheme.id)] == []
    assert len({scheme.id for scheme in SCHEMES}) == len(SCHEMES)
    assert len({scheme.title for scheme in SCHEMES}) == len(SCHEMES)


@pytest.mark.parametrize("number", [0, 3])
def test_every_scheme_fits_a_whole_block_and_its_default_unit_comes_first(number: int) -> None:
    world = block(number)
    firsts = {scheme.id: [unit.code for unit in scheme.hosts(world)][:1] for scheme in SCHEMES}
    assert firsts == {scheme.id: [world.code(scheme.default)] for scheme in SCHEMES}


def test_schemes_planted_in_other_units_are_recorded_and_their_vouchers_balance() -> None:
    world = block(2, seed=5)
    for scheme in SCHEMES:
        unit, first_voucher = scheme.hosts(world)[-1], len(world.vouchers)
        scheme.plant(world, unit)
        record, made = world.truth[-1], world.vouchers[first_voucher:]
        assert (record["id"], record["form"], record["unit"]) == (scheme.id, scheme.form, unit)
        assert record["amount"] > 0 or scheme.id == "F4-4"  # what a guest pays for a house is not known
        assert record["evidence"]
        assert [(scheme.id, voucher.summary) for voucher in made if not balances(voucher)] == []
        assert [(scheme.id, voucher.day) for voucher in made if not world.covers(voucher.day)] == []
    assert len(world.truth) == len(SCHEMES)


def balances(voucher: Voucher) -> bool:
    sums: dict[str, int] = defaultdict(int)
    for line in voucher.lines:
        sums[line["book"]] += line["debit"] - line["credit"]
    return not any(sums.values())


def test_every_row_of_the_truth_is_in_the_data(district: tuple[Path, Truth]) -> None:
    folder, truth = district
    named = {row.table for scheme in truth.schemes for row in scheme.evidence}
    keys = {
        (table, "|".join(row[column] for column in TABLES[table].key))
        for table in named
        for row in rows(folder, table)
    }
    missing = {s.id: [r for r in s.evidence if (r.table, r.key) not in keys] for s in truth.schemes}
    assert {scheme: gone for scheme, gone in missing.items() if gone} == {}
    assert {scheme.id for scheme in truth.schemes} == {scheme.id for scheme in SCHEMES}


def test_planted_books_load_without_a_problem(district: tuple[Path, Truth]) -> None:
    folder, _ = district
    with load(folder) as ledger:
        validation = ledger.validation()
    assert dict(validation.counts) == {}
    assert validation.rows == validation.accepted > 0


def test_statements_of_booked_accounts_end_where_the_books_do(district: tuple[Path, Truth]) -> None:
    folder, _ = district
    ends: dict[str, Decimal] = {}
    for row in rows(folder, "bank_transaction"):
        ends[row["account_no"]] = Decimal(row["balance"])
    closing = {
        (row["unit_code"], row["account_code"]): Decimal(row["closing"])
        for row in rows(folder, "account_balance")
        if (row["fiscal_year"], row["period"]) == ("2025", "12")
    }
    booked = [row for row in rows(folder, "bank_account") if row["in_books"] == "1"]
    compared = {
        row["account_no"]: (ends[row["account_no"]], closing[row["unit_code"], row["account_code"]])
        for row in booked
        if row["account_no"] in ends
    }
    assert len(compared) >= 18
    assert {number: pair for number, pair in compared.items() if pair[0] != pair[1]} == {}


def test_findings_are_of_units_with_schemes_and_nearly_all_of_planted_rows(
    district: tuple[Path, Truth],
) -> None:
    # Money a scheme moves through a canteen or a cash box also shows in totals of that unit.
    scored = scored_district(*district)
    assert sum(severity.on_honest for severity in scored.severities) == 0
    assert scored.precision.part * 10 >= scored.precision.whole * 9 > 0


def scored_district(folder: Path, truth: Truth) -> Score:
    with load(folder) as ledger:
        return score(check(ledger, unmask=True), truth)


def test_payroll_agrees_with_the_wages_paid_where_wages_are_invented(tmp_path: Path) -> None:
    world = block()
    for scheme in SCHEMES:
        if scheme.id in ("F6-4", "F6-5"):
            scheme.plant(world, scheme.hosts(world)[0])
    folder = tmp_path / "data"
    truth = published(world, folder)
    units = {scheme.unit_code for scheme in truth.schemes}
    paid: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows(folder, "payment"):
        if row["unit_code"] in units and row["econ_class"] == "30101" and "工资" in row["purpose"]:
            paid[row["unit_code"], row["paid_on"][:7].replace("-", "")] += Decimal(row["amount"])
    payroll: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows(folder, "payroll"):
        if row["unit_code"] in units:
            payroll[row["unit_code"], row["month"]] += Decimal(row["amount"])
    assert len(units) == 2
    assert payroll == paid


@pytest.mark.parametrize(("units", "years", "first_year"), [(1, 2, 2024), (5, 1, 2026), (12, 3, 2023)])
def test_small_and_short_districts_carry_what_fits(
    tmp_path: Path, units: int, years: int, first_year: int
) -> None:
    world = block(units=units, years=years, first_year=first_year, seed=11)
    plant_all(world, any_of(units))
    truth = published(world, tmp_path / "data")
    assert 20 <= len(truth.schemes) < len(SCHEMES)
    with load(tmp_path / "data") as ledger:
        assert dict(ledger.validation().counts) == {}


def test_a_district_without_the_right_unit_offers_no_host_and_the_scheme_says_what_it_needs() -> None:
    union = next(scheme for scheme in SCHEMES if scheme.id == "F8-1")
    world = block(units=2)
    assert list(union.hosts(world)) == []
    assert (union.needs.zh, union.needs.en) == (
        "有工会账套的单位",
        "a unit whose trade union keeps books",
    )


def test_every_scheme_says_in_two_languages_what_it_is_and_needs() -> None:
    texts = [words for scheme in SCHEMES for words in (scheme.title, scheme.needs)]
    assert [words for words in texts if not re.search("[\u4e00-\u9fff]", words.zh)] == []
    assert [words for words in texts if not words.en.isascii()] == []


def test_the_same_seed_plants_the_same_rows() -> None:
    first_time, again = ([entry for _, entry in entries_of(block(1))] for _ in range(2))
    assert first_time == again
    assert first_time != [entry for _, entry in entries_of(block(1, seed=9))]


def entries_of(world: World) -> list[tuple[str, str]]:
    plant_all(world, first)
    with_numbers: list[tuple[str, str]] = []
    for record in world.truth:
        cells: list[Any] = [item for _, item in record["evidence"] if not isinstance(item, Voucher)]
        with_numbers.append((record["id"], repr([sorted(map(str, cell.values())) for cell in cells])))
    return with_numbers


def test_schemes_of_the_truth_are_the_planted_ones(district: tuple[Path, Truth]) -> None:
    _, truth = district
    told = {scheme.id: scheme for scheme in truth.schemes}
    assert {s.id: (s.form, s.title) for s in SCHEMES} == {s.id: kind(told[s.id]) for s in SCHEMES}


def kind(scheme: PlantedScheme) -> tuple[str, object]:
    return scheme.form, scheme.title
