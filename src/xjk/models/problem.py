"""What can be wrong with a value, a row or a file, and how it is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from xjk.models.problem_kinds import PROBLEM_KINDS, ProblemSeverity
from xjk.models.words import Words


def encodable(text: str) -> str:
    """Write lone surrogates, which no file or database can hold, as escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


_Encodable = Annotated[str, AfterValidator(encodable)]


class BadValue(ValueError):
    """Refuse one value: ``kind`` names an entry of PROBLEM_KINDS, ``slots`` fill its text."""

    def __init__(self, kind: str, **slots: object) -> None:
        super().__init__(kind, tuple(slots.items()))
        self.kind, self.slots = kind, slots

    def __str__(self) -> str:
        return PROBLEM_KINDS[self.kind].reason.format(**self.slots).en


class Problem(BaseModel):
    """Tell one thing that is wrong with the data: where, what, why and what to do.

    An ``error`` keeps a row out of the ledger (it is quarantined), a ``warning`` does not, a ``notice`` loses
    nothing. ``value`` is masked when the column holds personal data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(description="Stable code, P and three digits.", pattern=r"^P[0-9]{3}$")
    severity: ProblemSeverity = Field(description="How bad it is.")
    reason: Words = Field(description="Why the value, row or file is refused or doubted.")
    hint: Words = Field(description="What to do about it.")
    table: str | None = Field(default=None, description="Canonical table.")
    file: _Encodable | None = Field(default=None, description="File as the user knows it.")
    row: int | None = Field(
        default=None, ge=1, description="Row number as a spreadsheet counts, header included."
    )
    column: str | None = Field(default=None, description="Canonical column.")
    value: _Encodable | None = Field(default=None, description="The value as written, masked when personal.")

    @classmethod
    def of(
        cls,
        kind: str,
        *,
        table: str | None = None,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        **slots: object,
    ) -> Problem:
        """Make a problem of a known kind; ``slots`` fill the texts."""
        known = PROBLEM_KINDS[kind]
        return cls(
            code=known.code,
            severity=known.severity,
            reason=known.reason.format(**slots),
            hint=known.hint.format(**slots),
            table=table,
            file=file,
            row=row,
            column=column,
            value=value,
        )
