"""Findings that share evidence are one lead; every point of a score is explained."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.runner.books import finding

from xjk.models.finding import Evidence, Finding, SourceRef
from xjk.runner.leads import draw_leads, rank_units


def findings() -> st.SearchStrategy[list[Finding]]:
    single = st.builds(
        finding,
        st.sampled_from(["ACM101", "ACM102", "ACM103"]),
        st.sampled_from(["a", "b", "c", "d"]),
        unit=st.sampled_from(["U1", "U2"]),
        amount=st.sampled_from(["0.00", "999.99", "1000.00", "123456.78", "9999999.00", "-5.00"]),
        severity=st.sampled_from(["notice", "warning", "serious"]),
        nature=st.sampled_from(["off_book", "on_book", "outside", "to_verify"]),
        rows=st.lists(st.integers(2, 9), max_size=3).map(tuple),
    )
    return st.lists(single, max_size=8, unique_by=lambda f: f.finding_id)


def test_a_chain_of_shared_rows_is_one_lead() -> None:
    leads = draw_leads(
        [
            finding(subject="a", rows=(2, 3)),
            finding(subject="b", rows=(3, 4)),
            finding(subject="c", rows=(4,)),
            finding(subject="d", rows=(9,)),
        ],
        "en",
    )
    assert sorted(len(lead.findings) for lead in leads) == [1, 3]


def test_findings_over_the_same_rows_are_not_added_up() -> None:
    (lead,) = draw_leads([finding("ACM101", amount="500.00"), finding("ACM102", amount="700.00")], "en")
    assert lead.amount == "700.00"


def test_agreeing_rules_weigh_more_than_repetition() -> None:
    (two,) = draw_leads([finding("ACM101"), finding("ACM102")], "en")
    (same,) = draw_leads([finding("ACM101", "a"), finding("ACM101", "b")], "en")
    assert two.score == same.score + 10


def dated(*rows: int) -> tuple[Evidence, ...]:
    """Return rows of a file of payments; the one on line n was paid on day n."""
    return tuple(
        Evidence(
            table="payment",
            key=f"p{row}",
            source=SourceRef(file="payment.csv", row=row),
            day=f"2024-01-{row:02}",
        )
        for row in rows
    )


def test_a_story_tells_each_row_once_in_the_order_of_days() -> None:
    one = finding("ACM101").model_copy(update={"evidence": dated(9, 3)})
    other = finding("ACM102").model_copy(update={"evidence": dated(3, 5)})
    (lead,) = draw_leads([one, other], "en")
    assert [item.key for item in lead.story] == ["p3", "p5", "p9"]


def test_a_long_story_keeps_the_rows_that_tie_findings_together() -> None:
    one = finding("ACM101").model_copy(update={"evidence": dated(*range(1, 29))})
    other = finding("ACM102", rows=()).model_copy(update={"evidence": dated(28)})
    (lead,) = draw_leads([one, other], "en")
    assert [item.key for item in lead.story] == [f"p{row}" for row in range(1, 20)] + ["p28"]


def test_rows_without_a_day_have_no_place_in_the_story() -> None:
    (lead,) = draw_leads([finding(rows=(2, 3))], "en")
    assert lead.story == ()


def test_accepted_and_excluded_findings_make_no_lead() -> None:
    settled = [finding(subject="a").model_copy(update={"state": state}) for state in ("accepted", "excluded")]
    assert draw_leads(settled, "en") == ()
    assert rank_units((), settled, "en") == ()


def test_a_register_named_by_many_findings_ties_nothing_together() -> None:
    many = [finding(subject=f"s{number}", rows=(2, 100 + number)) for number in range(30)]
    assert len(draw_leads(many, "en")) == 30


@given(findings())
def test_scores_are_the_sum_of_their_parts_and_every_finding_is_in_one_lead(found: list[Finding]) -> None:
    leads = draw_leads(found, "zh")
    units = rank_units(leads, found, "zh")
    assert sorted(identity for lead in leads for identity in lead.findings) == sorted(
        f.finding_id for f in found
    )
    assert all(item.score == sum(part.points for part in item.parts) for item in [*leads]) and all(
        item.score == sum(part.points for part in item.parts) for item in units
    )
    assert [lead.rank for lead in leads] == list(range(1, len(leads) + 1))
    assert [lead.score for lead in leads] == sorted((lead.score for lead in leads), reverse=True)
    assert {unit.unit_code for unit in units} == {f.unit_code for f in found}


@given(findings(), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(found: list[Finding], shuffler: object) -> None:
    shuffled = list(found)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert draw_leads(found, "zh") == draw_leads(shuffled, "zh")
