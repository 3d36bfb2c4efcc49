"""Read back what ``xjk check`` wrote as JSON or as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from xjk.errors import FormatError
from xjk.models.finding import Finding
from xjk.models.run import RunResult


def read_result(path: Path) -> RunResult | None:
    """Return the result in a file, or None when it does not hold one JSON document with a run."""
    text = _text(path)
    try:
        document = json.loads(text)
    except ValueError:
        return None
    if not isinstance(document, dict) or "coverage" not in document:
        return None
    try:
        return RunResult.model_validate_json(text)
    except ValidationError as error:
        raise _unreadable(path, error) from error


def read_findings(path: Path) -> tuple[Finding, ...]:
    """Return the findings in a file written with ``--format json`` or ``--format jsonl``.

    Raises:
        FormatError: when the file holds neither.
    """
    result = read_result(path)
    if result is not None:
        return result.findings
    findings = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.strip():
            try:
                findings.append(Finding.model_validate_json(line))
            except ValidationError as error:
                raise _unreadable(path, error, number) from error
    return tuple(findings)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception, line: int | None = None) -> FormatError:
    """Say that a file is no result; what stands in it is not repeated."""
    place = f"{path}:{line}" if line else str(path)
    first = (
        error.errors(include_input=False, include_url=False)[0]
        if isinstance(error, ValidationError)
        else None
    )
    key = ".".join(map(str, first["loc"])) if first else ""
    why = f" ({key}: {first['msg']})" if first and key else ""
    return FormatError(
        zh=f"不是检查结果{why}。",
        en=f"It is not a result of a check{why}.",
        where=place,
        hint_zh="请用 xjk check --format json --output 写出结果。",
        hint_en="Write one with xjk check --format json --output.",
    )
