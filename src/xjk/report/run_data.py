"""A run for programs and spreadsheets: one JSON document, findings as JSON lines, findings as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from xjk.errors import Lang
from xjk.models.finding import Evidence, Finding
from xjk.models.run import RunResult
from xjk.report.csv_text import csv_text
from xjk.report.safe import escape_json


def write_json(result: RunResult, _lang: Lang) -> str:
    """Return the whole result as one JSON document."""
    return escape_json(result.model_dump_json(indent=2)) + "\n"


def write_jsonl(result: RunResult, _lang: Lang) -> Iterator[str]:
    """Yield one finding as JSON a line."""
    for finding in result.findings:
        yield escape_json(finding.model_dump_json()) + "\n"


def write_csv(result: RunResult, _lang: Lang) -> str:
    """Return the findings as a table for spreadsheets; lists stand in one cell, joined with semicolons."""
    return csv_text(tuple(Finding.model_fields), map(_cells, result.findings))


def _cells(finding: Finding) -> Iterator[str]:
    for name in Finding.model_fields:
        yield _cell(name, finding)


def _cell(name: str, finding: Finding) -> str:
    value = getattr(finding, name)
    if name == "evidence":
        return "; ".join(map(_evidence, finding.evidence))
    if name == "basis":
        return "; ".join(f"{basis.title} {basis.article} ({basis.version})" for basis in finding.basis)
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False) if value else ""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _evidence(item: Evidence) -> str:
    place = f" ({item.source.file}:{item.source.row})" if item.source else ""
    return f"{item.table}:{item.key}{place}"
