"""What a measured run tells: time, memory of the whole process tree, hits, or why it failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import run
from measure import descendants, measure, memory_mb

UNITS = "unit_code,name,kind\nU1,甲局,administrative\n"
PAYMENTS = "payment_id,unit_code,paid_on,amount,payee_name\nP1,U1,2024-05-06,20000.00,王小明\n"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    (tmp_path / "unit.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "payment.csv").write_text(PAYMENTS, encoding="utf-8")
    return tmp_path


def test_a_run_tells_time_memory_stages_and_hits(books: Path) -> None:
    told = measure({"work": "library", "folder": str(books), "engine": "sqlite", "rules": ["EXA101"]})
    assert told["hits"] == [["EXA101", "U1", "P1", 2_000_000]]
    assert told["rows"] == {"unit": 1, "payment": 1}
    assert 0 < told["load_seconds"] < told["seconds"]
    assert told["peak_mb"] > 20
    assert set(told["stages"]) & {"read and validate", "derive", "rules"}


def test_a_rule_that_does_not_run_fails_the_run(books: Path) -> None:
    told = measure({"work": "library", "folder": str(books), "engine": "sqlite", "rules": ["XJK301"]})
    assert list(told) == ["failed"]
    assert "XJK301 skipped" in told["failed"]


def test_a_run_that_fails_says_why(books: Path) -> None:
    told = measure({"work": "library", "folder": str(books), "engine": "abacus"})
    assert "EngineMissingError" in told["failed"]


def test_twice_the_rules_are_twice_the_rules() -> None:
    from contestant import _share_of_rules

    all_rules = [rule for rule in _share_of_rules(1)[0].rules if rule.meta.status == "stable"]
    half, twice = _share_of_rules(0.5)[1], _share_of_rules(2)[0].rules
    assert len(half) == (len(all_rules) + 1) // 2
    codes = [rule.code for rule in twice if rule.meta.status == "stable"]
    assert len(codes) == len(set(codes)) == 2 * len(all_rules)


def test_memory_of_a_grandchild_counts() -> None:
    hold = "import sys; held = bytearray(300 << 20); print(len(held), flush=True); sys.stdin.read()"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}])"
    others = descendants()
    with subprocess.Popen(
        [sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        held = memory_mb(descendants() - others)
        child.communicate()
    assert 300 < held < 400


def test_different_hits_stop_the_run_and_are_shown() -> None:
    hits = {"a": [["XJK301", "U1", "E1", 5]], "b": [["XJK301", "U1", "E1", 6]]}
    with pytest.raises(SystemExit, match='"a" and "b" do not find the same') as stopped:
        run._compare(hits)
    assert "Only the first: [('XJK301', 'U1', 'E1', 5)]" in str(stopped.value)
    assert "Only the second: [('XJK301', 'U1', 'E1', 6)]" in str(stopped.value)
