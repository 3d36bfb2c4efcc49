"""Ground truths: read, found beside the data, refused with file, line and advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from xjk.errors import FormatError, YamlError
from xjk.testing.scoring import read_truth
from xjk.testing.scoring.truth import find_truth, refuse_foreign

ONE = """\
seed: 2024
schemes:
  - id: F1-1
    form: F1
    unit_code: "202002"
    title: {zh: "多报", en: "Overstated"}
    amount: "295920.00"
    evidence:
      - "project:XM2024017"
      - "penalty:罚字:1号|x"
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "truth.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_truth_is_read_with_its_rows(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path, ONE))
    (scheme,) = truth.schemes
    assert (truth.seed, scheme.id, scheme.unit_code, scheme.amount) == (2024, "F1-1", "202002", "295920.00")
    assert [(row.table, row.key) for row in scheme.evidence] == [
        ("project", "XM2024017"),
        ("penalty", "罚字:1号|x"),
    ]


@pytest.mark.parametrize("text", ["schemes:\n", "schemes: []\n"])
def test_an_honest_district_has_no_schemes(tmp_path: Path, text: str) -> None:
    assert read_truth(written(tmp_path, text)).schemes == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "told"),
    [
        ("form: F1", "form: X1", ":4: schemes.1.form", "F[1-9]"),
        ("    form: F1\n", "", ":3: schemes.1.form", "Add form."),
        ("form: F1", "from: F1", ":4: schemes.1.from", 'Did you mean "form"?'),
        ('"295920.00"', "many", ":7: schemes.1.amount", "pattern"),
        ('"project:XM2024017"', "XM2024017", ":9: schemes.1.evidence.1", "table:key"),
        (', en: "Overstated"', "", ":6: schemes.1.title.en", "Add en."),
        ("seed: 2024", "seeds: 2024", ":1: seeds", 'Did you mean "seed"?'),
        ("schemes:\n", "planted:\n", ":1: schemes", "Add schemes."),
    ],
)
def test_a_fault_is_told_with_line_and_advice(
    tmp_path: Path, old: str, new: str, where: str, told: str
) -> None:
    path = written(tmp_path, ONE.replace(old, new))
    with pytest.raises(FormatError) as caught:
        read_truth(path)
    assert any(error.where.startswith(f"{path}{where}") for error in caught.value.errors)
    assert told in str(caught.value)
    assert all(error.hint_zh and error.hint_en for error in caught.value.errors)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = ONE.replace("form: F1", "form: X1").replace('"295920.00"', "many")
    with pytest.raises(FormatError) as caught:
        read_truth(written(tmp_path, text))
    assert len(caught.value.errors) == 2


def test_a_scheme_given_twice_for_a_unit_is_refused_but_not_for_two_units(tmp_path: Path) -> None:
    entry = ONE.split("schemes:\n")[1]
    with pytest.raises(FormatError, match=r"truth\.yaml:11: schemes\.2: .*given twice"):
        read_truth(written(tmp_path, ONE + entry))
    assert len(read_truth(written(tmp_path, ONE + entry.replace("202002", "301001"))).schemes) == 2


@pytest.mark.parametrize("text", ["schemes: [", "a: 1\na: 2\n", "a: &x 1\n"])
def test_what_is_no_yaml_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(YamlError, match=r"truth\.yaml:\d"):
        read_truth(written(tmp_path, text))


@pytest.mark.parametrize("text", ["", "just words\n", "- F1-1\n"])
def test_what_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FormatError, match=r"truth\.yaml"):
        read_truth(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match="nowhere"):
        read_truth(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize("place", ["a/b/data", "a/b", "a"])
def test_the_truth_is_found_in_beside_and_above_the_data(tmp_path: Path, place: str) -> None:
    data = tmp_path / "a" / "b" / "data"
    data.mkdir(parents=True)
    (tmp_path / place / "truth.yaml").write_text(ONE, "utf-8")
    assert find_truth([data]) == tmp_path / place / "truth.yaml"


def test_the_truth_beside_one_file_is_found(tmp_path: Path) -> None:
    (tmp_path / "unit.csv").write_text("unit_code\n", "utf-8")
    assert find_truth([tmp_path / "unit.csv", written(tmp_path, ONE)]) == tmp_path / "truth.yaml"


def test_data_without_a_truth_say_how_to_name_it(tmp_path: Path) -> None:
    data = tmp_path / "a" / "b" / "data"
    data.mkdir(parents=True)
    with pytest.raises(FormatError, match="--truth"):
        find_truth([data])


def test_a_truth_of_other_data_is_refused(tmp_path: Path) -> None:
    truth = read_truth(written(tmp_path, ONE))
    refuse_foreign(truth, {"202002", "101"}, "truth.yaml")
    with pytest.raises(FormatError, match=r"truth\.yaml: .*202002"):
        refuse_foreign(truth, {"101"}, "truth.yaml")
