from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.unit.rules.samples import CASES, SQL, write_rule

from xjk.errors import RuleFolderError
from xjk.rules.cases import read_cases
from xjk.rules.folder import read_rule
from xjk.runner.cases import open_case
from xjk.testing.mutation import MutantResult, run_mutants

JOINED = """\
select p.unit_code, p.payment_id as subject, p.amount_fen, p.payment_key,
       max(q.amount_fen) over (partition by p.payment_id) as largest_fen
from payment p
join payment q on q.unit_code = p.unit_code
where p.amount_fen >= :min_amount_fen
"""
PYTHON = "def detect(ledger, params):\n    return iter(())\n"
JUST_PAST = CASES.replace("p1,999.99", "p1,999.99\n      p2,500.00")


@contextmanager
def results(parent: Path, **files: str | None) -> Iterator[dict[str, MutantResult]]:
    rule = read_rule(write_rule(parent, **files), "acme")  # type: ignore[arg-type]
    with ExitStack() as stack:
        cases = [
            stack.enter_context(open_case(rule, case, engine="sqlite")) for case in read_cases(rule).cases
        ]
        yield {result.mutant.kind: result for result in run_mutants(rule, cases)}


def test_a_mutant_is_killed_by_the_first_case_that_differs(tmp_path: Path) -> None:
    with results(tmp_path) as found:
        assert {kind: result.killed_by for kind, result in found.items()} == {
            "drop-condition": "just_below",
            "flip": "at_the_threshold",
            "shift-down": "just_below",
        }


def test_a_change_that_no_case_notices_survives(tmp_path: Path) -> None:
    with results(tmp_path, cases=CASES.replace("999.99", "900.00")) as found:
        assert [kind for kind, result in found.items() if result.survived] == ["shift-down"]


def test_a_fact_that_differs_kills(tmp_path: Path) -> None:
    alone = CASES
    together = CASES.replace("p1,1000.00", "p1,1000.00\n      p2,900.00", 1)
    with results(tmp_path / "alone", sql=JOINED, cases=alone) as found:
        assert found["swap-extreme"].survived
    with results(tmp_path / "together", sql=JOINED, cases=together) as found:
        assert found["swap-extreme"].killed_by == "at_the_threshold"


def test_a_mutant_that_fails_is_killed(tmp_path: Path) -> None:
    subject = "case when p.amount_fen > 0 then p.payment_id end as subject"
    sql = SQL.replace("p.payment_id as subject", subject) + "  and p.amount_fen > 0\n"
    with results(tmp_path, sql=sql.replace("p.amount_fen >= :min", "abs(p.amount_fen) >= :min")) as found:
        assert found["drop-condition"].killed_by == "refunds"


def test_cases_that_do_not_hold_are_refused(tmp_path: Path) -> None:
    wrong = CASES.replace("p1,1000.00", "p1,1000.01", 1)
    with (
        pytest.raises(RuleFolderError, match="at_the_threshold does not hold"),
        results(tmp_path, cases=wrong),
    ):
        pass


def test_cases_that_expect_a_skip_take_no_part(tmp_path: Path) -> None:
    skipped = (
        CASES
        + "  without_payments:\n    expect: skipped\n    unit: |\n      unit_code,name,kind\n      U1,甲,administrative\n"
    )
    with results(tmp_path, cases=skipped) as found:
        assert not any(result.survived for result in found.values())


def test_a_rule_in_python_has_no_mutants(tmp_path: Path) -> None:
    with results(tmp_path, sql=None, python=PYTHON, cases=CASES) as found:
        assert found == {}
