"""RC17: a rule says nothing about books in which nothing is wrong."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from xjk.ledger.ledger import Ledger
from xjk.models.words import Words
from xjk.runner.check import missing_data
from xjk.runner.load import load
from xjk.testing.contract.subject import Breach, Subject
from xjk.testing.simulation.simulate import simulate

SEEDS = (1, 2)
"""Districts a rule is tried on."""


def silent_on_honest_books(subject: Subject) -> Iterator[Breach]:
    """RC17: run the rule on honest simulated districts with all innocent look-alikes.

    Rules that only notice something may speak; a rule of severity warning or serious may not.
    """
    if subject.rule.meta.severity == "notice":
        return
    for seed in SEEDS:
        ledger = honest_district(seed, subject.engine)
        if missing_data(subject.rule, ledger.supplied):
            continue
        for hit in subject.hits_in(ledger):
            rows = ", ".join(f"{item.table}:{item.key}" for item in hit.evidence[:3])
            yield Breach(
                Words(
                    zh=f"在清白的账上报出单位 {hit.unit_code} 的 {hit.subject}（{rows}）。",
                    en=f"It flags {hit.subject} of the honest unit {hit.unit_code} ({rows}).",
                ),
                f"simulate(seed={seed}, schemes=())",
                about=hit.subject,
            )


@cache
def honest_district(seed: int, engine: str) -> Ledger:
    """Return a loaded district without any scheme; made once in a process and closed at its end."""
    with tempfile.TemporaryDirectory(prefix="xjk-honest-") as folder:
        simulate(Path(folder) / "data", seed=seed, schemes=())
        ledger = load(Path(folder) / "data", engine=engine)
    atexit.register(ledger.close)
    return ledger
