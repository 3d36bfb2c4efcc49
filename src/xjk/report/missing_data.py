"""What data to supply next: the tables and columns that skipped rules lack, those that let most rules run first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from xjk.models.run import RuleRun


@dataclass(frozen=True, slots=True)
class Supply:
    """Be one step: what to supply beside what the steps before it named, and the rules that can run then."""

    missing: tuple[str, ...]
    rules: tuple[str, ...]


def next_supplies(skipped: Iterable[RuleRun]) -> Iterator[Supply]:
    """Yield steps until every skipped rule can run; each gains most rules for each table or column it asks for."""
    left = {rule.rule_id: frozenset(rule.missing) for rule in skipped}
    supplied: frozenset[str] = frozenset()
    while left:
        steps = [
            Supply(tuple(sorted(new)), tuple(code for code, lacks in left.items() if lacks <= supplied | new))
            for new in {lacks - supplied for lacks in left.values()}
        ]
        best = min(steps, key=lambda step: (-_gain(step), len(step.missing), step.missing))
        yield best
        supplied |= set(best.missing)
        left = {code: lacks for code, lacks in left.items() if code not in best.rules}


def _gain(step: Supply) -> Fraction:
    """Return the rules that can run for each table or column to supply."""
    return Fraction(len(step.rules), len(step.missing))
