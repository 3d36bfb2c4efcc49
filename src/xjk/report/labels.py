"""Words and figures that several reports share."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from xjk.models.finding import FindingState
from xjk.models.problem_kinds import ProblemSeverity
from xjk.models.rule import Severity, Status
from xjk.models.words import Words

SEVERITY: Mapping[Severity, Words] = {
    "serious": Words(zh="严重", en="serious"),
    "warning": Words(zh="警示", en="warning"),
    "notice": Words(zh="提示", en="notice"),
}
STATE: Mapping[FindingState, Words] = {
    "new": Words(zh="新发现", en="new"),
    "accepted": Words(zh="已接受", en="accepted"),
    "reopened": Words(zh="证据有变，重新打开", en="reopened, its evidence has changed"),
    "excluded": Words(zh="已排除", en="excluded"),
}
PROBLEM: Mapping[ProblemSeverity, Words] = {
    "error": Words(zh="错误", en="error"),
    "warning": Words(zh="警告", en="warning"),
    "notice": Words(zh="提示", en="notice"),
}
STATUS: Mapping[Status, Words] = {
    "preview": Words(zh="试行", en="preview"),
    "stable": Words(zh="正式", en="stable"),
    "deprecated": Words(zh="停用在即", en="deprecated"),
    "removed": Words(zh="已移除", en="removed"),
}


def grouped(amount: str) -> str:
    """Write an amount in yuan with separators: ``1234567.80`` becomes ``1,234,567.80``."""
    return f"{Decimal(amount):,.2f}"
