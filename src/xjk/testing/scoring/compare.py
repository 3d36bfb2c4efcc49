"""Compare the findings of a run with the ground truth, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from xjk.models.finding import Finding
from xjk.models.lead import UnitRank
from xjk.models.money import money_text, read_money
from xjk.models.rule import SEVERITIES, Severity
from xjk.models.run import RunResult
from xjk.testing.scoring.scores import FormScore, Ranking, SchemeScore, Score, SeverityScore, Share
from xjk.testing.scoring.truth import PlantedScheme, Truth

COMMON_TABLES = frozenset({"unit", "person"})
"""Registers whose rows findings of every kind name: a row of them alone does not show that a scheme was found."""

Row = tuple[str, str]
"""Table, and key columns joined with a vertical bar."""


def score(result: RunResult, truth: Truth) -> Score:
    """Score a run against the ground truth; the run must show personal data (``unmask=True``), or keys do not meet.

    A scheme is found when a finding names a row that shows it, whichever unit the finding is of; rows of
    `COMMON_TABLES` count only for schemes that have no others. Accepted and excluded findings do not count.
    """
    findings = [finding for finding in result.findings if finding.state in ("new", "reopened")]
    rows = [_telling_rows(scheme) for scheme in truth.schemes]
    rules_by_row = _rules_by_row(findings)
    schemes = tuple(
        _scheme_score(scheme, telling, rules_by_row)
        for scheme, telling in zip(truth.schemes, rows, strict=True)
    )
    units = {scheme.unit_code for scheme in truth.schemes}
    planted_rows = frozenset().union(*rows)
    severities = tuple(
        _severity_score(
            severity, [f for f in findings if f.severity == severity], planted_rows, truth.schemes
        )
        for severity in reversed(SEVERITIES)
    )
    touching = sum(severity.touching for severity in severities)
    kindred = sum(severity.kindred for severity in severities)
    return Score(
        recall=Share(part=sum(scheme.found for scheme in schemes), whole=len(schemes)),
        rows=_sum(scheme.rows for scheme in schemes),
        precision=Share(part=touching, whole=len(findings)),
        wide_precision=Share(part=touching + kindred, whole=len(findings)),
        schemes=schemes,
        forms=tuple(_form_scores(schemes)),
        severities=severities,
        honest_units=max(_unit_count(result, units) - len(units), 0),
        ranking=_ranking(result.units, units),
        is_complete=result.coverage.is_complete,
    )


def _sum(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(part=sum(share.part for share in listed), whole=sum(share.whole for share in listed))


def _telling_rows(scheme: PlantedScheme) -> frozenset[Row]:
    """Return the rows that tell a scheme from others of the same unit."""
    rows = [(row.table, row.key) for row in scheme.evidence]
    own = frozenset(row for row in rows if row[0] not in COMMON_TABLES)
    return own or frozenset(rows)


def _rows_of(finding: Finding) -> set[Row]:
    return {(item.table, item.key) for item in finding.evidence}


def _rules_by_row(findings: Iterable[Finding]) -> dict[Row, set[str]]:
    """Return the rules whose findings name each row."""
    rules: dict[Row, set[str]] = {}
    for finding in findings:
        for row in _rows_of(finding):
            rules.setdefault(row, set()).add(finding.rule_id)
    return rules


def _scheme_score(
    scheme: PlantedScheme, telling: frozenset[Row], rules_by_row: Mapping[Row, Collection[str]]
) -> SchemeScore:
    named = [row for row in telling if row in rules_by_row]
    return SchemeScore(
        id=scheme.id,
        form=scheme.form,
        unit_code=scheme.unit_code,
        title=scheme.title,
        amount=scheme.amount,
        found=bool(named),
        rules=tuple(sorted({rule for row in named for rule in rules_by_row[row]})),
        rows=Share(part=len(named), whole=len(telling)),
    )


def _form_scores(schemes: Sequence[SchemeScore]) -> Iterable[FormScore]:
    for form in sorted({scheme.form for scheme in schemes}):
        own = [scheme for scheme in schemes if scheme.form == form]
        found = [scheme for scheme in own if scheme.found]
        yield FormScore(
            form=form,
            schemes=Share(part=len(found), whole=len(own)),
            rows=_sum(scheme.rows for scheme in own),
            amount=money_text(sum(read_money(scheme.amount) for scheme in own)),
            amount_found=money_text(sum(read_money(scheme.amount) for scheme in found)),
        )


def _severity_score(
    severity: Severity,
    findings: Sequence[Finding],
    planted_rows: frozenset[Row],
    schemes: Sequence[PlantedScheme],
) -> SeverityScore:
    kinds = {(scheme.unit_code, scheme.form) for scheme in schemes}
    units = {scheme.unit_code for scheme in schemes}
    others = [finding for finding in findings if planted_rows.isdisjoint(_rows_of(finding))]
    return SeverityScore(
        severity=severity,
        findings=len(findings),
        touching=len(findings) - len(others),
        kindred=sum((finding.unit_code, finding.form) in kinds for finding in others),
        on_honest=sum(finding.unit_code not in units for finding in others),
    )


def _unit_count(result: RunResult, planted: Collection[str]) -> int:
    """Return the number of units in the data; of units heard of, where no table of units was supplied."""
    listed = sum(file.accepted for file in result.validation.files if file.table == "unit")
    return listed or len({finding.unit_code for finding in result.findings}.union(planted))


def _ranking(ranks: Sequence[UnitRank], units: Collection[str]) -> Ranking:
    places = sorted(unit.rank for unit in ranks if unit.unit_code in units)
    middle = (len(units) - 1) // 2
    return Ranking(
        units=len(units),
        ranked=len(places),
        best=places[0] if places else None,
        median=places[middle] if units and middle < len(places) else None,
        at_top=Share(part=sum(place <= len(units) for place in places), whole=len(units)),
    )
