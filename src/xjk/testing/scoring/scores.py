"""Figures of one scoring: counts only, so that anybody can recompute and compare them."""

from __future__ import annotations

from pydantic import Field

from xjk.models.finding import Yuan
from xjk.models.rule import Form, Model, Severity
from xjk.models.words import Words


class Share(Model):
    """Be a part of a whole, both counted; nothing is divided, so nothing is rounded."""

    part: int = Field(ge=0)
    """How many of the whole."""
    whole: int = Field(ge=0)
    """How many there are."""

    @property
    def percent(self) -> str:
        """Return the share with one decimal, rounded down, such as ``46.6%``; a dash where there is no whole."""
        if not self.whole:
            return "—"
        tenths = self.part * 1000 // self.whole
        return f"{tenths // 10}.{tenths % 10}%"


class SchemeScore(Model):
    """Say whether one planted scheme was found."""

    id: str
    """Form and number."""
    form: Form
    """Form of the fund."""
    unit_code: str
    """Unit that carries it."""
    title: Words
    """What is done."""
    amount: Yuan
    """What leaves or misses the books, in yuan."""
    found: bool
    """Whether a finding names a row that shows it."""
    rules: tuple[str, ...]
    """Rules whose findings do."""
    rows: Share
    """Rows that show it, and how many of them findings name."""


class FormScore(Model):
    """Say how much of one form was found."""

    form: Form
    """Form of the fund."""
    schemes: Share
    """Schemes found of those planted."""
    rows: Share
    """Rows named by findings of those that show the schemes."""
    amount: Yuan
    """Sum planted, in yuan."""
    amount_found: Yuan
    """Sum of the schemes found, in yuan."""


class SeverityScore(Model):
    """Say how right the findings of one severity are."""

    severity: Severity
    """How much they weigh."""
    findings: int
    """Findings that count: neither accepted nor excluded."""
    touching: int
    """Findings that name a planted row."""
    kindred: int
    """Further findings of a unit and a form in which something is planted; their rows are not part of it."""
    on_honest: int
    """Findings of units in which nothing is planted that name no planted row."""


class Ranking(Model):
    """Say where the ranking of units puts those in which something is planted."""

    units: int
    """Units with something planted."""
    ranked: int
    """How many of them are ranked at all."""
    best: int | None
    """Best place of them; none when no one is ranked."""
    median: int | None
    """Place of the middle one (the lower of two), those not ranked counting last; none when it is not ranked."""
    at_top: Share
    """How many of the first places, as many as there are such units, they take."""


class Score(Model):
    """Be the score of one run."""

    recall: Share
    """Schemes found of those planted."""
    rows: Share
    """Rows named by findings of those that show schemes; a row of two schemes counts twice."""
    precision: Share
    """Findings that name a planted row, of all that count."""
    wide_precision: Share
    """Findings that name a planted row or fit unit and form of something planted, of all that count."""
    schemes: tuple[SchemeScore, ...]
    """Every planted scheme."""
    forms: tuple[FormScore, ...]
    """Every form in which something is planted."""
    severities: tuple[SeverityScore, ...]
    """Findings by severity, the gravest first."""
    honest_units: int
    """Units of the data in which nothing is planted."""
    ranking: Ranking
    """Ranking of the units with something planted."""
    is_complete: bool
    """Whether everything that was meant to run did."""

    @property
    def missed(self) -> tuple[SchemeScore, ...]:
        """Return the schemes that no finding names a row of."""
        return tuple(scheme for scheme in self.schemes if not scheme.found)
