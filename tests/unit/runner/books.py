"""Small books and rules for the tests of the runner."""

from __future__ import annotations

from pathlib import Path

from tests.unit.rules.samples import CASES, FRONT, SQL, write_rule

from xjk.hooks.catalogue import Catalogue
from xjk.models.finding import Evidence, Finding, SourceRef, fingerprint
from xjk.models.rule import Nature, Rule, Severity
from xjk.rules.folder import read_rule

UNITS = [
    {"unit_code": "U1", "name": "甲局", "kind": "administrative"},
    {"unit_code": "U2", "name": "乙局", "kind": "administrative"},
]


def payment(
    payment_id: str, amount: str, *, unit: str = "U1", paid_on: str = "2024-03-01", **more: str
) -> dict[str, str]:
    """Return one payment record."""
    return {
        "payment_id": payment_id,
        "unit_code": unit,
        "paid_on": paid_on,
        "amount": amount,
        "payee_name": "丙公司",
        **more,
    }


def payments(*rows: dict[str, str]) -> dict[str, list[dict[str, str]]]:
    """Return books of two units and some payments."""
    return {"unit": UNITS, "payment": list(rows)}


def rule(
    parent: Path,
    code: str = "ACM101",
    *,
    sql: str | None = SQL,
    python: str | None = None,
    front: str = FRONT,
    cases: str = CASES,
) -> Rule:
    """Write a rule folder and read it."""
    folder = write_rule(
        parent,
        front=front.replace("ACM101", code),
        sql=None if python else sql,
        python=python,
        cases=cases,
        name=f"{code.lower()}_round_payment",
    )
    return read_rule(folder, "acme")


def packs(*rules: Rule) -> Catalogue:
    """Return a catalogue of these rules only."""
    return Catalogue(rules=tuple(sorted(rules, key=lambda rule: rule.code)))


def finding(
    rule_id: str = "ACM101",
    subject: str = "p1",
    *,
    unit: str = "U1",
    amount: str = "1000.00",
    severity: Severity = "warning",
    nature: Nature = "to_verify",
    rows: tuple[int, ...] = (2,),
) -> Finding:
    """Return a finding over some rows of a payment file."""
    return Finding(
        finding_id=fingerprint(rule_id, unit, subject),
        rule_id=rule_id,
        rule_revision=1,
        form="F9",
        nature=nature,
        severity=severity,
        unit_code=unit,
        unit_name=unit,
        subject=subject,
        title=f"title {rule_id}",
        message="message",
        amount=amount,
        evidence=tuple(
            Evidence(table="payment", key=f"p{row}", source=SourceRef(file="payment.csv", row=row))
            for row in rows
        ),
        evidence_hash="0",
    )
