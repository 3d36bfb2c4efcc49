"""Labels that make glued keys collide, and change nothing for a rule that compares identifiers."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest
from tests.unit.testing.contract import zoo

from xjk import catalogue_of
from xjk.models.tables import TABLES
from xjk.rules.folder import read_rule
from xjk.testing.contract.checks.labels import DELIMITERS, KINDS, labels_of, relabelled, sides
from xjk.testing.contract.subject import Subject

PACKS = catalogue_of({"zoo": zoo})
GLUED = next(rule for rule in PACKS.rules if rule.code == "ZOO081")
VALUES = ["A", "B", "C"]


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_two_different_pairs_glued_with_the_delimiter_are_one_key(delimiter: str) -> None:
    first = labels_of(VALUES, delimiter, beginnings=True)
    second = labels_of(VALUES, delimiter, beginnings=False)
    assert len({first[value] + delimiter + second[value] for value in VALUES}) == 1


@pytest.mark.parametrize("amount", [1, 2, 11, 120])
@pytest.mark.parametrize("beginnings", [True, False])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_labels_differ_and_keep_the_order_of_the_values(
    delimiter: str, beginnings: bool, amount: int
) -> None:
    values = [f"{number:03d}" for number in range(amount)]
    labels = list(labels_of(values, delimiter, beginnings=beginnings).values())
    assert sorted(set(labels)) == labels
    assert all(labels)


def test_pairs_collide_however_many_values_either_side_has() -> None:
    first = labels_of([f"{number:02d}" for number in range(12)], ",", beginnings=True)
    second = labels_of(VALUES, ",", beginnings=False)
    assert first["00"] + "," + second["A"] == first["01"] + "," + second["B"]


@pytest.mark.parametrize("amount", range(7))
def test_each_kind_comes_before_each_other_in_one_of_the_ways(amount: int) -> None:
    kinds = "abcdefg"[:amount]
    for one, other in permutations(kinds, 2):
        assert any(one in begins and other not in begins for begins in sides(kinds))


def test_five_kinds_are_parted_in_four_ways() -> None:
    assert len(sides(sorted(set(KINDS.values())))) == 4


def test_only_columns_of_the_tables_are_labelled() -> None:
    assert set(KINDS) <= {column for table in TABLES.values() for column in table.model_fields}


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("order", [("p.unit_code", "p.project_code"), ("p.project_code", "p.unit_code")])
def test_a_key_is_found_whatever_it_is_glued_with_and_in_either_order(
    tmp_path: Path, delimiter: str, order: tuple[str, str]
) -> None:
    folder = tmp_path / Path(GLUED.folder).name
    shutil.copytree(GLUED.folder, folder)
    text = (folder / "rule.sql").read_text("utf-8")
    sign = delimiter.replace("'", "''")
    glued = f"{order[0]} || '{sign}' || {order[1]}"
    changed = text.replace("p.unit_code || ',' || p.project_code", glued)
    assert changed.count(glued) == 1
    (folder / "rule.sql").write_text(changed, "utf-8")
    (breach,) = relabelled(Subject(read_rule(folder, "zoo"), PACKS))
    assert f'"{delimiter}"' in breach.what.en
    assert f"“{delimiter}”" in breach.what.zh
