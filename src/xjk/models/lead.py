"""Findings drawn together: leads, and units ranked by them."""

from __future__ import annotations

from xjk.models.finding import Evidence, Yuan
from xjk.models.rule import Form, Model, Severity


class ScorePart(Model):
    """Explain one part of a score."""

    what: str
    """What the points are for."""
    points: int
    """Points given."""


class Lead(Model):
    """Be one matter to look into: findings of a unit that share evidence."""

    lead_id: str
    """Stable identifier, made from its findings."""
    rank: int
    """Place among all leads, 1 first."""
    score: int
    """Sum of the parts."""
    parts: tuple[ScorePart, ...]
    """How the score came about."""
    unit_code: str
    """Unit concerned; the first in order when several are."""
    unit_name: str
    """Name of that unit."""
    units: tuple[str, ...]
    """All units concerned."""
    forms: tuple[Form, ...]
    """Forms of the findings."""
    severity: Severity
    """Highest severity among the findings."""
    amount: Yuan
    """Largest amount among the findings, in yuan: findings over the same rows are not added up."""
    title: str
    """Titles of the findings."""
    findings: tuple[str, ...]
    """Identifiers of the findings."""
    shared: tuple[Evidence, ...] = ()
    """Rows that tie the findings together."""
    story: tuple[Evidence, ...] = ()
    """What happened in order: rows with a day, those that tie findings together first to be kept; at most 20."""


class UnitRank(Model):
    """Rank one unit by its leads."""

    rank: int
    """Place among all units, 1 first."""
    unit_code: str
    """Unit."""
    unit_name: str
    """Name of the unit."""
    score: int
    """Sum of the parts."""
    parts: tuple[ScorePart, ...]
    """How the score came about."""
    leads: tuple[str, ...]
    """Identifiers of its leads, highest first."""
    findings: int
    """Number of findings that count."""
    amount: Yuan
    """Sum of the amounts of its leads, in yuan."""
