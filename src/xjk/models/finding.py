"""What rules report (Hit) and what users read (Finding)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from xjk.models.rule import Basis, Form, Model, Nature, Severity

Fact = str | int | None
FindingState = Literal["new", "accepted", "reopened", "excluded"]
Yuan = Annotated[str, Field(pattern=r"^-?(?:0|[1-9][0-9]*)\.[0-9]{2}$")]
"""An amount as reports write it: yuan with two decimals; sums may have more digits than one amount."""
IsoDay = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
"""A day as reports write it."""


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """Name one row that speaks for a hit: table, key columns joined with ``|``, and the part it plays."""

    table: str
    key: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """Be what a rule yields: one suspicious thing, in stored values.

    Attributes:
        unit_code: Unit whose books it concerns.
        subject: What makes it the same finding next time; free of amounts and dates of the run.
        amount_fen: Amount involved, in fen.
        from_day: First day concerned, as a day number.
        to_day: Last day concerned.
        evidence: Rows that speak for it.
        facts: Further values; names ending in ``_fen``, ``_day`` and ``_micro`` are stored values of money, dates
            and numbers, and are shown as such.
    """

    unit_code: str
    subject: str
    amount_fen: int
    from_day: int | None = None
    to_day: int | None = None
    evidence: tuple[EvidenceKey, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


class SourceRef(Model):
    """Say where a row came from."""

    file: str
    """File as the user knows it."""
    row: int = Field(ge=1)
    """Row number as a spreadsheet counts, header included."""


class Evidence(Model):
    """Name one row that speaks for a finding and where it came from."""

    table: str
    """Canonical table."""
    key: str
    """Key columns joined with a vertical bar; masked when personal."""
    role: str = ""
    """Part the row plays in the finding; empty when there is only one."""
    source: SourceRef | None = None
    """File and row; empty when the row is not in the ledger."""
    day: IsoDay | None = None
    """Day of the paper: paid, booked, signed, issued."""
    amount: Yuan | None = None
    """Amount it is about, in yuan."""
    party: str = ""
    """Name of the other side."""
    account: str = ""
    """Account the money went to or came from; masked."""


class BasisText(Basis):
    """Be a legal basis with the name of its instrument."""

    title: str
    """Title of the instrument in the language of the run."""


class Finding(Model):
    """Be one clue: what a rule found, with everything needed to verify it. It is never a verdict."""

    finding_id: str = Field(pattern=r"^fp1:[0-9a-f]{32}$")
    """Fingerprint over rule, unit and subject; the same over engines, row order and runs."""
    rule_id: str
    """Code of the rule."""
    rule_revision: int
    """Revision of the rule."""
    form: Form
    """Form of the fund."""
    nature: Nature
    """What it would be about."""
    severity: Severity
    """How much it weighs."""
    state: FindingState = "new"
    """New, accepted by the baseline, reopened because its evidence changed, or excluded with a reason."""
    reason: str = ""
    """Why it is accepted or excluded."""
    unit_code: str
    """Unit concerned."""
    unit_name: str
    """Name of the unit; its code when no name is known."""
    subject: str
    """What makes it the same finding next time; personal parts are masked."""
    title: str
    """Title of the rule."""
    message: str
    """What was seen, in the language of the run."""
    amount: Yuan
    """Amount in yuan."""
    date_from: IsoDay | None = None
    """First day concerned."""
    date_to: IsoDay | None = None
    """Last day concerned."""
    facts: Mapping[str, Fact] = {}
    """Further values; money in yuan, dates in ISO form."""
    evidence: tuple[Evidence, ...] = ()
    """Rows that speak for it."""
    evidence_hash: str = ""
    """Hash over the evidence rows; tells a baseline whether the case is still the same."""
    basis: tuple[BasisText, ...] = ()
    """Legal basis."""
    verify: tuple[str, ...] = ()
    """What to ask for next."""
    params: Mapping[str, str] = {}
    """Parameters the rule ran with."""


def fingerprint(rule_id: str, unit_code: str, subject: str) -> str:
    """Return the identity of a finding: version, then 128 bits of SHA-256 over canonical JSON."""
    identity = json.dumps([rule_id, unit_code, subject], ensure_ascii=False, separators=(",", ":"))
    return "fp1:" + hashlib.sha256(identity.encode()).hexdigest()[:32]
