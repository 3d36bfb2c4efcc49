"""Rule folders that are right, to be broken one thing at a time."""

from __future__ import annotations

from pathlib import Path

from xjk.models.rule import Rule, RuleMeta
from xjk.rules.page import HEADINGS

FRONT = """\
code: ACM101
name: round_payment
title: {zh: 整数支付, en: Round payment}
form: F9
nature: to_verify
severity: notice
status: stable
since: 0.1.0
revision: 1
scope: record
requires:
  payment: [unit_code, amount, payee_name]
basis:
  - {instrument: budget_law, article: "57", version: "2018-12-29"}
params:
  min_amount:
    type: money
    default: "1000.00"
    min: "1.00"
    max: "9000.00"
    tightens: up
    doc: {zh: 下限, en: Smallest amount}
message: {zh: "支付{amount}元，请核实。", en: "{amount} yuan were paid. To be verified."}
verify: {zh: [支付依据], en: [The documents]}
authors: [acme]
"""
PAGE = "\n".join(f"## {heading}\n\n文字 Text\n" for heading in HEADINGS)
SQL = """\
-- round; payments like 'these' are / were
select p.unit_code, p.payment_id as subject, p.amount_fen, p.payment_key
from payment p
where p.amount_fen >= :min_amount_fen
"""
CASES = """\
defaults:
  payment: {unit_code: U1, paid_on: 2024-03-01, payee_name: 甲公司}
must_flag:
  at_the_threshold:
    payment: |
      payment_id,amount
      p1,1000.00
    findings:
      - {unit_code: U1, subject: p1, amount: "1000.00", evidence: [payment:p1]}
must_not_flag:
  just_below:
    why: {zh: 小额, en: Small}
    payment: |
      payment_id,amount
      p1,999.99
  refunds:
    why: {zh: 退款, en: A refund}
    payment: |
      payment_id,amount
      p1,-1000.00
"""


def write_rule(
    parent: Path,
    *,
    front: str = FRONT,
    page: str = PAGE,
    sql: str | None = SQL,
    python: str | None = None,
    cases: str | None = CASES,
    name: str = "acm101_round_payment",
) -> Path:
    """Write a rule folder and return it."""
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "rule.md").write_text(f"---\n{front}---\n{page}", encoding="utf-8")
    for file, text in (("rule.sql", sql), ("rule.py", python), ("cases.yaml", cases)):
        if text is not None:
            (folder / file).write_text(text, encoding="utf-8")
    return folder


def a_rule(folder: str = "/rules/acm101", kind: str = "sql", pack: str = "acme", **meta: object) -> Rule:
    """Return a rule without files."""
    given: dict[str, object] = {
        "code": "ACM101",
        "name": "round_payment",
        "title": {"zh": "整数支付", "en": "Round payment"},
        "form": "F9",
        "nature": "to_verify",
        "severity": "notice",
        "status": "stable",
        "since": "0.1.0",
        "revision": 1,
        "scope": "record",
        "requires": {"payment": ["amount"]},
        "basis": [{"instrument": "budget_law", "article": "57", "version": "2018-12-29"}],
        "message": {"zh": "支付", "en": "paid"},
        "verify": {"zh": ["依据"], "en": ["documents"]},
        "authors": ["acme"],
    }
    return Rule.model_validate(
        {
            "meta": RuleMeta.model_validate(given | meta),
            "pack": pack,
            "folder": folder,
            "page": "",
            "kind": kind,
        }
    )
