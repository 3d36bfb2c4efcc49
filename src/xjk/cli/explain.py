"""``xjk explain``: what a rule, finding, lead, problem or error is about."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from xjk.cli.console import Console
from xjk.cli.error_meanings import error_lines
from xjk.cli.results import read_findings, read_result
from xjk.cli.rule_lookup import rule_named
from xjk.cli.rules_show import rule_lines
from xjk.errors import UserError
from xjk.hooks.manager import catalogue
from xjk.models.finding import Finding
from xjk.models.problem_kinds import PROBLEM_KINDS
from xjk.report.finding_text import explain_finding, lead_lines
from xjk.report.labels import PROBLEM
from xjk.report.width import wrap
from xjk.rules.page import sections

_FINDING = re.compile(r"fp1:[0-9a-f]{4,32}")
_LEAD = re.compile(r"L[0-9a-f]{10}")
_PROBLEM = re.compile(r"[Pp][0-9]{3}")
_ERROR = re.compile(r"(?:[Xx][Jj][Kk]-)?[Ee][0-9]{3}")
_SLOT = re.compile(r"\{\w+\}")
_INNOCENT = "清白的解释 Innocent explanations"


def run(args: Namespace, console: Console) -> int:
    """Explain one thing, told apart by the form of its name."""
    what: str = args.what
    if _FINDING.fullmatch(what):
        lines = _finding(what, _source(args), console)
    elif _LEAD.fullmatch(what):
        lines = _lead(what, _source(args), console)
    elif _PROBLEM.fullmatch(what):
        lines = _problem(what.upper(), console)
    elif _ERROR.fullmatch(what):
        lines = error_lines(what.upper(), console)
    else:
        lines = rule_lines(rule_named(what, catalogue()), console)
    console.deliver_lines(list(lines))
    return 0


def _source(args: Namespace) -> Path:
    if args.source is None:
        raise UserError(
            zh="请用 --from 给出检查结果。",
            en="Name the result with --from.",
            hint_zh="先运行 xjk check DATA --format json --output run.json。",
            hint_en="Run xjk check DATA --format json --output run.json first.",
        )
    return Path(args.source)


def _finding(beginning: str, source: Path, console: Console) -> Iterator[str]:
    """Explain the finding whose identifier begins so."""
    found = [finding for finding in read_findings(source) if finding.finding_id.startswith(beginning)]
    if len(found) != 1:
        raise _not_one(beginning, source, len(found))
    yield from explain_finding(found[0], console.say)
    yield from _innocent(found[0], console)


def _innocent(finding: Finding, console: Console) -> Iterator[str]:
    """Yield the innocent explanations on the page of the rule, when its pack is installed."""
    rule = catalogue().rule(finding.rule_id)
    text = sections(rule.page).get(_INNOCENT) if rule is not None else None
    if text is not None:
        yield from ("", console.say("清白的解释", "Innocent explanations"))
        for line in text.splitlines():
            yield from wrap(line, indent="  ")


def _lead(identity: str, source: Path, console: Console) -> Iterator[str]:
    result = read_result(source)
    found = [lead for lead in result.leads if lead.lead_id == identity] if result is not None else []
    if result is None or not found:
        raise _not_one(identity, source, 0)
    findings = {finding.finding_id: finding for finding in result.findings}
    yield from lead_lines(found[0], findings, console.say)


def _problem(code: str, console: Console) -> Iterator[str]:
    kind = next((kind for kind in PROBLEM_KINDS.values() if kind.code == code), None)
    if kind is None:
        known = " ".join(sorted(kind.code for kind in PROBLEM_KINDS.values()))
        raise UserError(
            zh=f"没有问题代码 {code}。",
            en=f"There is no problem code {code}.",
            hint_zh=f"可用的有：{known}。",
            hint_en=f"Known: {known}.",
        )
    lang = console.lang
    reason, hint = (_SLOT.sub("…", text.text(lang)) for text in (kind.reason, kind.hint))
    yield from wrap(f"{code} {PROBLEM[kind.severity].text(lang)}  {reason}")
    yield from wrap(hint, indent="  ")
    effects = {
        "error": console.say("该行或该表被隔离，不进入账套。", "The row or table is kept out of the ledger."),
        "warning": console.say("该行仍进入账套。", "The row is in the ledger all the same."),
        "notice": console.say("没有数据因此丢失。", "Nothing is lost."),
    }
    yield from wrap(effects[kind.severity], indent="  ")


def _not_one(name: str, source: Path, count: int) -> UserError:
    if count:
        return UserError(
            zh=f"有 {count} 个疑点以“{name}”开头。",
            en=f'{count} findings begin with "{name}".',
            where=str(source),
            hint_zh="请多写几位。",
            hint_en="Give more of the identifier.",
        )
    return UserError(
        zh=f"结果中没有“{name}”。",
        en=f'There is no "{name}" in the result.',
        where=str(source),
        hint_zh="请核对编号；线索只在 --format json 的结果中。",
        hint_en="Check the identifier; leads are in results of --format json only.",
    )
