"""Scores of runs made by hand: every figure below was counted by hand."""

from __future__ import annotations

from tests.unit.testing.scoring.results import finding, planted, run_result, truth

from xjk.testing.scoring import FormScore, Ranking, Score, SeverityScore, Share, score


def test_a_scheme_is_found_when_a_finding_names_one_of_its_rows() -> None:
    scored = score(
        run_result(finding("XJK101", "U1", "payment:P1"), units=2),
        truth(planted("F1-1", "U1", "payment:P1", "project:X"), planted("F1-2", "U1", "payment:P2")),
    )
    assert [(s.id, s.found, s.rules, s.rows.part, s.rows.whole) for s in scored.schemes] == [
        ("F1-1", True, ("XJK101",), 1, 2),
        ("F1-2", False, (), 0, 1),
    ]
    assert (scored.recall, scored.rows) == (Share(part=1, whole=2), Share(part=1, whole=3))
    assert [scheme.id for scheme in scored.missed] == ["F1-2"]


def test_a_finding_of_another_unit_counts_when_its_rows_meet() -> None:
    scored = score(
        run_result(finding("XJK801", "CANTEEN", "invoice:I1"), units=2),
        truth(planted("F8-2", "SCHOOL", "invoice:I1")),
    )
    assert scored.schemes[0].found
    assert scored.precision == Share(part=1, whole=1)


def test_the_same_key_in_another_table_is_another_row() -> None:
    scored = score(
        run_result(finding("XJK101", "U1", "contract:1"), units=1),
        truth(planted("F1-1", "U1", "payment:1")),
    )
    assert not scored.schemes[0].found


def test_a_person_named_in_both_does_not_make_a_scheme_found() -> None:
    drawer = finding("XJK705", "U1", "person:A", "invoice:I1")
    scored = score(
        run_result(drawer, units=1),
        truth(planted("F5-1", "U1", "person:A", "enterprise:E"), planted("F7-5", "U1", "invoice:I1")),
    )
    assert {s.id: s.found for s in scored.schemes} == {"F5-1": False, "F7-5": True}


def test_a_scheme_shown_by_persons_alone_is_found_by_them() -> None:
    scored = score(
        run_result(finding("XJK601", "U1", "person:A"), units=1), truth(planted("F6-9", "U1", "person:A"))
    )
    assert scored.schemes[0].found


def test_accepted_and_excluded_findings_do_not_count() -> None:
    scored = score(
        run_result(
            finding("XJK101", "U1", "payment:P1", state="accepted"),
            finding("XJK102", "U1", "payment:P1", state="excluded"),
            finding("XJK103", "U1", "payment:P2", state="reopened"),
            units=1,
        ),
        truth(planted("F1-1", "U1", "payment:P1"), planted("F1-2", "U1", "payment:P2")),
    )
    assert {s.id: s.found for s in scored.schemes} == {"F1-1": False, "F1-2": True}
    assert scored.precision == Share(part=1, whole=1)


def test_recall_rows_and_sums_are_given_by_form() -> None:
    scored = score(
        run_result(
            finding("XJK701", "U1", "invoice:I1", "invoice:I2"),
            finding("XJK702", "U1", "invoice:I2"),
            units=1,
        ),
        truth(
            planted("F7-1", "U1", "invoice:I1", "invoice:I2", "invoice:I3", amount="1000.50"),
            planted("F7-2", "U1", "invoice:I4", amount="0.25"),
            planted("F2-1", "U2", "receipt:R1", amount="7.00"),
        ),
    )
    assert scored.forms == (
        FormScore(
            form="F2",
            schemes=Share(part=0, whole=1),
            rows=Share(part=0, whole=1),
            amount="7.00",
            amount_found="0.00",
        ),
        FormScore(
            form="F7",
            schemes=Share(part=1, whole=2),
            rows=Share(part=2, whole=4),
            amount="1000.75",
            amount_found="1000.50",
        ),
    )
    assert scored.schemes[0].rules == ("XJK701", "XJK702")


def test_findings_are_counted_by_severity_and_by_how_they_meet_the_truth() -> None:
    scored = score(
        run_result(
            finding("XJK101", "U1", "payment:P1", severity="serious"),  # names a planted row
            finding("XJK102", "U1", "payment:P8", severity="serious"),  # fits unit and form only
            finding("XJK702", "U1", "invoice:I8"),  # a planted unit, but nothing of that form
            finding("XJK101", "U9", "payment:P9"),  # an honest unit
            finding("XJK901", "U9", "payment:P1", severity="notice"),  # an honest unit, a planted row
            units=5,
        ),
        truth(planted("F1-1", "U1", "payment:P1"), planted("F3-1", "U2", "event:E1")),
    )
    assert scored.severities == (
        SeverityScore(severity="serious", findings=2, touching=1, kindred=1, on_honest=0),
        SeverityScore(severity="warning", findings=2, touching=0, kindred=0, on_honest=1),
        SeverityScore(severity="notice", findings=1, touching=1, kindred=0, on_honest=0),
    )
    assert scored.precision == Share(part=2, whole=5)
    assert scored.wide_precision == Share(part=3, whole=5)
    assert scored.honest_units == 3


def test_the_ranking_says_where_planted_units_stand() -> None:
    schemes = truth(*(planted(f"F1-{number}", f"U{number}", f"payment:{number}") for number in range(1, 6)))
    scored = score(run_result(ranks=["U3", "H1", "U1", "H2", "U2", "H3", "U5"], units=9), schemes)
    assert scored.ranking == Ranking(units=5, ranked=4, best=1, median=5, at_top=Share(part=3, whole=5))


def test_the_median_counts_units_that_are_not_ranked_as_last() -> None:
    schemes = truth(*(planted("F1-1", f"U{number}", f"payment:{number}") for number in range(1, 5)))
    one, two = (score(run_result(ranks=ranks, units=4), schemes).ranking for ranks in (["U4"], ["U4", "U1"]))
    assert (one.best, one.median) == (1, None)
    assert (two.best, two.median) == (1, 2)


def test_a_unit_with_two_schemes_is_one_unit() -> None:
    scored = score(
        run_result(ranks=["U1"], units=3),
        truth(planted("F1-1", "U1", "payment:1"), planted("F2-1", "U1", "receipt:1")),
    )
    assert (scored.ranking.units, scored.honest_units) == (1, 2)


def test_without_a_table_of_units_those_heard_of_are_counted() -> None:
    scored = score(
        run_result(finding("XJK101", "U2", "payment:1")), truth(planted("F1-1", "U1", "payment:1"))
    )
    assert scored.honest_units == 1


def test_nothing_planted_and_nothing_found_has_no_share() -> None:
    scored = score(run_result(units=4), truth())
    assert (scored.recall.percent, scored.precision.percent) == ("—", "—")
    assert (scored.honest_units, scored.ranking.best, scored.ranking.median) == (4, None, None)


def test_an_incomplete_run_makes_an_incomplete_score() -> None:
    assert [score(run_result(is_complete=done), truth()).is_complete for done in (True, False)] == [
        True,
        False,
    ]


def test_shares_are_rounded_down_so_that_almost_all_is_never_all() -> None:
    shares = [Share(part=part, whole=whole) for part, whole in ((2, 3), (999_999, 1_000_000), (4, 4), (0, 7))]
    assert [share.percent for share in shares] == ["66.6%", "99.9%", "100.0%", "0.0%"]


def test_a_score_survives_json() -> None:
    scored = score(
        run_result(finding("XJK101", "U1", "payment:P1"), ranks=["U1"], units=2),
        truth(planted("F1-1", "U1", "payment:P1")),
    )
    assert Score.model_validate_json(scored.model_dump_json()) == scored
