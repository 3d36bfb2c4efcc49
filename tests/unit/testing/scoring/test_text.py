"""A score as people read it."""

from __future__ import annotations

import json

from tests.unit.testing.scoring.results import finding, planted, run_result, truth

from xjk.errors import Lang
from xjk.testing.scoring import Score, score
from xjk.testing.scoring.text import write_json, write_text


def scored(*, is_complete: bool = True) -> Score:
    return score(
        run_result(
            finding("XJK101", "U1", "payment:P1"),
            finding("XJK701", "U9", "invoice:I1", severity="serious"),
            ranks=["U9", "U1"],
            units=3,
            is_complete=is_complete,
        ),
        truth(
            planted("F1-1", "U1", "payment:P1", "payment:P2", amount="12345.67"),
            planted("F1-2", "U1", "payment:P3", amount="1000.00"),
        ),
    )


def text(score: Score, lang: Lang) -> list[str]:
    return "".join(write_text(score, lang)).splitlines()


def test_the_summary_gives_recall_precision_honest_units_and_ranking() -> None:
    lines = text(scored(), "en")
    assert "  found         1 of 2 schemes (50.0%); 1 of 3 of their rows (33.3%)" in lines
    assert any("1 of 2 findings name planted rows (50.0%)" in line for line in lines)
    assert "  honest units  units 2, findings 1" in lines
    assert any("1 of 1 units with schemes are ranked: best 2, median 2" in line for line in lines)


def test_each_form_has_a_line_with_its_sums() -> None:
    (line,) = [line for line in text(scored(), "en") if line.startswith("  F1 ")]
    assert line.split()[:7] == ["F1", "1", "2", "50.0%", "1/3", "12,345/13,345", "Fictitious"]


def test_findings_of_each_honest_unit_are_given_by_severity() -> None:
    lines = [line.split() for line in text(scored(), "en")]
    assert ["serious", "1", "0", "0", "1", "0.50"] in lines
    assert ["warning", "1", "1", "0", "0", "0.00"] in lines


def test_missed_schemes_are_listed_with_unit_and_title_in_the_language() -> None:
    assert text(scored(), "en")[-1].split(maxsplit=2) == ["F1-2", "U1", "Scheme F1-2"]
    assert text(scored(), "zh")[-1].split() == ["F1-2", "U1", "手法F1-2"]


def test_an_incomplete_run_is_said_to_be_one() -> None:
    assert [
        any("incomplete" in line for line in text(scored(is_complete=c), "en")) for c in (True, False)
    ] == [
        False,
        True,
    ]


def test_nothing_planted_leaves_no_table_of_forms() -> None:
    lines = text(score(run_result(units=1), truth()), "en")
    assert "By form" not in lines
    assert any("— " in line or line.endswith("—)") or "(—)" in line for line in lines)


def test_json_is_the_score() -> None:
    document = "".join(write_json(scored(), "zh"))
    assert Score.model_validate_json(document) == scored()
    assert json.loads(document)["recall"] == {"part": 1, "whole": 2}
