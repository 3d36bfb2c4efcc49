"""``xjk bench detect``: scores, formats, exit codes."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from tests.unit.cli.conftest import meeting

from xjk.cli.bench_detect import run
from xjk.cli.console import Console
from xjk.errors import FormatError, Lang, UnknownRuleError, UserError, XjkError
from xjk.testing.scoring import Score
from xjk.testing.simulation.simulate import simulate

TRUTH = """\
schemes:
  - id: F3-1
    form: F3
    unit_code: U1
    title: {zh: "会议费超标", en: "Dear meeting"}
    amount: "98400.00"
    evidence: ["event:M1"]
  - id: F1-1
    form: F1
    unit_code: U1
    title: {zh: "多报工程量", en: "Short measure"}
    amount: "10.00"
    evidence: ["project:X1"]
"""


def arguments(*data: Path, **changes: object) -> Namespace:
    """Return the arguments of the verb with their defaults."""
    return Namespace(
        **{
            "data": [str(path) for path in data],
            "mapping": None,
            "config": None,
            "truth": None,
            "engine": "auto",
            "select": [],
            "ignore": [],
            "preview": None,
            "format": "text",
            "output": None,
            **changes,
        }
    )


def scored(capsys: pytest.CaptureFixture[str], args: Namespace, lang: Lang = "zh") -> tuple[int, str]:
    capsys.readouterr()
    code = run(args, Console(lang))
    return code, capsys.readouterr().out


@pytest.fixture
def known(data: Path) -> Path:
    """Return books in which one meeting cost too much, with the ground truth beside them."""
    (data.parent / "truth.yaml").write_text(TRUTH, "utf-8")
    return data


def test_the_score_against_the_truth_beside_the_data_is_told(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = scored(capsys, arguments(known))
    assert code == 0
    assert "手法 1/2（50.0%）" in out
    assert out.splitlines()[-1].split() == ["F1-1", "U1", "多报工程量"]


def test_the_configuration_decides_the_language_and_an_option_overrides_it(
    known: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "xjk.yaml").write_text("lang: en\n", "utf-8")
    assert "1 of 2 schemes" in scored(capsys, arguments(known))[1]
    assert "手法 1/2" in scored(capsys, arguments(known, lang="zh"))[1]


def test_json_is_the_score(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    score = Score.model_validate_json(scored(capsys, arguments(known, format="json"))[1])
    assert [(scheme.id, scheme.found, scheme.rules) for scheme in score.schemes] == [
        ("F3-1", True, ("XJK301",)),
        ("F1-1", False, ()),
    ]
    assert (score.precision.part, score.precision.whole) == (1, 1)


def test_only_the_selected_rules_are_scored(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = arguments(known, format="json", select=["XJK701"])
    assert Score.model_validate_json(scored(capsys, args)[1]).recall.part == 0


def test_a_named_truth_is_used(known: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("schemes: []\n", "utf-8")
    code, out = scored(capsys, arguments(known, truth=str(other), format="json"))
    score = Score.model_validate_json(out)
    assert (code, score.schemes, score.honest_units) == (0, (), 1)
    assert [severity.on_honest for severity in score.severities] == [0, 1, 0]


def test_output_goes_into_the_file(known: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = scored(capsys, arguments(known, format="json", output="score.json"))
    assert (code, out) == (0, "")
    assert Score.model_validate_json((tmp_path / "score.json").read_text("utf-8")).recall.whole == 2


def test_keys_that_reports_mask_meet_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    simulate(tmp_path / "data", units=4, years=1, schemes=["F3", "F7-5"])
    code, out = scored(capsys, arguments(tmp_path / "data", format="json"))
    score = Score.model_validate_json(out)
    assert code == 0
    assert score.recall.part == score.recall.whole == 6
    assert score.precision.part == score.precision.whole


def test_a_table_that_cannot_be_read_makes_it_3_and_the_score_says_so(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (known / "payment.csv").write_text("unit_code\nU1\n", "utf-8")
    code, out = scored(capsys, arguments(known), "en")
    assert code == 3
    assert "手法 1/2" in out
    assert "检查不完整" in out


@pytest.mark.parametrize(
    ("changes", "error", "told"),
    [
        ({"truth": "nowhere.yaml"}, XjkError, "nowhere.yaml"),
        ({"data": ["nowhere"]}, XjkError, "nowhere"),
        ({"format": "jsn"}, UserError, "json"),
        ({"select": ["XJK999"]}, UnknownRuleError, "XJK999"),
    ],
)
def test_what_cannot_be_scored_is_refused(
    known: Path, changes: dict[str, object], error: type[XjkError], told: str
) -> None:
    with pytest.raises(error, match=told):
        run(arguments(known, **changes), Console("en"))


def test_data_without_a_truth_are_refused(data: Path) -> None:
    with pytest.raises(FormatError, match="--truth"):
        run(arguments(data), Console("en"))


def test_a_truth_of_other_data_is_refused(known: Path) -> None:
    (known / "unit.csv").write_text("unit_code,name,kind\nU2,乙局,administrative\n", "utf-8")
    meeting(known, "M1", "推进会", "98400.00")
    with pytest.raises(FormatError, match="U1"):
        run(arguments(known), Console("en"))
