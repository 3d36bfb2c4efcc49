"""Findings and leads as blocks of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xjk.models.finding import Evidence, Finding
from xjk.models.lead import Lead
from xjk.models.rule import NATURES
from xjk.models.tables import TABLES
from xjk.report.labels import SEVERITY, STATE, grouped
from xjk.report.speech import Say
from xjk.report.width import table, wrap

ROWS_SHOWN = 6
"""Evidence rows of a finding that a lead lists; ``xjk explain`` lists all."""

_STEP = "     "
_DEEP = "       "


def lead_lines(lead: Lead, findings: Mapping[str, Finding], say: Say) -> Iterator[str]:
    """Yield a lead: rank, score and its parts, unit, amount; then its findings and what to ask for next."""
    own = [findings[identity] for identity in lead.findings if identity in findings]
    severity = SEVERITY[lead.severity]
    head = say(
        f"{lead.score} 分 {severity.zh}  {lead.unit_name}（{lead.unit_code}）  {grouped(lead.amount)} 元",
        f"{lead.score} points, {severity.en}  {lead.unit_name} ({lead.unit_code})  {grouped(lead.amount)} yuan",
    )
    yield from wrap(f"{head}  {lead.lead_id}", indent=f"{lead.rank:>3}  ")
    others = [unit for unit in lead.units if unit != lead.unit_code]
    if others:
        yield from wrap(say(f"还涉及：{'、'.join(others)}", f"Also: {', '.join(others)}"), indent=_STEP)
    parts = " + ".join(f"{part.what} {part.points}" for part in lead.parts)
    yield from wrap(say(f"得分：{parts}", f"Score: {parts}"), indent=_STEP)
    for finding in own:
        yield from _finding_lines(finding, say)
    yield from _story_lines(lead, say)
    requests = list(_verify_lines(own, _DEEP))
    if requests:
        yield from (_STEP + say("核实：", "To verify:"), *requests)


def _finding_lines(finding: Finding, say: Say) -> Iterator[str]:
    reopened = say("（重新打开）", " (reopened)") if finding.state == "reopened" else ""
    yield from wrap(f"{finding.rule_id} {finding.title}{reopened}  {short(finding)}", indent=_STEP)
    yield from wrap(finding.message, indent=_DEEP)
    yield from _evidence_lines(finding.evidence[:ROWS_SHOWN], say, _DEEP)
    more = len(finding.evidence) - ROWS_SHOWN
    if more > 0:
        yield from wrap(
            say(f"另有 {more} 行证据，见 --format jsonl", f"and {more} more rows, see --format jsonl"),
            indent=_DEEP,
        )


def short(finding: Finding) -> str:
    """Return the beginning of a finding's identifier, enough for ``xjk explain``."""
    return finding.finding_id[:16]


def _evidence_lines(evidence: Iterable[Evidence], say: Say, indent: str) -> Iterator[str]:
    """Yield one line for each evidence row: file and row, table, key and the part it plays."""
    for item in evidence:
        source = item.source
        place = f"{source.file}:{source.row}" if source else say("（不在账套中）", "(not in the ledger)")
        role = f"  [{item.role}]" if item.role else ""
        day = f"  {item.day}" if item.day else ""
        yield from wrap(
            f"{place}  {item.table} {item.key}{role}{day}{_told(item, say)}", indent=f"{indent}- "
        )


def _told(item: Evidence, say: Say) -> str:
    """Return what a row tells beside its day: amount, other side, account."""
    amount = item.amount and say(f"{grouped(item.amount)} 元", f"{grouped(item.amount)} yuan")
    account = item.account and say(f"账号 {item.account}", f"account {item.account}")
    return "".join(f"  {part}" for part in (amount, item.party, account) if part)


def _story_lines(lead: Lead, say: Say) -> Iterator[str]:
    """Yield what happened, one paper a line; a lead of one finding has it among the evidence."""
    if len(lead.findings) > 1 and len(lead.story) > 1:
        yield _STEP + say("经过：", "In order:")
        for item in lead.story:
            paper = say(TABLES[item.table].zh, item.table.replace("_", " "))
            yield from wrap(f"{item.day}  {paper} {item.key}{_told(item, say)}", indent=_DEEP)


def _verify_lines(findings: Iterable[Finding], indent: str) -> Iterator[str]:
    """Yield what to ask for next, each request once."""
    requests = dict.fromkeys(request for finding in findings for request in finding.verify)
    for number, request in enumerate(requests, start=1):
        yield from wrap(request, indent=f"{indent}{number}. ")


def explain_finding(finding: Finding, say: Say) -> Iterator[str]:
    """Yield everything a finding says: message, facts, all evidence, legal basis, parameters, next steps."""
    yield from wrap(f"{finding.rule_id} {finding.title}")
    yield from wrap(finding.message, indent="  ")
    yield ""
    yield from table(_head(finding, say))
    sections = (
        (say("事实", "Facts"), _pairs(finding.facts)),
        (say("参数", "Parameters"), _pairs(finding.params)),
        (say("证据", "Evidence"), _evidence_lines(finding.evidence, say, "  ")),
        (say("依据", "Basis"), _basis_lines(finding, say)),
        (say("核实", "To verify"), _verify_lines([finding], "  ")),
    )
    for title, body in sections:
        lines = list(body)
        if lines:
            yield from ("", title, *lines)


def _head(finding: Finding, say: Say) -> Iterator[tuple[str, str]]:
    yield say("编号", "identifier"), finding.finding_id
    yield (
        say("单位", "unit"),
        say(f"{finding.unit_name}（{finding.unit_code}）", f"{finding.unit_name} ({finding.unit_code})"),
    )
    yield say("对象", "subject"), finding.subject
    yield say("金额", "amount"), say(f"{grouped(finding.amount)} 元", f"{grouped(finding.amount)} yuan")
    days = dict.fromkeys(day for day in (finding.date_from, finding.date_to) if day)
    if days:
        yield say("日期", "dates"), say(" 至 ", " to ").join(days)
    severity, nature = SEVERITY[finding.severity], NATURES[finding.nature]
    yield say("程度", "severity"), say(severity.zh, severity.en)
    yield say("性质", "nature"), say(nature.zh, nature.en)
    state = STATE[finding.state]
    reason = say(f"：{finding.reason}", f": {finding.reason}") if finding.reason else ""
    yield say("状态", "state"), say(state.zh, state.en) + reason


def _pairs(values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        yield from wrap(f"{name} = {'—' if value is None else value}", indent="  ")


def _basis_lines(finding: Finding, say: Say) -> Iterator[str]:
    for basis in finding.basis:
        cited = say(
            f"《{basis.title}》第 {basis.article} 条（{basis.version} 起施行）",
            f"{basis.title}, article {basis.article} (in force from {basis.version})",
        )
        yield from wrap(cited, indent="  - ")
