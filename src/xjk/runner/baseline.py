"""Findings somebody has looked at and accepted, so that the next run shows what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from xjk.errors import BaselineError
from xjk.models.files import write_whole
from xjk.models.finding import Finding
from xjk.models.rule import Model


class Accepted(Model):
    """Record that one finding was looked at and accepted."""

    finding_id: str = Field(pattern=r"^fp1:[0-9a-f]{32}$")
    """Fingerprint of the finding."""
    evidence_hash: str
    """Hash of its evidence then; other evidence opens the case again."""
    rule_id: str
    """Code of the rule, for readers of the file."""
    unit_code: str
    """Unit, for readers of the file."""
    reason: str = Field(min_length=1)
    """Why it was accepted."""
    by: str = ""
    """Who accepted it."""
    until: str | None = Field(default=None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    """Last day it is accepted for, compared with the newest date in the data."""


class Baseline(Model):
    """Hold the accepted findings of some books."""

    version: int = Field(default=1, ge=1, le=1)
    """Version of this document."""
    accepted: tuple[Accepted, ...] = ()
    """The findings, by rule and unit."""


class Judged(NamedTuple):
    """Be findings after the baseline or the exclusions, and the entries that served no purpose."""

    findings: tuple[Finding, ...]
    stale: tuple[str, ...]


def read_baseline(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        BaselineError: when the file cannot be read or is not a baseline.
    """
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise BaselineError(
            zh=f"基线文件无法使用：{type(error).__name__}。",
            en=f"The baseline cannot be used: {error}.",
            where=str(path),
            hint_zh="请用 xjk baseline write 重新生成。",
            hint_en="Write it again with xjk baseline write.",
        ) from error


def write_baseline(
    findings: Iterable[Finding], path: Path, *, reason: str, by: str = "", until: str | None = None
) -> Baseline:
    """Accept findings: write a baseline that names them, whole or not at all.

    A baseline that is there already is added to: what it accepts, and these findings leave as accepted, keeps its
    own reason.

    Raises:
        BaselineError: when the file is there and is not a baseline.
    """
    entries = {entry.finding_id: entry for entry in read_baseline(path).accepted} if path.exists() else {}
    for finding in findings:
        if finding.state in ("new", "reopened"):
            entries[finding.finding_id] = Accepted(
                finding_id=finding.finding_id,
                evidence_hash=finding.evidence_hash,
                rule_id=finding.rule_id,
                unit_code=finding.unit_code,
                reason=reason,
                by=by,
                until=until,
            )
    ordered = sorted(entries.values(), key=lambda entry: (entry.rule_id, entry.unit_code, entry.finding_id))
    baseline = Baseline(accepted=tuple(ordered))
    write_whole(path, baseline.model_dump_json(indent=2) + "\n")
    return baseline


def apply_baseline(findings: Sequence[Finding], baseline: Baseline, as_of: date | None) -> Judged:
    """Mark findings as accepted, or as reopened where the evidence has changed or the acceptance has run out."""
    entries = {entry.finding_id: entry for entry in baseline.accepted}
    judged: list[Finding] = []
    stale = dict.fromkeys(entries)
    for finding in findings:
        entry = entries.get(finding.finding_id)
        if entry is None or finding.state == "excluded":
            judged.append(finding)
            continue
        stale.pop(finding.finding_id, None)
        expired = entry.until is not None and as_of is not None and as_of.isoformat() > entry.until
        same = entry.evidence_hash == finding.evidence_hash and not expired
        judged.append(
            finding.model_copy(update={"state": "accepted" if same else "reopened", "reason": entry.reason})
        )
    return Judged(tuple(judged), tuple(f"baseline {identity}" for identity in stale))
