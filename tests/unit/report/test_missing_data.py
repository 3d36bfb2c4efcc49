"""What to supply next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.report.samples import rule_run

from xjk.models.run import RuleRun
from xjk.report.missing_data import next_supplies

LACKING = st.lists(
    st.sets(st.sampled_from(["invoice", "lease", "person", "payment.payee_name"]), min_size=1), max_size=8
)


def skipped_runs(lacking: list[set[str]]) -> list[RuleRun]:
    return [
        rule_run(f"XJK{101 + place}", status="skipped", missing=tuple(sorted(missing)))
        for place, missing in enumerate(lacking)
    ]


@given(LACKING)
def test_every_skipped_rule_comes_once_and_has_all_it_lacks_by_then(lacking: list[set[str]]) -> None:
    skipped = {run.rule_id: run for run in skipped_runs(lacking)}
    supplied: set[str] = set()
    told: list[str] = []
    for step in next_supplies(skipped.values()):
        assert not supplied & set(step.missing)
        supplied |= set(step.missing)
        assert all(set(skipped[code].missing) <= supplied for code in step.rules)
        told += step.rules
    assert sorted(told) == sorted(skipped)


@given(LACKING)
def test_no_other_first_step_gains_more_for_what_it_asks(lacking: list[set[str]]) -> None:
    skipped = skipped_runs(lacking)
    for step in list(next_supplies(skipped))[:1]:
        for rule in skipped:
            gained = sum(set(other.missing) <= set(rule.missing) for other in skipped)
            assert gained * len(step.missing) <= len(step.rules) * len(rule.missing)
