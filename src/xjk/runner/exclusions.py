"""Local exclusions: kinds of findings that are innocent here, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from xjk.errors import BaselineError, YamlError
from xjk.models.finding import Finding
from xjk.models.rule import Model, Rule
from xjk.reference.yaml_file import read_yaml
from xjk.rules.select import matches
from xjk.runner.baseline import Judged
from xjk.runner.config import document_errors


class Exclusion(Model):
    """Say which findings are innocent here, and why."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    """Name of the exclusion."""
    reason: str = Field(min_length=1)
    """Why such findings are innocent."""
    rules: tuple[str, ...] = Field(min_length=1)
    """Rules it speaks of: codes, prefixes, packs, forms, tags or names."""
    units: tuple[str, ...] = ()
    """Units it speaks of; all when empty."""
    when: Mapping[str, str] = {}
    """Facts that must have exactly these values; ``subject`` may be named too."""
    until: str | None = Field(default=None, pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    """Last day it holds, compared with the newest date in the data."""

    def covers(self, finding: Finding, rule: Rule) -> bool:
        """Tell whether a finding is of this kind."""
        facts = {**finding.facts, "subject": finding.subject}
        return (
            any(matches(rule, reference) for reference in self.rules)
            and (not self.units or finding.unit_code in self.units)
            and all(name in facts and str(facts[name]) == value for name, value in self.when.items())
        )


class Exclusions(Model):
    """Hold the exclusions of one place."""

    exclusions: tuple[Exclusion, ...]
    """The exclusions."""


def read_exclusions(path: Path) -> Exclusions:
    """Read an exclusions file.

    Raises:
        BaselineError: names everything wrong with it.
    """
    try:
        return Exclusions.model_validate(read_yaml(path))
    except YamlError as error:
        raise BaselineError(
            zh=error.zh, en=error.en, where=error.where, hint_zh=error.hint_zh, hint_en=error.hint_en
        ) from error
    except ValidationError as error:
        raise BaselineError(
            zh="排除文件有误。",
            en="The exclusions are not valid.",
            where=str(path),
            errors=document_errors(error, str(path)),
        ) from error


def apply_exclusions(
    findings: Sequence[Finding], exclusions: Exclusions, rules: Mapping[str, Rule], as_of: date | None
) -> Judged:
    """Mark findings that an exclusion covers; they stay in the result with the reason."""
    today = as_of.isoformat() if as_of else ""
    standing = [item for item in exclusions.exclusions if item.until is None or today <= item.until]
    used: set[str] = set()
    judged: list[Finding] = []
    for finding in findings:
        covering = next((item for item in standing if item.covers(finding, rules[finding.rule_id])), None)
        if covering is not None:
            used.add(covering.id)
            reason = f"{covering.id}: {covering.reason}"
            finding = finding.model_copy(update={"state": "excluded", "reason": reason})  # noqa: PLW2901
        judged.append(finding)
    return Judged(
        tuple(judged), tuple(f"exclusion {item.id}" for item in exclusions.exclusions if item.id not in used)
    )
