"""A difference between findings and what is expected is told so that it can be read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.unit.report.samples import finding

from xjk import check, load
from xjk.errors import UserError
from xjk.models.finding import Evidence, Finding, SourceRef
from xjk.report.width import columns
from xjk.testing.findings_diff import ExpectedFinding, assert_findings


def wanted(**changes: Any) -> dict[str, object]:
    """Return what the sample finding is expected to be."""
    told = {
        "rule_id": "XJK301",
        "unit_code": "U1",
        "subject": "M1",
        "amount": "32400.00",
        "evidence": ["event:M1"],
    }
    return told | changes


def difference(found: list[Finding], expected: list[dict[str, object]]) -> list[str]:
    """Return the lines of the difference."""
    with pytest.raises(AssertionError) as raised:
        assert_findings(found, expected)
    return str(raised.value).splitlines()


def test_equal_findings_pass_in_any_order() -> None:
    assert_findings([finding(), finding(subject="M2")], [wanted(subject="M2"), wanted()])
    assert_findings([], [])


def test_findings_can_be_expected_as_models_and_amounts_without_decimals() -> None:
    assert_findings([finding()], [ExpectedFinding.model_validate(wanted(amount="32400"))])


def test_the_order_of_evidence_does_not_matter() -> None:
    rows = (Evidence(table="event", key="M1"), Evidence(table="payment", key="p1"))
    assert_findings([finding(evidence=rows)], [wanted(evidence=["payment:p1", "event:M1"])])


def test_a_missing_finding_is_told_with_its_rows() -> None:
    told = difference([], [wanted()])
    assert told == [
        "The findings differ: 1 missing, 0 unexpected, 0 different. 疑点不符：缺 1，多 0，有别 0。",
        "- missing  U1  XJK301  M1  32400.00",
        "    event:M1",
    ]


def test_an_unexpected_finding_is_told_with_file_and_row() -> None:
    assert difference([finding()], [])[1:] == [
        "+ unexpected  U1  XJK301  M1  32400.00",
        "    event:M1  event.csv:2",
    ]


def test_rows_of_a_missing_finding_are_placed_when_another_finding_rests_on_them() -> None:
    told = difference([finding()], [wanted(), wanted(subject="M2")])
    assert told[1:] == ["- missing  U1  XJK301  M2  32400.00", "    event:M1  event.csv:2"]


def test_the_same_finding_with_other_values_tells_what_differs() -> None:
    rows = (
        Evidence(table="event", key="M1", source=SourceRef(file="event.csv", row=2)),
        Evidence(table="event", key="M9", source=SourceRef(file="event.csv", row=10)),
    )
    told = difference(
        [finding(amount="100.05", evidence=rows)], [wanted(evidence=["event:M1", "attendance:M1|甲"])]
    )
    assert told[0].startswith("The findings differ: 0 missing, 0 unexpected, 1 different.")
    assert told[1:] == [
        "~ different  U1  XJK301  M1",
        "    amount: - 32400.00 + 100.05",
        "    evidence: - attendance:M1|甲",
        "    evidence: + event:M9  event.csv:10",
    ]


def test_values_that_are_equal_are_not_told_of_a_different_finding() -> None:
    told = difference([finding(amount="1.00")], [wanted()])
    assert told[2:] == ["    amount: - 32400.00 + 1.00"]


def test_a_finding_that_came_twice_is_unexpected_once() -> None:
    told = difference([finding(), finding()], [wanted()])
    assert [line for line in told if line.startswith("+")] == ["+ unexpected  U1  XJK301  M1  32400.00"]


def test_another_rule_or_unit_is_another_finding() -> None:
    for changes in ({"rule_id": "XJK302"}, {"unit_code": "U2"}):
        told = difference([finding()], [wanted(**changes)])
        assert "1 missing, 1 unexpected, 0 different" in told[0]


def test_columns_stand_below_one_another_whatever_the_width_of_characters() -> None:
    told = difference([finding(subject="会议一"), finding(subject="M2", amount="5.00")], [])
    heads = [line for line in told if line.startswith("+")]
    assert len({columns(head) for head in heads}) == 1


def test_characters_that_a_terminal_would_obey_are_left_out() -> None:
    told = "\n".join(difference([finding(subject="M1\x1b[2J\u202e")], [wanted()]))
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_only_what_findings_show_is_told() -> None:
    told = "\n".join(difference([finding(message="秘密")], []))
    assert "秘密" not in told


def test_every_fault_of_what_is_expected_is_told_with_its_place() -> None:
    with pytest.raises(UserError) as raised:
        assert_findings([], [wanted(), wanted(amount="much"), {"rule_id": "XJK301"}, wanted(evidence=["M1"])])
    told = raised.value.text("en")
    for place in ("expected[1].amount", "expected[2].unit_code", "expected[3].evidence.0"):
        assert place in told
    assert "expected[0]" not in told


def test_amounts_beyond_those_of_one_record_are_compared_exactly() -> None:
    huge = "12345678901234567.89"
    told = difference([finding(amount=huge)], [wanted()])
    assert told[2] == f"    amount: - 32400.00 + {huge}"


def test_a_run_is_compared_with_what_it_found() -> None:
    books = {
        "unit": [{"unit_code": "U1", "name": "甲局", "kind": "administrative"}],
        "payment": [
            {
                "payment_id": "p1",
                "unit_code": "U1",
                "paid_on": "2024-03-01",
                "amount": "20000.00",
                "payee_name": "王小明",
            }
        ],
    }
    with load(books) as ledger:
        result = check(ledger, select=["EXA101"])
    expected = wanted(rule_id="EXA101", subject="p1", amount="20000.00", evidence=["payment:p1"])
    assert_findings(result, [expected])
    with pytest.raises(AssertionError, match="unexpected"):
        assert_findings(result, [])
