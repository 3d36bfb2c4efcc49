"""Accepted findings stay accepted while their evidence stays the same; exclusions need a reason and are not forgotten."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.rules.samples import a_rule
from tests.unit.runner.books import finding

from xjk.errors import BaselineError
from xjk.runner.baseline import apply_baseline, read_baseline, write_baseline
from xjk.runner.exclusions import Exclusion, Exclusions, apply_exclusions, read_exclusions

RULES = {"ACM101": a_rule()}
DAY = date(2024, 6, 30)


def test_a_baseline_round_trips_and_accepts_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "baseline.json"
    written = write_baseline([finding(subject="a")], path, reason="已核实", by="审计科")
    assert read_baseline(path) == written
    judged = apply_baseline([finding(subject="a"), finding(subject="b")], written, DAY)
    assert [f.state for f in judged.findings] == ["accepted", "new"]
    assert judged.stale == ()


def test_other_evidence_or_an_expired_entry_reopens_the_case(tmp_path: Path) -> None:
    accepted = write_baseline([finding()], tmp_path / "b.json", reason="r", until="2024-06-29")
    assert apply_baseline([finding()], accepted, date(2024, 6, 29)).findings[0].state == "accepted"
    assert apply_baseline([finding()], accepted, DAY).findings[0].state == "reopened"
    changed = finding().model_copy(update={"evidence_hash": "1"})
    assert apply_baseline([changed], accepted, date(2024, 1, 1)).findings[0].state == "reopened"


def test_an_acceptance_in_one_unit_says_nothing_of_another(tmp_path: Path) -> None:
    accepted = write_baseline([finding(unit="U1")], tmp_path / "b.json", reason="r")
    judged = apply_baseline([finding(unit="U2")], accepted, DAY)
    assert judged.findings[0].state == "new"
    assert len(judged.stale) == 1


def test_accepting_more_keeps_the_earlier_reasons(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    first = write_baseline([finding(subject="a")], path, reason="first")
    again = apply_baseline([finding(subject="a"), finding(subject="b")], first, DAY).findings
    second = write_baseline(again, path, reason="second")
    assert sorted(entry.reason for entry in second.accepted) == ["first", "second"]


@pytest.mark.parametrize("text", ["", "{", '{"version": 9}', '{"accepted": [{"finding_id": "x"}]}'])
def test_an_unusable_baseline_is_refused_with_its_path(tmp_path: Path, text: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text)
    with pytest.raises(BaselineError, match=r"b\.json"):
        read_baseline(path)


def test_a_baseline_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    write_baseline([finding(subject="a")], path, reason="old")
    before = path.read_bytes()
    with pytest.raises(ValueError, match="reason"):
        write_baseline([finding(subject="b")], path, reason="")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.json"]


def test_exclusions_are_scoped_by_rule_unit_and_fact() -> None:
    only = Exclusion(id="known", reason="按月物业", rules=("ACM1",), units=("U1",), when={"subject": "a"})
    found = [finding(subject="a"), finding(subject="b"), finding(subject="a", unit="U2")]
    judged = apply_exclusions(found, Exclusions(exclusions=(only,)), RULES, DAY)
    assert [f.state for f in judged.findings] == ["excluded", "new", "new"]
    assert judged.findings[0].reason == "known: 按月物业"


def test_an_exclusion_that_matches_nothing_or_has_run_out_is_told() -> None:
    unused = Exclusion(id="unused", reason="r", rules=("ACM101",), units=("U9",))
    expired = Exclusion(id="expired", reason="r", rules=("ACM101",), until="2024-06-29")
    judged = apply_exclusions([finding()], Exclusions(exclusions=(unused, expired)), RULES, DAY)
    assert judged.stale == ("exclusion unused", "exclusion expired")
    assert judged.findings[0].state == "new"


def test_an_exclusions_file_names_everything_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "exclusions.yaml"
    path.write_text(
        "exclusions:\n  - {id: a, rules: [ACM101]}\n  - {id: b, reason: r, rules: [], extra: 1}\n"
    )
    with pytest.raises(BaselineError) as caught:
        read_exclusions(path)
    assert len(caught.value.errors) == 3
