"""The rules as the library runs them: books in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from by_hand.parameters import CONFIG, Hit

import xjk


def find(folder: Path, rules: Iterable[str], engine: str, config: Path = CONFIG) -> list[Hit]:
    """Return what the rules find in the files of a folder, on one engine, with the parameters of a configuration."""
    with xjk.load(folder, engine=engine) as ledger:
        return hits(xjk.check(ledger, select=tuple(rules), config=config, unmask=True))


def hits(result: xjk.RunResult) -> list[Hit]:
    """Return the findings of a run as hits.

    Raises:
        RuntimeError: a rule did not run.
    """
    idle = [
        f"{run.rule_id} {run.status} {run.error or run.missing}"
        for run in result.coverage.rules
        if run.status != "ran"
    ]
    if idle:
        raise RuntimeError(f"rules that did not run: {'; '.join(idle)}")
    return [
        (found.rule_id, found.unit_code, found.subject, int(Decimal(found.amount) * 100))
        for found in result.findings
    ]
