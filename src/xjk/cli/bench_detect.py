"""``xjk bench detect``: score the findings of the installed rules against what is known to be in the data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from xjk.cli.console import Console
from xjk.cli.formats import choose
from xjk.cli.progress import Progress
from xjk.cli.settings import settings_of
from xjk.hooks.manager import catalogue
from xjk.ledger.ledger import Ledger
from xjk.runner.check import check
from xjk.runner.load import load
from xjk.testing.scoring.compare import score
from xjk.testing.scoring.text import WRITERS
from xjk.testing.scoring.truth import find_truth, read_truth, refuse_foreign

INCOMPLETE = 3


def run(args: Namespace, console: Console) -> int:
    """Score a run over data with a ground truth; return 0, or 3 for an incomplete run."""
    settings = settings_of(args)
    config = settings.config
    write = choose(args.format, WRITERS)
    place = Path(args.truth) if args.truth else find_truth([Path(data) for data in args.data])
    truth = read_truth(place)
    packs = catalogue()
    with (
        Progress(console) as progress,
        load(
            *args.data,
            mapping=settings.mapping,
            engine=args.engine,
            region=config.region,
            standards=config.standards,
            packs=packs,
            progress=progress.rows,
        ) as ledger,
    ):
        refuse_foreign(truth, _units(ledger), str(place))
        # Keys of personal tables are masked otherwise, and would not meet those of the ground truth.
        result = check(ledger, config=settings.loaded, unmask=True, packs=packs, progress=progress.rule)
    scored = score(result, truth)
    console.deliver(write(scored, config.lang), args.output)
    return 0 if scored.is_complete else INCOMPLETE


def _units(ledger: Ledger) -> frozenset[str]:
    """Return the codes of the units in the data."""
    session = ledger.session()
    try:
        return frozenset(str(code) for (code,) in session.query("SELECT unit_code FROM unit"))
    finally:
        session.close()
