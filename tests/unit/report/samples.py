"""Results made by hand, small enough to read."""

from __future__ import annotations

from typing import Any

from xjk.models.finding import Evidence, Finding, SourceRef, fingerprint
from xjk.models.lead import Lead, ScorePart, UnitRank
from xjk.models.pack import PackProblem
from xjk.models.problem import Problem
from xjk.models.run import Coverage, FileCount, RuleRun, RunInfo, RunResult, Validation
from xjk.models.words import Words


def finding(**changes: Any) -> Finding:
    """Return a finding about a meeting."""
    subject = str(changes.get("subject", "M1"))
    told: dict[str, Any] = {
        "finding_id": fingerprint("XJK301", "U1", subject),
        "rule_id": "XJK301",
        "rule_revision": 1,
        "form": "F3",
        "nature": "on_book",
        "severity": "warning",
        "unit_code": "U1",
        "unit_name": "甲局",
        "subject": subject,
        "title": "会议费超综合定额",
        "message": "会议列支98400.00元，请核实。",
        "amount": "32400.00",
        "date_from": "2024-11-14",
        "date_to": "2024-11-14",
        "facts": {"people": 120, "cap": "66000.00"},
        "evidence": (Evidence(table="event", key="M1", source=SourceRef(file="event.csv", row=2)),),
        "verify": ("签到表", "结算单"),
        "params": {"min_excess": "500.00"},
    }
    return Finding(**(told | changes))


def lead(*findings: Finding) -> Lead:
    """Return the lead of some findings."""
    return Lead(
        lead_id="L0123456789",
        rank=1,
        score=30,
        parts=(ScorePart(what="最高程度：警示", points=20), ScorePart(what="金额", points=10)),
        unit_code="U1",
        unit_name="甲局",
        units=("U1",),
        forms=("F3",),
        severity="warning",
        amount="32400.00",
        title="会议费超综合定额",
        findings=tuple(item.finding_id for item in findings),
    )


def rule_run(code: str, **changes: Any) -> RuleRun:
    """Return what became of one rule."""
    told = {"title": Words(zh="标题", en="Title"), "pack": "xjk_services", "revision": 1, "status": "ran"}
    return RuleRun(rule_id=code, **(told | changes))


def validation(*problems: Problem) -> Validation:
    """Return a validation of one file with some problems."""
    counts: dict[str, int] = {}
    for problem in problems:
        counts[problem.code] = counts.get(problem.code, 0) + 1
    errors = sum(problem.severity == "error" for problem in problems)
    return Validation(
        files=(
            FileCount(
                file="event.csv",
                table="event",
                rows=1200 + errors,
                accepted=1200,
                quarantined=errors,
                ignored=1,
            ),
        ),
        counts=counts,
        errors=errors,
        warnings=sum(problem.severity == "warning" for problem in problems),
        problems=problems,
    )


def result(*findings: Finding, rules: tuple[RuleRun, ...] = (), **changes: Any) -> RunResult:
    """Return a run with some findings, all of one lead."""
    counting = [item for item in findings if item.state in ("new", "reopened")]
    leads = (lead(*counting),) if counting else ()
    unit = UnitRank(
        rank=1,
        unit_code="U1",
        unit_name="甲局",
        score=30,
        parts=(),
        leads=("L0123456789",),
        findings=len(counting),
        amount="32400.00",
    )
    told: dict[str, Any] = {
        "run": RunInfo(
            xjk="0.1.0",
            hook_api=1,
            ledger_api=1,
            engine="sqlite 3.45.0",
            packs={"xjk_services": "0.1.0"},
            data_hash="0" * 64,
            as_of="2024-12-31",
            lang="zh",
        ),
        "coverage": Coverage(rules=rules),
        "findings": findings,
        "leads": leads,
        "units": (unit,) if counting else (),
        "validation": validation(),
    }
    return RunResult(**(told | changes))


def pack_problem() -> PackProblem:
    """Return the problem of a pack that cannot be imported."""
    return PackProblem(
        pack="acme",
        version="1.0",
        step="import",
        error=Words(zh="导入时出错。", en="The import failed."),
        hint=Words(zh="重新安装。", en="Install it again."),
    )
