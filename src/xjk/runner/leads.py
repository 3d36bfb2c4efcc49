"""Draw findings that share evidence into leads, score them, and rank units by them.

A score is a sum of explained parts, in whole points, so that anybody can recompute it:

- severity of the gravest finding: serious 40, warning 20, notice 5;
- nature: off the books 20, outside body 15, on the books or to verify 0;
- 10 for each further rule that speaks for the lead, at most 30 (independent signs weigh more than repetition);
- the amount: 5 points for every power of ten from 1,000 yuan, at most 25.

A unit scores the sum of its three best leads and 2 for each further one, at most 20: many small clues must not
outweigh one grave one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

from xjk.errors import Lang
from xjk.models.finding import Evidence, Finding
from xjk.models.lead import Lead, ScorePart, UnitRank
from xjk.models.money import money_text, read_money
from xjk.models.rule import NATURES, SEVERITIES, Nature, Severity

SEVERITY_POINTS: dict[Severity, int] = {"serious": 40, "warning": 20, "notice": 5}
NATURE_POINTS: dict[Nature, int] = {"off_book": 20, "outside": 15, "on_book": 0, "to_verify": 0}
_SEVERITY_WORDS = {"serious": "严重", "warning": "警示", "notice": "提示"}
_STORY_ROWS = 20
"""Papers that the story of a lead lists at most."""

_COMMON_ROWS = 20
"""Rows named by more findings than this tie nothing together: they are a register, not a trace."""

_Row = tuple[str, str, str, int]
"""Table and key of a row, and the file and line it came from."""


def draw_leads(findings: Sequence[Finding], lang: Lang) -> tuple[Lead, ...]:
    """Return the leads, highest first; accepted and excluded findings make none."""
    counting = [finding for finding in findings if finding.state in ("new", "reopened")]
    drafts = [_lead(group, lang) for group in _grouped(counting)]
    drafts.sort(key=lambda lead: (-lead.score, -read_money(lead.amount), lead.lead_id))
    return tuple(lead.model_copy(update={"rank": rank}) for rank, lead in enumerate(drafts, start=1))


def rank_units(leads: Sequence[Lead], findings: Sequence[Finding], lang: Lang) -> tuple[UnitRank, ...]:
    """Return the units with leads, highest first."""
    counting = [finding for finding in findings if finding.state in ("new", "reopened")]
    names = {finding.unit_code: finding.unit_name for finding in counting}
    drafts = []
    for unit, name in names.items():
        own = [lead for lead in leads if unit in lead.units]
        parts = [
            ScorePart(what=f"{'线索' if lang == 'zh' else 'lead'} {lead.lead_id}", points=lead.score)
            for lead in own[:3]
        ]
        if own[3:]:
            more = f"另有 {len(own) - 3} 条线索" if lang == "zh" else f"{len(own) - 3} further leads"
            parts.append(ScorePart(what=more, points=min(2 * (len(own) - 3), 20)))
        drafts.append(
            UnitRank(
                rank=1,
                unit_code=unit,
                unit_name=name,
                score=sum(part.points for part in parts),
                parts=tuple(parts),
                leads=tuple(lead.lead_id for lead in own),
                findings=sum(1 for finding in counting if finding.unit_code == unit),
                amount=money_text(sum(read_money(lead.amount) for lead in own)),
            )
        )
    drafts.sort(key=lambda unit: (-unit.score, -read_money(unit.amount), unit.unit_code))
    return tuple(unit.model_copy(update={"rank": rank}) for rank, unit in enumerate(drafts, start=1))


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Join findings that name the same row of evidence, however long the chain."""
    parent = list(range(len(findings)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for places in _by_row(findings).values():
        if len(places) <= _COMMON_ROWS:
            for place in places[1:]:
                parent[root(place)] = root(places[0])
    groups: dict[int, list[Finding]] = {}
    for place, finding in enumerate(findings):
        groups.setdefault(root(place), []).append(finding)
    return list(groups.values())


def _by_row(findings: Iterable[Finding]) -> dict[_Row, list[int]]:
    """Return the places of the findings that name each row; rows are told apart by where they came from."""
    rows: dict[_Row, list[int]] = {}
    for place, finding in enumerate(findings):
        for row in {_row(item) for item in finding.evidence if item.source is not None}:
            rows.setdefault(row, []).append(place)
    return rows


def _row(evidence: Evidence) -> _Row:
    source = evidence.source
    return evidence.table, evidence.key, source.file if source else "", source.row if source else 0


def _lead(findings: list[Finding], lang: Lang) -> Lead:
    findings.sort(
        key=lambda f: (-SEVERITIES.index(f.severity), -read_money(f.amount), f.rule_id, f.finding_id)
    )
    identities = sorted(finding.finding_id for finding in findings)
    units = tuple(sorted({finding.unit_code for finding in findings}))
    parts = _parts(findings, lang)
    named = _by_row(findings)
    shared = {
        row: item
        for finding in findings
        for item in finding.evidence
        if len(named.get(row := _row(item), ())) > 1
    }
    return Lead(
        lead_id="L" + hashlib.sha256("\n".join(identities).encode()).hexdigest()[:10],
        rank=1,
        score=sum(part.points for part in parts),
        parts=parts,
        unit_code=findings[0].unit_code,
        unit_name=findings[0].unit_name,
        units=units,
        forms=tuple(sorted({finding.form for finding in findings})),
        severity=findings[0].severity,
        amount=money_text(max(read_money(finding.amount) for finding in findings)),
        title=("；" if lang == "zh" else "; ").join(dict.fromkeys(finding.title for finding in findings)),
        findings=tuple(finding.finding_id for finding in findings),
        shared=tuple(shared[row] for row in sorted(shared)),
        story=_story(findings, shared),
    )


def _story(findings: Sequence[Finding], shared: Collection[_Row]) -> tuple[Evidence, ...]:
    """Return the rows that have a day, in the order of their days.

    When there are too many, rows that tie findings together are kept first, then those of the graver findings.
    """
    dated = {_row(item): item for finding in findings for item in finding.evidence if item.day is not None}
    kept = sorted(dated, key=lambda row: row not in shared)[:_STORY_ROWS]
    return tuple(dated[row] for row in sorted(kept, key=lambda row: (dated[row].day or "", row)))


def _parts(findings: Sequence[Finding], lang: Lang) -> tuple[ScorePart, ...]:
    """Explain a lead's score; see the head of this file."""
    zh = lang == "zh"
    gravest = findings[0].severity
    parts = [
        ScorePart(
            what=f"最高程度：{_SEVERITY_WORDS[gravest]}" if zh else f"gravest finding: {gravest}",
            points=SEVERITY_POINTS[gravest],
        )
    ]
    nature = max((finding.nature for finding in findings), key=lambda nature: (NATURE_POINTS[nature], nature))
    if NATURE_POINTS[nature]:
        parts.append(ScorePart(what=NATURES[nature].text(lang), points=NATURE_POINTS[nature]))
    rules = len({finding.rule_id for finding in findings})
    if rules > 1:
        what = f"{rules} 条规则相互印证" if zh else f"{rules} rules agree"
        parts.append(ScorePart(what=what, points=min(10 * (rules - 1), 30)))
    amount = max(read_money(finding.amount) for finding in findings)
    digits = min(max(len(str(amount // 100)) - 3, 0), 5)
    if amount > 0 and digits:
        what = f"金额 {money_text(amount)} 元" if zh else f"amount {money_text(amount)} yuan"
        parts.append(ScorePart(what=what, points=5 * digits))
    return tuple(parts)
