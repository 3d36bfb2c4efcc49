"""Published cases of slush funds, as far as tables can hold their trace.

One file for each form. A case has the number and title of the list of cases (公开审计案例), and either a few rows and
the rules that must find them, or the reason why no table holds its trace. Rows are CSV; the unit is filled in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xjk.models.tables import TABLES
from xjk.models.words import Words
from xjk.reference.yaml_file import read_yaml


@dataclass(frozen=True)
class RealCase:
    """Be one case; ``cannot`` says why its trace cannot be represented."""

    number: str
    form: str
    title: Words
    found_by: tuple[str, ...]
    tables: dict[str, list[dict[str, str]]]
    cannot: Words | None

    @property
    def unit(self) -> str:
        """Return the code of the unit whose books hold the case."""
        return f"D{self.number}"


def real_cases() -> Iterator[RealCase]:
    """Yield every case, file by file."""
    for path in sorted(Path(__file__).parent.glob("f*.yaml")):
        content = read_yaml(path)
        assert isinstance(content, dict)
        for entry in content["cases"]:
            yield _case(path.stem.upper(), entry)


def _case(form: str, entry: dict[str, Any]) -> RealCase:
    number, cannot = str(entry["number"]), entry.get("cannot")
    return RealCase(
        number=number,
        form=form,
        title=Words.model_validate(entry["title"]),
        found_by=tuple(entry.get("found_by", ())),
        tables={table: _rows(table, text, f"D{number}") for table, text in entry.get("tables", {}).items()},
        cannot=None if cannot is None else Words.model_validate(cannot),
    )


def _rows(table: str, text: str, unit: str) -> list[dict[str, str]]:
    """Read rows, and put them under the unit of their case unless they name one."""
    rows = list(csv.DictReader(text.splitlines()))
    fill = {"unit_code": unit} if "unit_code" in TABLES[table].columns() else {}
    return [fill | row for row in rows]
