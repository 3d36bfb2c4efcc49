"""Runs made by hand, with the few fields a score looks at."""

from __future__ import annotations

from collections.abc import Sequence

from xjk.models.finding import Evidence, Finding, FindingState, fingerprint
from xjk.models.lead import UnitRank
from xjk.models.rule import Severity
from xjk.models.run import Coverage, FileCount, RuleRun, RunInfo, RunResult, Validation
from xjk.models.words import Words
from xjk.testing.scoring import PlantedScheme, Truth


def planted(scheme: str, unit: str, *rows: str, amount: str = "100.00") -> PlantedScheme:
    """Return one planted scheme; rows are written ``table:key``."""
    return PlantedScheme.model_validate(
        {
            "id": scheme,
            "form": scheme.split("-", maxsplit=1)[0],
            "unit_code": unit,
            "title": {"zh": f"手法{scheme}", "en": f"Scheme {scheme}"},
            "amount": amount,
            "evidence": list(rows),
        }
    )


def truth(*schemes: PlantedScheme) -> Truth:
    """Return the ground truth of these schemes."""
    return Truth(schemes=schemes)


def finding(
    rule: str, unit: str, *rows: str, severity: Severity = "warning", state: FindingState = "new"
) -> Finding:
    """Return a finding of a rule; its form is the first digit of the code."""
    subject = "+".join(rows)
    return Finding(
        finding_id=fingerprint(rule, unit, subject),
        rule_id=rule,
        rule_revision=1,
        form=f"F{rule[3]}",
        nature="on_book",
        severity=severity,
        state=state,
        unit_code=unit,
        unit_name=unit,
        subject=subject,
        title=rule,
        message=rule,
        amount="1.00",
        evidence=tuple(
            Evidence(table=table, key=key) for table, _, key in (row.partition(":") for row in rows)
        ),
    )


def run_result(
    *findings: Finding, ranks: Sequence[str] = (), units: int = 0, is_complete: bool = True
) -> RunResult:
    """Return a run over so many units, which ranks units in this order."""
    failed = RuleRun(rule_id="XJK999", title=Words(zh="坏", en="bad"), pack="p", revision=1, status="failed")
    files = (FileCount(file="unit.csv", table="unit", rows=units, accepted=units, quarantined=0, ignored=1),)
    return RunResult(
        run=RunInfo(
            xjk="0", hook_api=1, ledger_api=1, engine="hand", packs={}, data_hash="", as_of=None, lang="zh"
        ),
        coverage=Coverage(rules=() if is_complete else (failed,)),
        findings=findings,
        units=tuple(
            UnitRank(
                rank=rank,
                unit_code=unit,
                unit_name=unit,
                score=100 - rank,
                parts=(),
                leads=(),
                findings=1,
                amount="1.00",
            )
            for rank, unit in enumerate(ranks, 1)
        ),
        validation=Validation(files=files if units else (), counts={}, errors=0, warnings=0, problems=()),
    )
