"""What one run produced: findings, what did not run, and how to run it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from xjk.models.finding import Finding, IsoDay
from xjk.models.lead import Lead, UnitRank
from xjk.models.pack import PackProblem
from xjk.models.problem import Problem
from xjk.models.rule import SEVERITIES, Model, Severity
from xjk.models.words import Words


class FileCount(Model):
    """Account for the rows of one file that fed one table."""

    file: str
    """File as the user knows it."""
    table: str
    """Canonical table."""
    rows: int
    """Data rows read: accepted and quarantined."""
    accepted: int
    """Rows in the ledger."""
    quarantined: int
    """Rows kept out, each with a problem that says why."""
    ignored: int
    """Rows that are no data: header, preamble, blank and total rows."""

    @property
    def is_refused_whole(self) -> bool:
        """Tell whether there were rows and none was accepted."""
        return self.quarantined > 0 and not self.accepted


class Validation(Model):
    """Say what became of every input row, and what is wrong with the data."""

    files: tuple[FileCount, ...]
    """Counts by file and table."""
    counts: Mapping[str, int]
    """Problems by code."""
    errors: int
    """Problems that kept a row or table out."""
    warnings: int
    """Problems that did not."""
    problems: tuple[Problem, ...]
    """The problems, ordered by file and row."""
    not_shown: int = 0
    """Problems beyond the limit asked for; counted above all the same."""

    @property
    def rows(self) -> int:
        """Return the number of data rows read."""
        return sum(file.rows for file in self.files)

    @property
    def accepted(self) -> int:
        """Return the number of rows in the ledger."""
        return sum(file.accepted for file in self.files)

    @property
    def quarantined(self) -> int:
        """Return the number of rows kept out."""
        return sum(file.quarantined for file in self.files)


class RuleRun(Model):
    """Say what became of one selected rule."""

    rule_id: str
    """Code of the rule."""
    title: Words
    """Title of the rule."""
    pack: str
    """Pack it comes from."""
    revision: int
    """Its revision."""
    status: Literal["ran", "skipped", "failed"]
    """Whether it ran."""
    findings: int = 0
    """Number of findings."""
    missing: tuple[str, ...] = ()
    """Tables and columns that were not supplied, as ``table`` or ``table.column``."""
    error: Words | None = None
    """What went wrong, where, and what to do about it."""


class Coverage(Model):
    """Say for every selected rule whether it ran, and name what else could not be used."""

    rules: tuple[RuleRun, ...]
    """Every selected rule, by code."""
    packs: tuple[PackProblem, ...] = ()
    """Packs, or parts of packs, that could not be used."""
    tables: tuple[str, ...] = ()
    """Tables that were supplied but could not be read."""

    def of(self, status: Literal["ran", "skipped", "failed"]) -> tuple[RuleRun, ...]:
        """Return the rules with one status."""
        return tuple(rule for rule in self.rules if rule.status == status)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing that was meant to run failed to.

        Rules without their data do not count: they are named, and the data was never supplied.
        """
        return not (self.of("failed") or self.packs or self.tables)


class RunInfo(Model):
    """Say what a run was made with, so that it can be made again."""

    xjk: str
    """Version of xjk."""
    hook_api: int
    """Hook interface."""
    ledger_api: int
    """Table contract."""
    engine: str
    """Engine and its version."""
    packs: Mapping[str, str]
    """Packs and their versions."""
    data_hash: str
    """SHA-256 over the accepted rows, independent of file names and row order."""
    as_of: IsoDay | None
    """Newest date in the data; rules count from it."""
    lang: Literal["zh", "en"]
    """Language of titles and messages."""


class RunResult(Model):
    """Be everything one run produced."""

    run: RunInfo
    """What it was made with."""
    coverage: Coverage
    """What ran and what did not."""
    findings: tuple[Finding, ...]
    """Findings ordered by unit, rule and subject."""
    leads: tuple[Lead, ...] = ()
    """Leads, highest first."""
    units: tuple[UnitRank, ...] = ()
    """Units ranked by their leads."""
    validation: Validation
    """What became of every input row."""
    stale: tuple[str, ...] = Field(default=())
    """Entries of the baseline or the exclusions that matched nothing or have expired."""

    def exit_code(self, fail_level: Severity = "notice", *, strict: bool = False) -> int:
        """Return 3 for an incomplete run, 1 when a finding that counts reaches the fail level, else 0.

        With ``strict``, rules skipped for want of data and stale baseline entries make the run incomplete too.
        """
        if not self.coverage.is_complete or (strict and (self.coverage.of("skipped") or self.stale)):
            return 3
        floor = SEVERITIES.index(fail_level)
        counting = (f for f in self.findings if f.state in ("new", "reopened"))
        return 1 if any(SEVERITIES.index(f.severity) >= floor for f in counting) else 0
