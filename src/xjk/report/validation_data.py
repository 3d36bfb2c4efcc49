"""A validation for programs and spreadsheets: one JSON document, problems as JSON lines, problems as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from xjk.errors import Lang
from xjk.models.problem import Problem
from xjk.models.run import Validation
from xjk.models.words import Words
from xjk.report.csv_text import csv_text
from xjk.report.safe import escape_json


def write_json(validation: Validation, _lang: Lang) -> str:
    """Return the whole validation as one JSON document."""
    return escape_json(validation.model_dump_json(indent=2)) + "\n"


def write_jsonl(validation: Validation, _lang: Lang) -> Iterator[str]:
    """Yield one problem as JSON a line."""
    for problem in validation.problems:
        yield escape_json(problem.model_dump_json()) + "\n"


def write_csv(validation: Validation, lang: Lang) -> str:
    """Return the problems as a table for spreadsheets."""
    names = tuple(Problem.model_fields)
    rows = ([_cell(getattr(problem, name), lang) for name in names] for problem in validation.problems)
    return csv_text(names, rows)


def _cell(value: object, lang: Lang) -> str:
    if isinstance(value, Words):
        return value.text(lang)
    return "" if value is None else str(value)
