"""Run rules one after the other, or several at a time in child processes; the result is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xjk.ledger.elsewhere import elsewhere
from xjk.ledger.ledger import Ledger
from xjk.ledger.store import Session
from xjk.models.finding import Finding
from xjk.models.rule import Rule
from xjk.models.run import RuleRun

RuleProgress = Callable[[str, int, int], None]
"""Called with a rule's code, its place and the number of rules, before it runs (with workers: when it is done)."""

Ran = tuple[RuleRun, list[Finding]]


def run_all(
    rules: Sequence[Rule],
    ledger: Ledger,
    run: Callable[[Session, Rule], Ran],
    seconds: float | None,
    workers: int,
    progress: RuleProgress | None,
) -> Sequence[Ran]:
    """Run rules over a ledger, each query within ``seconds``, and return what became of each, in their order."""
    if workers > 1 and ledger.may_be_read_in_children():
        return _at_a_time(rules, ledger, run, seconds, workers, progress)
    session = ledger.session(seconds=seconds)
    ran: list[Ran] = []
    try:
        for place, rule in enumerate(rules, start=1):
            if progress is not None:
                progress(rule.code, place, len(rules))
            ran.append(run(session, rule))
    finally:
        session.close()
    return ran


def _at_a_time(
    rules: Sequence[Rule],
    ledger: Ledger,
    run: Callable[[Session, Rule], Ran],
    seconds: float | None,
    workers: int,
    progress: RuleProgress | None,
) -> Sequence[Ran]:
    """Let each child take the next rule that none has taken."""
    import multiprocessing

    ledger.as_of  # noqa: B018 - looked up once, before there are children
    taken = multiprocessing.get_context("fork").Value("i", 0)

    def work() -> Iterator[tuple[int, Ran]]:
        session = ledger.session(seconds=seconds)
        while True:
            with taken.get_lock():
                place = taken.value
                taken.value += 1
            if place >= len(rules):
                break
            yield place, run(session, rules[place])
        session.close()

    ran: dict[int, Ran] = {}
    for place, result in elsewhere(*[work] * min(workers, len(rules))):
        ran[place] = result
        if progress is not None:
            progress(rules[place].code, len(ran), len(rules))
    return [ran[place] for place in range(len(rules))]
